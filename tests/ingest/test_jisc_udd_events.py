"""Events of Jisc's data definitions: their module comes with the students who are expected."""

from datetime import UTC, datetime

from ingest.template.timetable import TimetabledClass
from privacy.labels import Source
from tests.ingest.records_reading import read, tsv, written

EVENT = tsv("""
    EVENT_ID | EVENT_NAME | EVENT_START | EVENT_END | EVENT_LOCATION | ROOM_ID | EVENT_TYPE |
    EVENT_TYPE_RAW
    ---
    e1 | Week 1 | 2026-10-05T09:00Z | 2026-10-05T11:00:00Z | Main campus | CG-204 | 17 | SEM
    e2 | Joint lecture | 2026-10-06T09:00 | 2026-10-06T10:00 | Main campus | | | Big lecture
    e3 | Pastoral | 2026-10-07T09:00Z | 2026-10-07T10:00Z | | | 14 |
    e4 | Back to front | 2026-10-08T10:00Z | 2026-10-08T09:00Z | | | 13 |
""")
EXPECTED = tsv("""
    STUDENT_EVENT_ID | EVENT_ID | STUDENT_ID | MOD_INSTANCE_ID | COURSE_INSTANCE_ID
    1 | e1 | s1 | ALG-26 |
    2 | e2 | s1 | ALG-26 |
    3 | e2 | s2 | WRI-26 |
    4 | e2 | s3 | WRI-26 |
    5 | e3 | s1 | | BSC-CS-26
    6 | e4 | s1 | ALG-26 |
""")


def test_events_become_classes_of_the_module_from_which_most_are_expected(tmp_path):
    folder = written(tmp_path / "udd", {"event.tsv": EVENT, "studentevent.tsv": EXPECTED})
    found = read(folder, Source.TIMETABLE)
    columns = ("event_id", "module_id", "starts_at", "kind", "room", "cancelled")
    assert found.summary.format == "jisc-udd-events"
    assert found.rows(TimetabledClass, *columns) == [
        ("e1", "ALG-26", datetime(2026, 10, 5, 9, tzinfo=UTC), "Seminar", "CG-204", False),
        ("e2", "WRI-26", datetime(2026, 10, 6, 8, tzinfo=UTC), "Big lecture", "Main campus", False),
    ]
    assert [(fault.line, fault.kind) for fault in found.faults] == [(5, "ends_before_start")]
    assert found.summary.skipped["events that belong to no module"] == 1
    assert any(note.startswith("1 events are shared") for note in found.summary.notes)
    assert found.counts == (10, 2, 1, 7)
    assert "Joint" not in found.text


def test_an_older_file_of_events_names_the_module_itself(tmp_path):
    text = EVENT.replace("EVENT_TYPE_RAW", "MOD_INSTANCE_ID").replace("SEM", "ALG-26")
    found = read(written(tmp_path / "udd", {"event.tsv": text}), Source.TIMETABLE)
    assert found.rows(TimetabledClass, "event_id", "module_id")[0] == ("e1", "ALG-26")

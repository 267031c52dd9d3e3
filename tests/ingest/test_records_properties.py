"""Whatever a feed or a table holds, reading it raises nothing, and every row is accounted for."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.template.timetable import TimetabledClass
from privacy.labels import Source
from tests.ingest.records_reading import read, written
from tests.ingest.udd_bundle import FILES

LINES = st.sampled_from(
    [
        "UID:a",
        "UID:b",
        "SUMMARY:CS1 Lecture",
        "SUMMARY:Deadline",
        "DTSTART:20261005T090000Z",
        "DTSTART:20260329T013000",
        "DTSTART;VALUE=DATE:20261005",
        "DTSTART;TZID=Europe/London:20261005T090000",
        "DTSTART;VALUE=PERIOD:20261005T090000Z/PT1H",
        "DTEND:20261005T100000",
        "DTEND;TZID=Nowhere:20261005T100000",
        "DURATION:PT1H",
        "DURATION:-P1D",
        "DURATION:P99999D",
        "RRULE:FREQ=DAILY",
        "RRULE:FREQ=WEEKLY;COUNT=3;BYDAY=MO,XX",
        "RRULE:FREQ=MONTHLY;BYSETPOS=-1;BYDAY=FR",
        "RRULE:FREQ=YEARLY;UNTIL=2",
        "RRULE:FREQ=DAILY;INTERVAL=0",
        "RDATE:20261007T090000Z",
        "RDATE;VALUE=PERIOD:20261007T090000Z/PT1H",
        "EXDATE:20261005T090000Z",
        "EXDATE;VALUE=DATE:20261005",
        "RECURRENCE-ID:20261005T090000Z",
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20261006T090000Z",
        "STATUS:CANCELLED",
        "SEQUENCE:x",
        "LOCATION:Room\\, 1\\nCampus",
        ":",
        "BEGIN:VALARM",
        "END:VALARM",
        " folded",
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(LINES, max_size=9), max_size=4),
    st.sampled_from(["", "CALSCALE:LUNAR\n", "METHOD:CANCEL\n"]),
)
def test_any_entries_of_a_feed_are_accepted_kept_aside_or_left_out(entries, head):
    events = "".join(
        "BEGIN:VEVENT\n" + "".join(f"{line}\n" for line in lines) + "END:VEVENT\n" for lines in entries
    )
    with TemporaryDirectory() as folder:
        path = Path(folder) / "feed.ics"
        path.write_text(f"BEGIN:VCALENDAR\n{head}{events}END:VCALENDAR\n")
        found = read(path, Source.TIMETABLE)
    rows, accepted, faulty, skipped = found.counts
    assert rows == accepted + faulty + skipped or found.summary.refused
    assert all(row["starts_at"] < row["ends_at"] for row in found.rows(TimetabledClass))


CELLS = st.text(st.characters(exclude_characters="\t\r\n\0", codec="utf-8"), max_size=12)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(FILES)), st.integers(1, 4), st.integers(0, 10), CELLS)
def test_any_cell_of_a_bundle_may_be_anything(name, line, column, cell):
    lines = [line.split("\t") for line in FILES[name].splitlines()]
    row = lines[min(line, len(lines) - 1)]
    row[min(column, len(row) - 1)] = cell
    with TemporaryDirectory() as folder:
        changed = {name: "\n".join("\t".join(cells) for cells in lines) + "\n"}
        found = read(written(Path(folder) / "udd", FILES | changed), Source.STUDENT_RECORDS)
    rows, accepted, faulty, skipped = found.counts
    assert rows == accepted + faulty + skipped or found.summary.refused
    assert "@students.example" not in repr((found.faults, found.summary))

"""Jisc's tables and statements of attendance: who was where, and what is rightly left out."""

import json
from datetime import UTC, datetime

import pytest

from ingest.template.attendance import RegisterMark, Swipe
from privacy.labels import Source
from tests.ingest.records_reading import read, tsv, written

ATTENDANCE = tsv("""
    STUDENT_ID | EVENT_ID | EVENT_NAME | EVENT_MANDATORY | START_TIME | EVENT_ATTENDED |
    ATTENDANCE_LATE | ATTENDANCE_CATEGORY | STAFF_ID | MOD_INSTANCE_ID | TIMETABLED
    ---
    s1 | e1 | Lecture 1  | 1 | 2026-10-05T09:00Z      | 1 | 0 |                    | t1 | ALG-26 | 1
    s2 | e1 | Lecture 1  | 1 | 2026-10-05T09:00Z      | 1 | 1 | L                  | t1 | ALG-26 | 1
    s3 | e1 | Lecture 1  | 1 | 2026-10-05T09:00:00Z   | 0 |   | Authorised absence | t1 | ALG-26 | 1
    s4 | e1 | Lecture 1  | 1 | 2026-10-05T09:00Z      | 0 |   | Bereavement        | t1 | ALG-26 | 1
    s5 | e1 | Lecture 1  |   | 2026-10-05T10:00+01:00 | 0 |   |                    | t1 | ALG-26 |
    s1 | e2 | Film night | 0 | 2026-10-06T18:00Z      | 0 |   |                    |    | ALG-26 | 1
    s1 | e3 | Welfare    | 1 | 2026-10-07T09:00Z      | 1 |   |                    | t9 |        | 0
    s6 | e1 | Lecture 1  | 1 | 2026-10-05T09:00Z      | ? |   |                    | t1 | ALG-26 | 1
    s7 |    | Lecture 1  | 1 | 2026-10-05T09:00Z      | 1 |   |                    | t1 | ALG-26 | 1
    s8 |    | Lecture 1  | 1 |                        | 1 |   |                    | t1 | ALG-26 | 1
""")


def table(tmp_path, name, text):
    return read(written(tmp_path / "in", {name: text}) / name, Source.ATTENDANCE)


def test_a_register_says_present_late_absent_or_absent_with_leave(tmp_path):
    found = table(tmp_path, "attendance.tsv", ATTENDANCE)
    assert found.summary.format == "jisc-attendance"
    assert found.rows(RegisterMark, "student_id", "event_id", "status") == [
        ("s1", "e1", "present"),
        ("s2", "e1", "late"),
        ("s3", "e1", "authorised absence"),
        ("s4", "e1", "absent"),
        ("s5", "e1", "absent"),
        ("s7", None, "present"),  # known by its module and time
    ]
    assert {row["starts_at"] for row in found.rows(RegisterMark)} == {datetime(2026, 10, 5, 9, tzinfo=UTC)}
    assert [(fault.line, fault.kind) for fault in found.faults] == [(9, "not_in_list"), (11, "no_class")]


def test_events_nobody_had_to_be_at_and_pastoral_ones_are_left_out(tmp_path):
    found = table(tmp_path, "attendance.tsv", ATTENDANCE)
    assert dict(found.summary.skipped) == {
        "events that were not compulsory, at which nobody was expected": 1,
        "events outside the timetable, such as pastoral meetings": 1,
    }
    assert found.counts == (10, 6, 2, 2)


def test_the_reason_for_an_absence_is_not_kept_but_that_it_had_one_is_said(tmp_path):
    found = table(tmp_path, "attendance.tsv", ATTENDANCE)
    assert not any(word in found.text for word in ("Bereavement", "Welfare", "t9"))
    said = "1 absences have a category that is not known here; they count as absence."
    assert said in found.summary.notes


def test_cards_read_at_a_door_are_swipes_but_not_on_the_way_out(tmp_path):
    text = tsv("""
        USERNAME | TIMESTAMP           | TYPE  | SITE                            | ACCESS_ID | DIRECTION_OF_ACCESS
        s1       | 2026-07-06T09:02:00 | 10.1.1.1 | CG-204                       | 77        | I
        s1       | 2026-07-06T10:58:00 | 10.1.1.1 | CG-204                       | 77        | O
        s2       | 2026-11-06T09:03Z   | 10.1.1.1 | https://x.example/rooms/B12  | 78        |
        s3       | 0001-01-01T00:00:00+01:00 | 10.1.1.1 | B12                    | 79        |
    """)
    found = table(tmp_path, "access.tsv", text)
    assert found.rows(Swipe, "student_id", "at", "event_id", "room") == [
        ("s1", datetime(2026, 7, 6, 8, 2, tzinfo=UTC), None, "CG-204"),
        ("s2", datetime(2026, 11, 6, 9, 3, tzinfo=UTC), None, "B12"),
    ]
    assert dict(found.summary.skipped) == {"card reads on the way out": 1}
    assert [(fault.line, fault.field, fault.kind) for fault in found.faults] == [
        (5, "at", "day_out_of_range")
    ]
    assert "10.1.1.1" not in found.text


def test_swipes_come_by_our_template_too(tmp_path):
    text = "student_id,at,event_id,room\ns1,2026-11-18T09:02,,CG-204\ns2,18/11/2026 09:04,TT-1,\n"
    found = table(tmp_path, "swipes.csv", text)
    assert found.summary.format == "attendance-template"
    assert found.rows(Swipe, "student_id", "room") == [("s1", "CG-204")]
    assert [(fault.field, fault.kind) for fault in found.faults] == [("at", "not_an_instant")]


def test_a_folder_with_both_tables_is_read_and_one_with_another_is_refused(tmp_path):
    access = "USERNAME\tTIMESTAMP\tSITE\ns1\t2026-11-06T09:03Z\tB12\n"
    both = written(tmp_path / "both", {"a.tsv": ATTENDANCE, "b.tsv": access})
    assert dict(read(both, Source.ATTENDANCE).summary.accepted) == {"registers": 6, "swipes": 1}
    other = written(tmp_path / "both", {"c.tsv": "ONE\tTWO\n1\t2\n"})
    assert read(other, Source.ATTENDANCE).summary.refused_kind == "header"


def statement(student="s1", completion=True, late=0, category="", **event):
    extensions = {
        "http://xapi.jisc.ac.uk/starttime": "2026-10-05T09:00:00.000Z",
        "http://xapi.jisc.ac.uk/event_id": "e1",
    }
    return {
        "actor": {"account": {"name": student, "homePage": "https://sea.example"}, "name": "Ada Okonkwo"},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/attended"},
        "object": {
            "id": "https://sea.example/event/e1",
            "definition": {
                "type": event.pop("type", "http://xapi.jisc.ac.uk/event_timetabled"),
                "extensions": extensions | {f"http://xapi.jisc.ac.uk/{name}": v for name, v in event.items()},
            },
        },
        "result": {
            "completion": completion,
            "extensions": {
                "http://xapi.jisc.ac.uk/attendance_late": late,
                "http://xapi.jisc.ac.uk/attendance_category": category,
            },
        },
        "context": {
            "extensions": {
                "http://xapi.jisc.ac.uk/courseArea": {"http://xapi.jisc.ac.uk/uddModInstanceID": "ALG-26"}
            }
        },
        "timestamp": "2026-10-05T09:00:00.000Z",
    }


def access(direction="In", kind="library"):
    return {
        "actor": {"account": {"name": "s1", "homePage": "https://gates.example"}},
        "verb": {"id": "http://activitystrea.ms/schema/1.0/access"},
        "object": {
            "id": "https://gates.example/B12",
            "definition": {"type": f"http://xapi.jisc.ac.uk/activities/{kind}"},
        },
        "context": {"extensions": {"http://xapi.jisc.ac.uk/extensions/direction_of_access": direction}},
        "timestamp": "2026-10-05T09:03:00Z",
    }


@pytest.mark.parametrize(
    ("one", "status"),
    [
        (statement(), "present"),
        (statement(late=1), "late"),
        (statement(completion=False), "absent"),
        (statement(completion=False, category="Authorised"), "authorised absence"),
    ],
)
def test_a_statement_says_the_same_as_a_row(tmp_path, one, status):
    found = table(tmp_path, "statements.json", json.dumps(one))
    assert found.summary.format == "jisc-attendance-xapi"
    assert found.rows(RegisterMark) == [
        {
            "student_id": "s1",
            "event_id": "e1",
            "module_id": "ALG-26",
            "starts_at": datetime(2026, 10, 5, 9, tzinfo=UTC),
            "status": status,
        }
    ]
    assert "Okonkwo" not in found.text


def test_statements_come_in_an_array_an_envelope_or_on_lines(tmp_path):
    several = [statement(), access(), access("Out"), access(kind="service"), statement(event_mandatory=0)]
    texts = {
        "array": json.dumps(several),
        "envelope": json.dumps({"statements": several, "more": ""}),
        "lines": "\n".join(map(json.dumps, several)),
    }
    for text in texts.values():
        found = table(tmp_path, "statements.json", text)
        assert dict(found.summary.accepted) == {"registers": 1, "swipes": 1}
        assert found.counts == (5, 2, 0, 3)
    assert found.rows(Swipe, "student_id", "room") == [("s1", "B12")]


def test_statements_that_cannot_be_used_are_kept_aside(tmp_path):
    nobody = statement() | {"actor": {"mbox": "mailto:ada@x.example"}}
    undecided = statement() | {"result": {}}
    broken = statement() | {"actor": {}}
    pastoral = statement(type="http://xapi.jisc.ac.uk/event_non-timetabled")
    other = {"actor": 1, "verb": {"id": "https://x.example/verbs/liked"}, "object": {}}
    found = table(tmp_path, "s.json", json.dumps([statement(), nobody, undecided, broken, pastoral, other]))
    assert [fault.kind for fault in found.faults] == ["missing", "not_in_list", "not_to_standard"]
    assert found.counts == (6, 1, 3, 2)
    assert "@" not in found.text

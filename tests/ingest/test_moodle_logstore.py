"""Moodle's standard log: which rows are a student's use of a module, and what is kept of them."""

import json

import pytest

from tests.ingest.vle_reading import at, read

HEADER = (
    "id,eventname,component,action,target,objecttable,objectid,crud,edulevel,contextid,contextlevel,"
    "contextinstanceid,userid,courseid,relateduserid,anonymous,other,timecreated,origin,ip,realuserid"
)
VIEWED = "\\mod_page\\event\\course_module_viewed"


def row(**changed):
    cells = {
        "id": "1",
        "eventname": VIEWED,
        "edulevel": "2",
        "userid": "42",
        "courseid": "7",
        "relateduserid": "\\N",
        "anonymous": "0",
        "other": "secret words",
        "timecreated": "1795251900",
        "origin": "web",
        "ip": "192.0.2.7",
        "realuserid": "\\N",
    } | changed
    return ",".join(cells.get(name, "") for name in HEADER.split(","))


@pytest.fixture
def log(tmp_path):
    def write(*rows, header=HEADER, name="log.csv"):
        path = tmp_path / name
        path.write_text("\n".join([header, *rows]) + "\n")
        return path

    return write


def test_user_course_and_time_are_kept_and_nothing_else(log):
    reading = read(log(row()))
    assert reading.events == [("42", "7", at("2026-11-21T09:05:00+00:00"))]
    assert reading.summary.format == "moodle-logstore"
    assert "secret" not in reading.text
    assert "192.0.2.7" not in reading.text


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"userid": "0"}, "nobody was signed in"),
        ({"userid": "-1"}, "nobody was signed in"),
        ({"origin": "cli"}, "done by a program, not by a person"),
        ({"origin": "restore"}, "done by a program, not by a person"),
        ({"anonymous": "1"}, "anonymous, so counted for nobody"),
        ({"eventname": "\\core\\event\\user_loggedin"}, "signing in or out"),
        ({"courseid": "0"}, "outside any module"),
        ({"courseid": "1"}, "outside any module"),
        ({"courseid": "\\N"}, "outside any module"),
        ({"realuserid": "2"}, "done by a member of staff"),
        ({"edulevel": "1"}, "done by a member of staff"),
    ],
)
def test_what_is_no_use_of_a_module_by_a_student_is_left_out_and_counted(log, changed, reason):
    reading = read(log(row(**changed), row()))
    assert dict(reading.summary.skipped) == {reason: 1}
    assert reading.counts == (2, 1, 0, 1)


@pytest.mark.parametrize(
    ("changed", "field", "kind"),
    [
        ({"userid": ""}, "student_id", "missing"),
        ({"userid": "=4+2"}, "student_id", "not_a_key"),
        ({"courseid": "1.2E+07"}, "module_id", "not_a_key"),
        ({"timecreated": ""}, "at", "missing"),
        ({"timecreated": "1795251900000"}, "at", "not_an_instant"),
        ({"timecreated": "yesterday"}, "at", "not_an_instant"),
        ({"timecreated": "12"}, "at", "day_out_of_range"),
    ],
)
def test_what_should_be_usable_and_is_not_is_a_fault(log, changed, field, kind):
    reading = read(log(row(**changed)))
    assert [(fault.line, fault.field, fault.kind) for fault in reading.faults] == [(2, field, kind)]
    assert set(reading.faults[0].cells) <= {"student_id", "module_id", "at"}


def test_numbers_that_a_spreadsheet_has_touched_are_the_same_numbers(log):
    assert read(log(row(userid="42.0", courseid="7.0"))).events == read(log(row())).events
    assert read(log(row(courseid="1.0"))).counts == (1, 0, 0, 1)


def test_a_row_of_the_wrong_width_is_a_fault_that_keeps_nothing_of_it(log):
    reading = read(log(row() + ",secret"))
    assert [fault.kind for fault in reading.faults] == ["width"]
    assert "secret" not in reading.text
    assert reading.faults[0].file == "log.csv"


def test_a_column_that_the_log_does_not_have_is_reported(log):
    path = log("42,7,1795251900,blue", header="userid,courseid,timecreated,colour")
    reading = read(path)
    assert reading.counts == (1, 1, 0, 0)
    assert any("colour" in note for note in reading.summary.notes)


def test_a_table_without_times_is_refused(log):
    reading = read(log("42,7", header="userid,courseid"), "moodle-logstore")
    assert reading.summary.refused_kind == "header"
    assert "timecreated" in reading.summary.refused


def test_json_rows_say_the_same(tmp_path):
    path = tmp_path / "log.json"
    rows = [
        {"eventname": VIEWED, "userid": 42, "courseid": 7, "timecreated": 1795251900, "ip": "192.0.2.7"},
        {"eventname": VIEWED, "userid": 42, "courseid": None, "timecreated": 1795251900},
        {"eventname": VIEWED, "userid": True, "courseid": 7, "timecreated": 1795251900},
        {"eventname": VIEWED, "userid": 42, "courseid": 7, "timecreated": {"at": 1}},
        [],
    ]
    path.write_text(json.dumps(rows))
    reading = read(path)
    assert reading.events == [("42", "7", at("2026-11-21T09:05:00+00:00"))]
    assert dict(reading.summary.skipped) == {"outside any module": 1}
    assert dict(reading.summary.reasons) == {"missing": 2, "not_a_row": 1}


def test_lists_beside_the_log_say_who_teaches_where(tmp_path, log):
    log(row(), row(userid="5"), row(userid="5", courseid="8"), row(userid="6"), row(userid="2"))
    (tmp_path / "a_teacher_role.csv").write_text("courseid,userid\n1,\n7,5\n")
    (tmp_path / "a_manager_role.csv").write_text("userid\n6\n")
    (tmp_path / "an_admin_role.csv").write_text('value\n"2,3"\n')
    (tmp_path / "reading list.csv").write_text("title\nA book\n")
    reading = read(tmp_path)
    assert [event[:2] for event in reading.events] == [("42", "7"), ("5", "8")]
    assert dict(reading.summary.skipped) == {"done by a member of staff": 3}
    assert any("reading list.csv" in note for note in reading.summary.notes)

"""Moodle's report “Logs”: numbers out of sentences, days before months, and no names."""

from datetime import datetime
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from tests.ingest.vle_reading import at, read

HEADER = [
    "Time",
    "User full name",
    "Affected user",
    "Event context",
    "Component",
    "Event name",
    "Description",
    "Origin",
    "IP address",
]
COURSE = "The user with id '42' viewed the course with id '7'."
ACTIVITY = "The user with id '42' viewed the 'page' activity with course module id '99'."


def row(time="23/11/26, 09:05", text=COURSE, name="Zebedee", context="Course: Algorithms", origin="web"):
    return [time, name, "-", context, "System", "Course viewed", text, origin, "192.0.2.7"]


def csv(rows, header=HEADER):
    return "".join(",".join(f'"{cell}"' for cell in cells) + "\n" for cells in [header, *rows])


@pytest.fixture
def log(tmp_path):
    def write(*rows, header=HEADER):
        path = tmp_path / "log.csv"
        path.write_text(csv(rows, header))
        return path

    return write


def test_user_and_course_come_from_the_description_and_names_are_not_kept(log):
    reading = read(log(row()))
    assert reading.summary.format == "moodle-logs"
    assert reading.events == [("42", "7", at("2026-11-23T09:05:00+00:00"))]
    assert "Zebedee" not in reading.text
    assert "192.0.2.7" not in reading.text


def test_columns_with_numbers_go_before_the_description(log):
    header = [*HEADER, "User ID", "courseid"]
    reading = read(log([*row(text="Whatever was done"), "43", "8"], [*row(), "", ""], header=header))
    assert [event[:2] for event in reading.events] == [("43", "8"), ("42", "7")]


def test_the_first_user_of_a_description_is_the_one_who_acted(log):
    text = "The user with id '2' has graded the work of the user with id '42' in the course with id '7'."
    assert read(log(row(text=text))).events[0][0] == "2"


def test_times_are_londons_and_the_day_comes_first(log):
    reading = read(log(row("23/06/26, 9:05"), row("1/07/26, 09:05:30"), row("2/07/2026, 23:59")))
    assert [event[2].isoformat() for event in reading.events] == [
        "2026-06-23T08:05:00+00:00",
        "2026-07-01T08:05:30+00:00",
        "2026-07-02T22:59:00+00:00",
    ]


def test_a_month_that_comes_first_refuses_the_file_and_names_the_line(log):
    path = log(row("23/11/26, 09:05"), row("11/23/26, 09:05"))
    for format in ("moodle-logs", "moodle-logs-day-first"):
        reading = read(path, format)
        assert reading.summary.refused_kind == "month_first"
        assert "line 3" in reading.summary.refused


def test_times_that_leave_it_open_are_refused_until_somebody_says_so(log):
    path = log(row("03/04/26, 09:05"))
    assert read(path).summary.refused_kind == "day_or_month"
    assert "moodle-logs-day-first" in read(path).summary.refused
    assert read(path, "moodle-logs-day-first").events[0][2] == at("2026-04-03T08:05:00+00:00")


@pytest.mark.parametrize(
    ("time", "kind"),
    [
        ("31/02/26, 09:05", "not_an_instant"),
        ("45/23/26, 09:05", "not_an_instant"),
        ("23/11/26, 25:00", "not_an_instant"),
        ("Monday, 23 November 2026, 9:05 AM", "not_an_instant"),
        ("29/03/26, 01:30", "no_such_hour"),
        ("", "missing"),
    ],
)
def test_a_time_that_is_none_is_a_fault(log, time, kind):
    reading = read(log(row(), row(time)))
    assert [(fault.line, fault.field, fault.kind) for fault in reading.faults] == [(3, "at", kind)]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (row(name="-", text="The cache was purged"), "nobody was signed in"),
        (row(text="The user with id '0' viewed the course with id '7'."), "nobody was signed in"),
        (row(text="The user with id '-1' viewed the course with id '7'."), "nobody was signed in"),
        (row(origin="cli"), "done by a program, not by a person"),
        (row(text="The user with id '42' viewed the course with id '1'."), "outside any module"),
        (row(text="The user with id '42' has logged in.", context="System"), "outside any module"),
        (row(text="The user with id '42' has viewed it", context="User: Zebedee"), "outside any module"),
    ],
)
def test_what_is_no_use_of_a_module_is_left_out_and_counted(log, cells, reason):
    reading = read(log(cells, row()))
    assert dict(reading.summary.skipped) == {reason: 1}
    assert reading.counts == (2, 1, 0, 1)


@pytest.mark.parametrize(
    ("text", "field", "kind"),
    [
        (ACTIVITY, "module_id", "no_course"),
        ("The user with id '42' did something.", "module_id", "no_course"),
        ("Somebody viewed the course with id '7'.", "student_id", "no_user"),
    ],
)
def test_a_description_that_names_no_course_or_no_user_is_a_fault(log, text, field, kind):
    reading = read(log(row(text=text)))
    assert [(fault.field, fault.kind) for fault in reading.faults] == [(field, kind)]
    assert "Somebody" not in reading.text


def test_a_list_of_activities_beside_the_log_says_which_course_they_belong_to(tmp_path, log):
    log(row(text=ACTIVITY), row(text=ACTIVITY.replace("99", "98")), row(text=ACTIVITY.replace("42", "5")))
    (tmp_path / "mdl_course_modules.csv").write_text("id,course,module\n99,7,3\n")
    (tmp_path / "x_non_editing_teacher_role.csv").write_text("courseid,userid\n7,5\n")
    reading = read(tmp_path)
    assert [event[:2] for event in reading.events] == [("42", "7")]
    assert dict(reading.summary.reasons) == {"no_course": 1}
    assert dict(reading.summary.skipped) == {"done by a member of staff": 1}


def test_a_workbook_says_the_same_and_may_hold_true_dates(tmp_path, log):
    book = Workbook()
    for cells in (HEADER, row(), row(datetime(2026, 4, 3, 9, 5))):  # noqa: DTZ001
        book.active.append(cells)
    book.save(tmp_path / "log.xlsx")
    reading = read(tmp_path / "log.xlsx")
    assert reading.summary.format == "moodle-logs"
    assert [event[2] for event in reading.events] == [
        at("2026-11-23T09:05:00+00:00"),
        at("2026-04-03T08:05:00+00:00"),
    ]


def test_an_empty_log_is_read_as_one(log):
    reading = read(log())
    assert (reading.summary.refused, reading.counts) == ("", (0, 0, 0, 0))


def test_without_its_columns_it_is_no_log(log):
    reading = read(log(["23/11/26, 09:05"], header=["Time"]), "moodle-logs")
    assert reading.summary.refused_kind == "header"
    assert "description" in reading.summary.refused


@pytest.mark.parametrize("spoilt", ["cut", "changed"])
def test_a_damaged_workbook_is_refused(tmp_path, spoilt):
    book, path = Workbook(), tmp_path / "log.xlsx"
    for cells in (HEADER, row()):
        book.active.append(cells)
    book.save(path)
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    with ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part[: len(part) // 2] if part is sheet and spoilt == "cut" else part)
    if spoilt == "changed":
        path.write_bytes(path.read_bytes().replace(b"Zebedee", b"Zebedef", 1))
    assert read(path, "moodle-logs").summary.refused_kind == "workbook"

"""Moodle's attendance export, made here after its description, as text and as a workbook."""

import io
from datetime import UTC, datetime

import pytest
import xlsxwriter

from ingest.template.attendance import RegisterMark
from privacy.labels import Source
from tests.ingest.records_reading import read

HEADER = [
    "Last name",
    "First name",
    "Groups",
    "ID number",
    "12 Oct 2026 9.00AM All students",
    "",
    "13 Oct 2026 2.30PM Group A",
    "",
    "9 Nov 2026 12.00PM All students",
    "",
    "P",
    "L",
    "E",
    "A",
    "Taken sessions",
    "Points",
    "Percentage",
]
END = ["1", "1", "0", "0", "2", "3 / 4", "75.0"]
STUDENTS = [
    ["Okonkwo", "Ada", "A", "s1", "P (2/2)", "", "L (1/2)", "bus was late", "?", "", *END],
    ["Müller", "Ben", "B", "s2", "E (1/2)", "funeral", "", "", "-A", "", *END],
    ["Ferreira", "Dora", "A", "s4", "User enrolment starts 20.10.2026", "", "←", "", "A (0/2)", "", *END],
]


def text(students=STUDENTS, header=HEADER, course="5COSC001 Algorithms"):
    lines = [["Course", course], ["Group", "All participants"], [], header, *students]
    return "\n".join("\t".join(line) for line in lines) + "\n"


def workbook(students=STUDENTS, header=HEADER, course="5COSC001 Algorithms", formula=False):
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Attendances")
        sheet.write_row(0, 0, ["Course", course])
        sheet.write_row(1, 0, ["Group", "All participants"])
        for line, cells in enumerate([header, *students], start=3):
            for column, cell in enumerate(cells):
                if cell:
                    sheet.write_string(line, column, cell)
        # Moodle merges the heading of a session with that of its remarks.
        sheet.merge_range(3, 4, 3, 5, header[4])
        if formula:
            sheet.write_formula(9, 0, "=1+1")
    return written.getvalue()


@pytest.fixture
def reads(tmp_path):
    """Reads bytes or text as what Moodle handed out."""

    def read_as(content, name="export.txt"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read(path, Source.ATTENDANCE)

    return read_as


MORNING = datetime(2026, 10, 12, 8, tzinfo=UTC)  # 9.00AM in London
AFTERNOON = datetime(2026, 10, 13, 13, 30, tzinfo=UTC)
NOON = datetime(2026, 11, 9, 12, tzinfo=UTC)


@pytest.mark.parametrize(("made", "name"), [(text, "export.txt"), (workbook, "export.xlsx")])
def test_each_cell_is_a_mark_at_the_time_of_its_column(reads, made, name):
    found = reads(made(), name)
    assert (found.summary.format, found.summary.refused) == ("moodle-attendance", "")
    assert found.rows(RegisterMark, "student_id", "starts_at", "status") == [
        ("s1", MORNING, "present"),
        ("s1", AFTERNOON, "late"),
        ("s1", NOON, "not recorded"),
        ("s2", MORNING, "authorised absence"),
        ("s2", NOON, "absent"),
        ("s4", NOON, "absent"),
    ]
    assert {(row["module_id"], row["event_id"]) for row in found.rows(RegisterMark)} == {("5COSC001", None)}
    assert found.counts == (9, 6, 0, 3)
    assert dict(found.summary.skipped) == {"sessions at which the student was not expected": 3}


@pytest.mark.parametrize(("made", "name"), [(text, "export.txt"), (workbook, "export.xlsx")])
def test_names_groups_and_remarks_leave_no_trace(reads, made, name):
    found = reads(made([*STUDENTS, ["Long", "Too", "B", "s5", "X", "grief", "", "", "", "", *END]]), name)
    assert not any(word in found.text for word in ("Okonkwo", "Ada", "funeral", "bus", "grief", "Too"))


def test_an_acronym_that_is_not_the_activitys_own_is_kept_aside(reads):
    row = ["Long", "Lou", "B", "s5", "H (1/2)", "", "P (2/2)", "", "present", "", *END]
    found = reads(text([row]))
    assert [(fault.line, fault.field, fault.kind, fault.value) for fault in found.faults] == [
        (5, "status", "not_in_list", "H")
    ]
    assert found.summary.accepted["registers"] == 2


def test_a_row_that_a_remark_broke_in_two_is_kept_aside(reads):
    broken = text().replace("bus was late", "bus\nwas late")
    found = reads(broken)
    assert [(fault.line, fault.kind, dict(fault.cells)) for fault in found.faults] == [
        (5, "width", {}),
        (6, "width", {}),
    ]


@pytest.mark.parametrize(
    ("columns", "key"),
    [
        (["Username", "ID number"], "n1"),
        (["Student ID", "Username"], "n1"),
        (["Student ID", "Institution"], "n0"),
        (["ID", "Department"], "n0"),
    ],
)
def test_the_key_is_the_number_of_student_records_where_there_is_one(reads, columns, key):
    header = [*columns, "Last name", "First name", "12 Oct 2026 9.00AM All students"]
    found = reads(text([["n0", "n1", "Okonkwo", "Ada", "P (2/2)"]], header))
    assert found.rows(RegisterMark, "student_id") == [key]


@pytest.mark.parametrize(
    ("heading", "begins"),
    [
        ("1 Sep 2026 12.05AM All students", datetime(2026, 8, 31, 23, 5, tzinfo=UTC)),
        ("1 September 2026, 14:05 All students", datetime(2026, 9, 1, 13, 5, tzinfo=UTC)),
        ("01 Dec 2026 9.00am", datetime(2026, 12, 1, 9, tzinfo=UTC)),
    ],
)
def test_times_are_londons_in_the_morning_and_the_afternoon(reads, heading, begins):
    found = reads(text([["s1", "P"]], ["ID number", heading]))
    assert found.rows(RegisterMark, "starts_at") == [begins]


def test_a_course_without_a_code_is_known_by_its_name(reads):
    found = reads(text(course="Introduction to Algorithms (2026/27)"))
    assert found.rows(RegisterMark, "module_id")[0] == "Introduction_to_Algorithms_2026_27"


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (text(header=["No number" if cell == "ID number" else cell for cell in HEADER]), "a.txt", "no_key"),
        (text(course=" "), "a.txt", "header"),
        (workbook(formula=True), "a.xlsx", "formula"),
    ],
)
def test_an_export_that_cannot_be_used_is_refused_with_what_to_tick(reads, content, name, kind, tmp_path):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = read(path, Source.ATTENDANCE, "moodle-attendance")
    assert (found.summary.refused_kind, found.rows(RegisterMark)) == (kind, [])


def test_a_term_with_many_sessions_fits(reads):
    days = [
        f"{day} {month} 2026 9.00AM All students" for month in ("Sep", "Oct", "Nov") for day in range(1, 31)
    ]
    header = ["ID number", *(cell for day in days for cell in (day, ""))]
    marks = [cell for _ in days for cell in ("P (2/2)", "")]
    found = reads(text([["s1", *marks]], header))
    assert found.summary.accepted["registers"] == 90

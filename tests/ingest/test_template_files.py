"""The templates to fill in: they come back through the reader as they went out, and never hold a formula."""

import io
import zipfile

import pytest
from openpyxl import load_workbook

from ingest import template_files
from ingest.template.sheets import SHEETS
from ingest.template.student_records import Student
from privacy.labels import SYSTEMS, Source
from tests.ingest.records_reading import read

NASTY = ["=1+1", "=cmd|' /C calc'!A0", "+44 20", "-1", "@SUM(A1)", "{=1}", "https://x.example", "1e5", "007"]


@pytest.fixture
def reads(tmp_path):
    """Reads bytes under a name, as an export of the system."""

    def read_as(content, name, system):
        (tmp_path / name).write_bytes(content)
        return read(tmp_path / name, system)

    return read_as


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize(
    ("made", "name"), [(template_files.workbook, "a.xlsx"), (template_files.archive, "a.zip")]
)
def test_a_template_with_its_examples_is_read_without_a_fault(reads, made, name, system):
    found = reads(made(template_files.examples(system)), name, system)
    assert (found.summary.format, found.faults) == (f"{system}-template", [])
    assert dict(found.summary.accepted) == {record.sheet: 1 for record in SHEETS[system]}
    for record in SHEETS[system]:
        (row,) = found.rows(record)
        asked = {name: field.examples[0] for name, field in record.model_fields.items()}
        assert {name for name, value in row.items() if value is not None} >= {
            n for n, e in asked.items() if e
        }


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize(
    ("made", "name"), [(template_files.workbook, "a.xlsx"), (template_files.archive, "a.zip")]
)
def test_an_empty_template_is_read_and_holds_no_row(reads, made, name, system):
    found = reads(made(template_files.empty(system)), name, system)
    assert (found.summary.refused, found.counts) == ("", (0, 0, 0, 0))


@pytest.mark.parametrize(
    ("made", "name"), [(template_files.workbook, "a.xlsx"), (template_files.archive, "a.zip")]
)
def test_a_student_whose_name_looks_like_a_formula_comes_back_by_that_name(reads, made, name):
    rows = [
        {"student_id": f"s{n}", "given_name": nasty, "family_name": nasty} for n, nasty in enumerate(NASTY)
    ]
    found = reads(made({Student: rows}), name, Source.STUDENT_RECORDS)
    assert found.faults == []
    assert found.rows(Student, "given_name", "family_name") == [(nasty, nasty) for nasty in NASTY]


def test_the_workbook_holds_neither_formulas_nor_links():
    rows = [{"student_id": f"s{n}", "given_name": nasty} for n, nasty in enumerate(NASTY)]
    made = template_files.workbook({Student: rows})
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"<hyperlink" not in sheet
    cells = [cell for row in load_workbook(io.BytesIO(made)).active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}


def test_each_column_says_in_a_comment_what_it_means():
    book = load_workbook(io.BytesIO(template_files.workbook(template_files.empty(Source.STUDENT_RECORDS))))
    assert book.sheetnames == [record.sheet for record in SHEETS[Source.STUDENT_RECORDS]]
    comments = [cell.comment.text for sheet in book for cell in next(sheet.iter_rows(max_row=1))]
    assert len(comments) == sum(len(record.model_fields) for record in SHEETS[Source.STUDENT_RECORDS])
    assert comments[0].startswith("The student's key in student records. Must be there.")


def test_the_files_of_the_archive_are_marked_as_utf_8_for_spreadsheets():
    with zipfile.ZipFile(io.BytesIO(template_files.archive(template_files.empty(Source.TIMETABLE)))) as files:
        assert files.namelist() == ["classes.csv"]
        assert files.read("classes.csv").startswith(b"\xef\xbb\xbfevent_id,module_id,")

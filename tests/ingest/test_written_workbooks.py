"""Every workbook that we write: what stands in it is data, never a live formula, and reads back as it was."""

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from engagement.refused import Refused
from ingest import template_files, waiting_workbook, workbook
from ingest.bundle import Member
from ingest.found import Fault
from ingest.limits import FROM_PAGE
from ingest.template.fields import tidy
from ingest.template.student_records import Student
from privacy.labels import Source
from tests.ingest.records_reading import read
from tests.tree import application, name

WRITERS = {
    "ingest/template_files.py",
    "ingest/waiting_workbook.py",
    "privacy/pack_workbook.py",
    "privacy/register_workbook.py",
    "privacy/release_workbook.py",
}
"""The modules that write workbooks; each is tried below, those of privacy in their own tests."""
NASTY = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://x.example","y")',
    "@SUM(A1)",
    "+1",
    "-1",
    "{=1}",
    "'=1+1",
    "_x003D_1+1",
    "https://x.example",
    "1e5",
    "007",
    "TRUE",
    "#N/A!",
    "<f>1+1</f>",
    "Ó Séaghdha",
    "\U0001f469\u200d\U0001f52c",
)
NAMES = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=30)


def test_nothing_else_writes_workbooks():
    words = ("import xlsxwriter", "Workbook(", "write_workbook(")
    writing = {name(path) for path in application() if any(word in path.read_text("utf-8") for word in words)}
    assert writing == WRITERS


@pytest.mark.parametrize("name", NASTY)
def test_a_student_of_any_name_survives_the_round_trip(name):
    assert there_and_back(name) == name


@settings(max_examples=60, deadline=None)
@given(NAMES)
@example("=1+1")
def test_a_student_of_any_letters_survives_the_round_trip(name):
    assert there_and_back(name) == tidy(name)


def there_and_back(name: str) -> object:
    """The name as our reader finds it in our workbook of students."""
    made = template_files.workbook(
        {Student: [{"student_id": "w001", "given_name": name, "family_name": name}]}
    )
    assert_no_formula(made)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "students.xlsx"
        path.write_bytes(made)
        found = read(path, Source.STUDENT_RECORDS)
    assert found.faults == []
    ((given, family),) = found.rows(Student, "given_name", "family_name")
    assert given == family
    return given


@pytest.mark.parametrize("name", NASTY)
def test_a_refused_value_is_exported_as_it_is(name, tmp_path):
    since = datetime(2026, 11, 23, 9, tzinfo=UTC)
    row = Refused(
        7, Source.VLE, name, 12, "vle days", name, "day", "not_a_day", "Write the day.", name, since, True
    )
    made = waiting_workbook.written([row], tmp_path)
    assert_no_formula(made)
    (sheet,) = workbook.sheets(Member("quarantine.xlsx", lambda: io.BytesIO(made)), FROM_PAGE)
    ((line, cells),) = rows(sheet)
    assert line == 2
    told = [str(cells[column]).replace("_x005F_x003D_", "_x003D_") for column in ("file", "key", "value")]
    assert (cells["id"], *told) == ("7", name, name, name)


def rows(sheet: workbook.Sheet) -> Iterator[tuple[int, dict[str, object]]]:
    for found in sheet.rows:
        assert not isinstance(found, Fault), found
        yield found


def assert_no_formula(made: bytes) -> None:
    """No cell is one to a spreadsheet program, no link leads anywhere, no part says what only programs run."""
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        names = parts.namelist()
        sheets = b"".join(parts.read(name) for name in names if name.startswith("xl/worksheets/sheet"))
    assert b"<f>" not in sheets
    assert b"<f " not in sheets
    assert b"<hyperlink" not in sheets
    assert not [name for name in names if "externalLink" in name or "vba" in name.casefold()]
    cells = [cell for sheet in load_workbook(io.BytesIO(made)) for line in sheet.iter_rows() for cell in line]
    assert {cell.data_type for cell in cells if cell.value is not None} <= {"s", "n"}

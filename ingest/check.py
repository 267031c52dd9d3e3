"""From cells to a record of the template, or to the faults of the row, each with its field and advice."""

import unicodedata
from collections.abc import Iterator

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ingest.found import Fault, Row
from ingest.template.fields import tidy
from ingest.template.record import Record

_SHOWN = 60  # characters of a faulty value that are kept to be shown

SPACES = "Spaces, or characters that cannot be seen, were taken off"
NUMBER = "A “.0” that a spreadsheet had put behind a key was taken off"


def checked(row: Row) -> tuple[Record | None, list[Fault]]:
    """The record, or why there is none."""
    try:
        return row.sheet.model_validate(dict(row.cells)), []
    except ValidationError as found:
        return None, [_fault(row, error) for error in found.errors(include_url=False)]


def mended(row: Row, record: Record) -> Iterator[str]:
    """What was taken off the texts and keys of the row, once for each; composing an accent is no mending."""
    values = record.__dict__
    for name, cell in row.cells.items():
        if values[name] == cell or type(values[name]) is not str or type(cell) is not str:
            continue
        if values[name] != unicodedata.normalize("NFC", cell):
            yield SPACES if values[name] == tidy(cell) else NUMBER


def _fault(row: Row, error: ErrorDetails) -> Fault:
    field = str(error["loc"][0]) if error["loc"] else ""
    kind, advice = _advice(error)
    unsaid = kind == "missing" or field in row.sheet.withheld
    value = "" if unsaid else str(row.cells.get(field, ""))[:_SHOWN]
    cells = {name: cell for name, cell in row.cells.items() if name not in row.sheet.withheld}
    return Fault(row.line, field, kind, advice, value, row.file, row.sheet.sheet, cells)


def _advice(error: ErrorDetails) -> tuple[str, str]:
    """Pydantic's own kinds in our words; ours are already in them."""
    kind = str(error["type"])
    if kind in ("missing", "string_too_short", "too_short", "string_type"):
        return "missing", "The field may not be empty."
    if kind == "string_too_long":
        return "too_long", "The field is too long; at most 200 characters are kept."
    if kind == "enum":
        return "not_in_list", f"Write one of: {error['ctx']['expected']}."
    return kind, str(error["msg"])

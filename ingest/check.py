"""From cells to a record of the template, or to the faults of the row, each with its field and advice."""

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ingest.found import Fault, Row
from ingest.template.record import Record

_SHOWN = 60  # characters of a faulty value that are kept to be shown


def checked(row: Row) -> tuple[Record | None, list[Fault]]:
    """The record, or why there is none."""
    try:
        return row.sheet.model_validate(dict(row.cells)), []
    except ValidationError as found:
        return None, [_fault(row, error) for error in found.errors(include_url=False)]


def _fault(row: Row, error: ErrorDetails) -> Fault:
    field = str(error["loc"][0]) if error["loc"] else ""
    kind, advice = _advice(error)
    value = "" if kind == "missing" else str(row.cells.get(field, ""))[:_SHOWN]
    return Fault(row.line, field, kind, advice, value, row.file, row.sheet.sheet, row.cells)


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

"""Workbooks: the sheets of an .xlsx file as headers and rows. Read in the sandboxed child alone."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from ingest import workbook_parts
from ingest.bundle import Member
from ingest.found import Fault, Note, NotReadable
from ingest.limits import Limits
from ingest.sheets import Cells, Sheet, check_header, row
from ingest.workbook_parts import Parts

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

_ERROR = re.compile(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!)")


def sheets(member: Member, limits: Limits) -> list[Sheet]:
    """Every visible sheet that has a header. Raises NotReadable for merged cells and damaged workbooks."""
    parts = workbook_parts.seen(member)
    book = _opened(member)
    typed = _opened(member, formulas=True) if parts.formulas else None
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    notes = _on_hidden([sheet.title for sheet in book.worksheets if sheet not in visible], visible)
    found = [_sheet(sheet, typed[sheet.title] if typed else None, parts, limits, notes) for sheet in visible]
    return [sheet for sheet in found if sheet]


def _on_hidden(hidden: list[str], visible: "list[ReadOnlyWorksheet]") -> tuple[Note, ...]:
    if not hidden:
        return ()
    read = ", ".join(f"“{sheet.title}”" for sheet in visible)
    return (Note(f"Read: {read}. Hidden, and left out: {', '.join(f'“{name}”' for name in hidden)}."),)


def grid(member: Member, limits: Limits) -> Iterator[tuple[int, list[object]]]:
    """The first sheet's rows as they are, for formats that put titles above the header or merge its cells."""
    parts = workbook_parts.seen(member, merged=True)
    if parts.formulas:
        raise NotReadable("formula", f"{member.name} has formulas. Export it again, without changes.")
    sheet = next(iter(_opened(member).worksheets), None)
    if sheet is None:
        raise NotReadable("workbook", f"{member.name} has no sheet with cells.")
    for line, cells, _ in _values(sheet, None, parts, limits):
        yield line, [_plain(cell) for cell in cells]


def _opened(member: Member, *, formulas: bool = False) -> "Workbook":
    from openpyxl import load_workbook  # a third of the child's start, for the few files that need it

    try:
        return load_workbook(member.open(), read_only=True, data_only=not formulas, keep_links=False)
    except MemoryError:
        raise
    except Exception as fault:
        raise NotReadable(
            "workbook", f"{member.name} cannot be read as a workbook. Export it again."
        ) from fault


def _sheet(
    sheet: "ReadOnlyWorksheet",
    typed: "ReadOnlyWorksheet | None",
    parts: Parts,
    limits: Limits,
    notes: tuple[Note, ...],
) -> Sheet | None:
    values = _values(sheet, typed, parts, limits)
    first = next(((line, cells) for line, cells, _ in values if any(c is not None for c in cells)), None)
    if first is None:
        return None
    header = tuple(str(cell).strip() if cell is not None else "" for cell in first[1])
    while header and not header[-1]:
        header = header[:-1]
    check_header(header, limits)
    return Sheet(sheet.title, header, _rows(values, header, limits), notes)


def _values(
    sheet: "ReadOnlyWorksheet", typed: "ReadOnlyWorksheet | None", parts: Parts, limits: Limits
) -> Iterator[tuple[int, Sequence[object], Sequence[object]]]:
    """Line, values, and the formulas behind them where the workbook has any, to the last row that holds anything.

    Rows that are only formatted follow it by the hundred thousand, where someone has formatted whole columns.
    """
    sheet.reset_dimensions()
    left = parts.filled.get(str(sheet._worksheet_path).lstrip("/"), -1)
    behind = iter(()) if typed is None else _formulas(typed)
    for line, cells in enumerate(_whole(sheet.iter_rows(values_only=True)), start=1):
        if len(cells) > limits.columns:
            raise NotReadable(
                "far_cell", f"Row {line} has a cell far to the right. Delete the empty columns."
            )
        yield line, cells, next(behind, ())
        left -= sum(cell is not None for cell in cells)
        if left == 0 and typed is None:
            return


def _whole(rows: Iterator[Sequence[object]]) -> Iterator[Sequence[object]]:
    """The rows; NotReadable where the sheet is cut short or damaged, which shows only on the way."""
    try:
        yield from rows
    except MemoryError:
        raise
    except Exception as fault:
        raise NotReadable("workbook", "A sheet of the workbook is damaged. Export it again.") from fault


def _formulas(typed: "ReadOnlyWorksheet") -> Iterator[Sequence[object]]:
    typed.reset_dimensions()
    return iter(typed.iter_rows(values_only=True))


def _rows(
    values: Iterator[tuple[int, Sequence[object], Sequence[object]]], header: tuple[str, ...], limits: Limits
) -> Iterator[tuple[int, Cells] | Fault]:
    count = 0
    for line, cells, formulas in values:
        if all(cell is None or cell == "" for cell in cells) and not any(formulas):
            continue
        count += 1
        if limits.rows and count > limits.rows:
            raise NotReadable("rows", f"The sheet has more than {limits.rows:,} rows. Load it in parts.")
        yield _row(line, header, cells, formulas)


def _row(
    line: int, header: tuple[str, ...], cells: Sequence[object], formulas: Sequence[object]
) -> tuple[int, Cells] | Fault:
    padded = [*cells, *[None] * (len(header) - len(cells))]
    while len(padded) > len(header) and padded[-1] is None:
        padded.pop()
    for n, cell in enumerate(padded):
        column = header[n] if n < len(header) else ""
        behind = formulas[n] if n < len(formulas) else None
        if cell is None and isinstance(behind, str) and behind.startswith("="):
            return Fault(
                line, column, "formula", "The cell is a formula without a result. Paste it as a value."
            )
        if isinstance(cell, str) and _ERROR.fullmatch(cell):
            return Fault(
                line, column, "error_value", f"The cell shows {cell}. Mend the formula or paste a value."
            )
    return row(line, header, [_plain(cell) for cell in padded])


def _plain(cell: object) -> object:
    """A cell as the template reads it: days and instants as they are, numbers as they are written."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == time() else cell
    return cell if isinstance(cell, date) else str(cell)

"""Our own template: CSV files or a workbook with a sheet for each noun, for each of the four systems."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial

from ingest import tabular
from ingest.bundle import Member
from ingest.format import Format, Glance
from ingest.found import Fault, Found, Headed, Note, NotReadable, Row
from ingest.limits import Limits
from ingest.sheets import Sheet
from ingest.template.record import Record
from ingest.template.sheets import SHEETS
from privacy.labels import Source


def read(system: Source, members: tuple[Member, ...], limits: Limits) -> Iterator[Found]:
    """Every row of every sheet that the template knows. A sheet is known by its columns."""
    for member in members:
        for sheet in tabular.sheets(member, limits):
            yield from _rows(system, member, sheet)


def _rows(system: Source, member: Member, sheet: Sheet) -> Iterator[Found]:
    record = sheet_of(system, frozenset(_column(cell) for cell in sheet.header))
    if record is None:
        raise NotReadable("header", _unknown(system, member, sheet))
    yield Headed(record)
    yield from sheet.notes
    known = {cell: _column(cell) for cell in sheet.header if _column(cell) in record.model_fields}
    required = frozenset(record.required())
    for cell in sheet.header:
        if cell and cell not in known:
            yield Note(f"{member.name}: the column “{cell}” is not part of the template and was not stored.")
    for found in sheet.rows:
        if isinstance(found, Fault):
            # Cells that may stand under a wrong column are not kept: nobody can say what they are.
            yield replace(found, cells={}, file=member.name, sheet=record.sheet)
            continue
        line, cells = found
        # An empty cell of a field that may be left out is left out.
        given = {n: cells[c] for c, n in known.items() if cells[c] != "" or n in required}
        yield Row(record, given, line, member.name)


def _column(cell: str) -> str:
    """A column as the template names it: `Student ID` and `student_id` are the same."""
    return "_".join(cell.casefold().replace("_", " ").split())


def sheet_of(system: Source, columns: frozenset[str]) -> type[Record] | None:
    """The sheet whose required columns are all there; of several the one with most of the columns."""
    fitting = [record for record in SHEETS[system] if columns.issuperset(record.required())]
    return max(fitting, key=lambda r: len(columns & set(r.model_fields)), default=None)


def _unknown(system: Source, member: Member, sheet: Sheet) -> str:
    return (
        f"{member.name}: the first line is no header of the template. {lacking(system, sheet.header)}".strip()
    )


def lacking(system: Source, header: Iterable[str]) -> str:
    """What the header lacks to be that of the nearest sheet, as a sentence and a space; else nothing."""
    columns = frozenset(_column(cell) for cell in header)
    nearest = max(SHEETS[system], key=lambda r: len(columns & set(r.model_fields)))
    missing = [name for name in nearest.required() if name not in columns]
    near = missing and not columns.isdisjoint(nearest.model_fields)
    return f"As our template's “{nearest.sheet}” it lacks: {', '.join(missing)}. " if near else ""


def _recognises(system: Source, glance: Glance) -> bool:
    return sheet_of(system, frozenset(_column(cell) for cell in glance.header)) is not None


FORMATS = tuple(
    Format(
        f"{system}-template",
        system,
        f"Our template for {system.words}",
        partial(_recognises, system),
        partial(read, system),
    )
    for system in SHEETS
)

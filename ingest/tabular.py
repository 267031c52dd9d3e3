"""The sheets of a bundle's members, whether they are delimited texts or workbooks."""

from collections.abc import Iterator
from dataclasses import replace

from ingest import text, workbook
from ingest.bundle import Member
from ingest.found import Fault, Note, naming, of
from ingest.limits import Limits
from ingest.sheets import Cells, Sheet, of_text


def sheets(member: Member, limits: Limits, delimiter: str | None = None) -> Iterator[Sheet]:
    """A member's sheets: of a text the one, of a workbook all visible ones that hold anything.

    What is refused or noted of them names the member.
    """
    with naming(member.name):
        for sheet in _sheets(member, limits, delimiter):
            notes = tuple(Note(of(member.name, note.sentence)) for note in sheet.notes)
            yield replace(sheet, rows=_named(member.name, sheet.rows), notes=notes)


def _sheets(member: Member, limits: Limits, delimiter: str | None) -> Iterator[Sheet]:
    if member.workbook:
        yield from workbook.sheets(member, limits)
        return
    with member.open() as file:
        opened, notes = text.opened(file)
        sheet = of_text(opened, member.stem, limits, delimiter)
        yield replace(sheet, notes=(*notes, *sheet.notes))


def _named(file: str, rows: Iterator[tuple[int, Cells] | Fault]) -> Iterator[tuple[int, Cells] | Fault]:
    with naming(file):
        yield from rows

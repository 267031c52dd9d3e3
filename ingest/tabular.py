"""The sheets of a bundle's members, whether they are delimited texts or workbooks."""

from collections.abc import Iterator

from ingest import text, workbook
from ingest.bundle import Member
from ingest.limits import Limits
from ingest.sheets import Sheet, of_text


def sheets(member: Member, limits: Limits, delimiter: str | None = None) -> Iterator[Sheet]:
    """A member's sheets: of a text the one, of a workbook all visible ones that hold anything."""
    if member.workbook:
        yield from workbook.sheets(member, limits)
        return
    with member.open() as file:
        opened, notes = text.opened(file)
        sheet = of_text(opened, member.stem, limits, delimiter)
        yield Sheet(sheet.name, sheet.header, sheet.rows, (*notes, *sheet.notes))

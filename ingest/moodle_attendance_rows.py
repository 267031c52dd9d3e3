"""The rows of a Moodle attendance export, as text or from a workbook; the header lies below the top."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest import text, workbook
from ingest.bundle import Member
from ingest.found import Note, NotReadable
from ingest.limits import Limits

# A column for each session of a year, and one of remarks beside each.
_MOST_COLUMNS = 1_000


def rows(member: Member, limits: Limits) -> Iterator[tuple[int, Sequence[str]] | Note]:
    """Each row with its line, cells without the spaces round them. Raises NotReadable as other readers do."""
    found = _of_workbook(member, limits) if member.workbook else _of_text(member, limits)
    for count, row in enumerate(found, start=1):
        if limits.rows and count > limits.rows:
            raise NotReadable("rows", f"The file has more than {limits.rows:,} rows. Load it in parts.")
        yield row


def _of_workbook(member: Member, limits: Limits) -> Iterator[tuple[int, Sequence[str]]]:
    """Short rows are filled up: a workbook leaves out empty cells at the end."""
    width = 0
    for line, cells in workbook.grid(member, replace(limits, columns=_MOST_COLUMNS)):
        width = max(width, len(cells))
        yield line, [str(cell).strip() for cell in cells] + [""] * (width - len(cells))


def _of_text(member: Member, limits: Limits) -> Iterator[tuple[int, Sequence[str]] | Note]:
    """Moodle joins the cells by tabs and quotes nothing."""
    csv.field_size_limit(limits.cell)
    with member.open() as file:
        opened, notes = text.opened(file)
        yield from notes
        reader = csv.reader(opened, delimiter="\t", quoting=csv.QUOTE_NONE)
        try:
            for cells in reader:
                yield reader.line_num, [cell.strip() for cell in cells]
        except csv.Error as fault:
            raise NotReadable(
                "text", f"{member.name} cannot be read at line {reader.line_num + 1}. Export it again."
            ) from fault

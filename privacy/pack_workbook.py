"""A copy as a spreadsheet: a sheet for each table, in which every cell is text or a number, and none a formula."""

import io
from collections.abc import Sequence

import xlsxwriter

from privacy.pack import Field, Pack, Section, Value

AS_DATA = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_SHEET = 31  # letters of a sheet's name that Excel takes
_CELL = 32_767  # letters of a cell that Excel takes; data.json holds a longer text whole
_WIDEST = 48


def workbook(pack: Pack) -> bytes:
    """The .xlsx file: first what each sheet holds, then a sheet for each table. The same copy, the same bytes."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True, **AS_DATA}) as book:
        book.set_properties(
            {"title": f"What is held about {pack.name}", "created": pack.as_of.replace(tzinfo=None)}
        )
        bold = book.add_format({"bold": True})
        sheet(book, "Contents", [("Sheet", "What it holds", "Rows"), *map(_entry, pack.sections)], bold)
        for section in pack.sections:
            sheet(book, _name(section), [_head(section), _about(section), *section.rows], bold)
    return written.getvalue()


def _entry(section: Section) -> tuple[Value, ...]:
    return _name(section), section.title, len(section.rows)


def _name(section: Section) -> str:
    return section.name[:_SHEET]


def _head(section: Section) -> tuple[str, ...]:
    return tuple(field.name for field in section.fields)


def _about(section: Section) -> tuple[str, ...]:
    """Under each heading where the column comes from, what it is and how long it is kept."""
    return tuple(map(_label, section.fields))


def _label(field: Field) -> str:
    about = field.about
    return (
        f"{about.source.words} · {about.category.value.replace('_', ' ')} · kept as {about.retention.value}"
    )


def sheet(book: xlsxwriter.Workbook, name: str, rows: Sequence[tuple[Value, ...]], bold: object) -> None:
    """Add a sheet with these rows, the first of them bold and always in sight."""
    made = book.add_worksheet(name)
    made.freeze_panes(1, 0)
    for line, row in enumerate(rows):
        for column, value in enumerate(row):
            look = (bold,) if line == 0 else ()
            if isinstance(value, bool):
                made.write_string(line, column, "yes" if value else "no", *look)
            elif isinstance(value, int):
                made.write_number(line, column, value, *look)
            elif value is not None:
                made.write_string(line, column, value[:_CELL], *look)
    for column, head in enumerate(rows[0]):
        longest = max(
            (len(str(row[column])) for row in rows[:50] if column < len(row)), default=len(str(head))
        )
        made.set_column(column, column, min(longest + 2, _WIDEST))

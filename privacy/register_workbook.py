"""A register as a spreadsheet: a sheet for each table; every cell is text or a number, and none a formula."""

import io
from collections.abc import Iterator

import xlsxwriter

from privacy.pack import Value
from privacy.pack_workbook import AS_DATA, sheet
from privacy.register import Print, Table

_SHEET = 26  # letters of a sheet's name that Excel takes, but for the number before them
_NEVER = str.maketrans("", "", "[]:*?/\\'")


def workbook(of: Print) -> bytes:
    """The .xlsx file: first what the register is and all its sentences, then a sheet for each table."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True, **AS_DATA}) as book:
        book.set_properties({"title": of.register.title, "created": of.at.replace(tzinfo=None)})
        bold = book.add_format({"bold": True})
        sheet(book, "About", list(_about(of)), bold)
        tables = [part for part in of.register.parts if isinstance(part, Table)]
        for number, part in enumerate(tables, start=1):
            name = f"{number} {part.title.translate(_NEVER)[:_SHEET]}".strip()
            sheet(book, name, [part.head, *(part.rows or ((part.none,),))], bold)
    return written.getvalue()


def _about(of: Print) -> Iterator[tuple[Value, ...]]:
    yield (of.register.title,)
    yield from ((one,) for one in (of.institution, of.register.about, *of.stamp))
    for part in of.register.parts:
        if isinstance(part, Table):
            yield from ((f"{part.title}: {part.about}",) for _ in [0] if part.about)
        else:
            yield from ((f"{part.title}: {one}",) for one in part.sentences)

"""Released figures as an accessible spreadsheet in the government's style, and as comma-separated values."""

import csv
import io
import warnings
from collections.abc import Iterable
from tempfile import NamedTemporaryFile

import pandas as pd
from gptables import Cover, GPTable, write_workbook

from privacy.pack_workbook import AS_DATA
from privacy.register import Table, Text
from privacy.release_print import HEAD, Figures, ReleasePrint, rows

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_PLACE = ("Where", "By", "Groups")


def workbook(of: ReleasePrint) -> bytes:
    """The .xlsx file: a cover with the method, the contents, and one table to a sheet. No cell is a formula."""
    tables = [part for part in of.register.parts if isinstance(part, Table)]
    sheets = {f"{number}": _table(number, part) for number, part in enumerate(tables, start=1)}
    with NamedTemporaryFile(suffix=".xlsx") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of notes, which we have none of, and of what pandas will change
        write_workbook(file.name, sheets, cover=_cover(of), workbook_options=dict(AS_DATA))
        return file.read()


def comma_separated(of: ReleasePrint, figures: Iterable[Figures]) -> bytes:
    """The same figures, one to a row, each with the file's stamp.

    A name that a spreadsheet could take for a formula is led by an apostrophe.
    """
    text = io.StringIO()
    out = csv.writer(text)
    out.writerow((*_PLACE, *HEAD, "Release", "Fetched"))
    for release, node, tables in figures:
        for row in rows(release, node, tables):
            out.writerow([*map(_harmless, row), release.id, of.stamp[0]])
    return text.getvalue().encode("utf-8-sig")


def _table(number: int, part: Table) -> GPTable:
    frame = pd.DataFrame([list(map(_said, row)) for row in part.rows], columns=list(part.head))
    return GPTable(
        table=frame,
        table_name=f"table_{number}",
        title=part.title,
        instructions="This sheet has one table. Marks in square brackets are explained on the cover.",
        index_columns={1: 0},
    )


def _cover(of: ReleasePrint) -> Cover:
    method = [one for part in of.register.parts if isinstance(part, Text) for one in part.sentences]
    return Cover(
        title=of.register.title,
        intro=[of.institution, *of.stamp],
        about=["How these figures were made", *method, of.register.about],
    )


def _said(value: str | int) -> str | int:
    """The style allows no cell of signs alone, as a name may be."""
    signs = isinstance(value, str) and value and not any(letter.isalnum() for letter in value)
    return f"called {value}" if signs else value


def _harmless(value: str | int) -> str | int:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value

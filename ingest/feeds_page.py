"""Writes `docs/feeds.md` from the template's models and FORMATS, for the people who make the exports: `make docs`."""

from datetime import date, datetime
from enum import EnumType
from pathlib import Path
from typing import Any, get_args

from ingest.formats import FORMATS
from ingest.limits import FROM_PAGE
from ingest.template.fields import EARLIEST, LATEST
from ingest.template.record import Record
from ingest.template.sheets import SHEETS
from privacy.labels import SYSTEMS, Source

PAGE = Path(__file__).parents[1] / "docs" / "feeds.md"

_HEAD = f"""# What is loaded, and how to write it

Written by `make docs` from the template and the formats in `ingest/`, which are what the loader itself obeys. Change
those, not this page.

Four systems are read. Each takes our own template, and the exports listed under it; which one a file is, is told
from its content, and `--format` says it where that is not possible. What a file holds beyond the columns below is
reported and not stored. Of every row one of three things becomes: it is accepted, it is left out for a reason that is
counted, or it is kept aside with its line, its field and what to do about it.

## Files

* CSV or TSV in UTF-8 (other encodings are told from their first bytes, or read as Windows-1252 with a note), parted
  by commas, semicolons, tabs or bars; or an .xlsx workbook with a sheet for each table. Several files as a folder or
  a .zip archive; a single one as .gz.
* A table is known by its columns. Their order, their case, and spaces for underscores do not matter.
* Days are written 2026-11-23 or 23/11/2026 and lie between {EARLIEST.year} and {LATEST.year - 1}. Times are written
  2026-11-23T09:00; without an offset they are London's: of the hour that happens twice in October the first, and
  never one that the clocks leave out in March.
* Keys are letters, digits and `_ . : / @ # -`, at most 100. Zeros in front count: keep such columns as text.
* A workbook must have no merged cells and no macros, and no formulas without results.

Through the page a file may have at most {FROM_PAGE.upload and FROM_PAGE.upload >> 20} MB, {FROM_PAGE.rows:,} rows,
{FROM_PAGE.columns} columns and {FROM_PAGE.cell:,} characters in a cell; an archive {FROM_PAGE.entries} files and
{FROM_PAGE.unpacked and FROM_PAGE.unpacked >> 20} MB unpacked, and {FROM_PAGE.ratio} times its size. No more than
{FROM_PAGE.bad:,} of the rows may be bad. Reading may take {FROM_PAGE.memory >> 20:,} MB of
memory and {FROM_PAGE.seconds} seconds. Bigger files are loaded from the command line.
"""


def page() -> str:
    """The page as it should be now."""
    return "\n".join([_HEAD, *(_system(system) for system in SYSTEMS)])


def _system(system: Source) -> str:
    formats = [
        f"* `{one.name}`: {one.title}." + (f" {one.reads}" if one.reads else "")
        for one in FORMATS
        if one.system is system
    ]
    sheets = [_sheet(record) for record in SHEETS[system]]
    return "\n".join([f"## {system.words}\n", *formats, "", *sheets])


def _sheet(record: type[Record]) -> str:
    rows = [_row(name, record) for name in record.model_fields]
    meaning = (record.__doc__ or "").partition("\n")[0]
    head = "| column | meaning | written as | example | must be there |\n|---|---|---|---|---|"
    return "\n".join([f"### {record.sheet.capitalize()}\n", f"{meaning}\n", head, *rows, ""])


def _row(name: str, record: type[Record]) -> str:
    field = record.model_fields[name]
    example = str(field.examples[0]) if field.examples else ""
    cells = (
        f"`{name}`",
        field.description or "",
        _written(field.annotation),
        f"`{example}`" if example else "",
        "yes" if field.is_required() else "",
    )
    return f"| {' | '.join(cells)} |"


def _written(annotation: Any) -> str:
    """How a cell of that type is written."""
    if isinstance(annotation, EnumType):
        members: list[object] = list(annotation)
        return ", ".join(map(str, members))
    words = {bool: "yes or no", int: "whole number", datetime: "time", date: "day", str: "text"}
    if annotation in words:
        return words[annotation]
    return next(_written(inner) for inner in get_args(annotation) if inner is not type(None))


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()

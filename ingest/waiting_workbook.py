"""The workbook of waiting rows: written out to be looked at, and handed back with corrected values."""

import io
import re
from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from pathlib import Path

import xlsxwriter

from auth.refusals import Refusal
from auth.viewer import Viewer
from data_access import quarantine, settings
from data_access.engine import folders
from engagement.refused import Refused, Some
from ingest import mended_rows, sandbox
from ingest.found import NotReadable
from ingest.limits import FROM_PAGE
from ingest.template.mended import MendedRow
from ingest.upload import safe
from policy.days import LONDON
from privacy.labels import Source

_ESCAPED = re.compile(r"_x005F(_x[0-9A-Fa-f]{4}_)")
"""What is no character's code is written so; a program of spreadsheets undoes it, and openpyxl not everywhere."""
_AS_DATA = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def export(viewer: Viewer, some: Some, at: datetime) -> bytes:
    """What waits, from the first row to the last; however many there are, some are held at a time."""
    with folders.folder(settings().home) as folder:
        return written(quarantine.every(viewer, some, at), folder)


def written(rows: Iterable[Refused], folder: Path) -> bytes:
    """The rows as an .xlsx workbook in which every cell is text or a number, and none a formula.

    What is written waits in the folder until the workbook is whole.
    """
    book = io.BytesIO()
    with xlsxwriter.Workbook(book, {"constant_memory": True, "tmpdir": str(folder), **_AS_DATA}) as made:
        sheet = made.add_worksheet("Quarantine")
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, [field.name for field in fields(Refused)], made.add_format({"bold": True}))
        for line, row in enumerate(rows, start=1):
            for column, field in enumerate(fields(Refused)):
                value = getattr(row, field.name)
                if isinstance(value, int) and not isinstance(value, bool):
                    sheet.write_number(line, column, value)
                else:
                    sheet.write_string(line, column, _text(value))
    return book.getvalue()


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value.astimezone(LONDON):%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value)


def values(system: Source, name: str, content: bytes) -> dict[int, str]:
    """What each fault's field should say by the workbook, by the number of the fault.

    Raises a Refusal where it is no such workbook, or a row of it cannot be read: then none of it counts.
    """
    with folders.folder(settings().home) as folder:
        file, staging = folder / safe(name), folder / "reading"
        staging.mkdir()
        file.write_bytes(content)
        try:
            return _values(system, file, staging)
        except NotReadable as fault:
            raise Refusal(str(fault)) from fault


def _values(system: Source, file: Path, staging: Path) -> dict[int, str]:
    staged = sandbox.read(file, system, mended_rows.NAME, FROM_PAGE, staging)
    for fault in staged.faults():
        raise NotReadable(
            "row", f"{file.name}, line {fault.line}: {fault.advice} Nothing of it was taken in."
        )
    rows = staged.table(MendedRow)
    if rows is None:
        return {}
    told = (_ESCAPED.sub(r"\1", value) for value in rows["value"].to_pylist())
    return dict(zip(rows["id"].to_pylist(), told, strict=True))

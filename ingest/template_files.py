"""The template as files to fill in: a workbook with a sheet for each table, or a CSV file for each, in an archive."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence

import xlsxwriter

from ingest.template.record import Record
from ingest.template.sheets import SHEETS
from privacy.labels import Source

# Rows for each sheet, as cells by column.
Rows = Mapping[type[Record], Sequence[Mapping[str, object]]]

_AS_DATA = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def empty(system: Source) -> Rows:
    """The system's sheets without a row."""
    return dict.fromkeys(SHEETS[system], ())


def examples(system: Source) -> Rows:
    """The system's sheets with one invented row each."""
    return {record: (_example(record),) for record in SHEETS[system]}


def to_fill_in(system: Source) -> bytes:
    """The system's sheets as an empty workbook."""
    return workbook(empty(system))


def to_look_at(system: Source) -> bytes:
    """The system's sheets as an archive of CSV files with one invented row each."""
    return archive(examples(system))


def _example(record: type[Record]) -> dict[str, object]:
    fields = record.model_fields.items()
    return {name: field.examples[0] if field.examples else "" for name, field in fields}


def workbook(rows: Rows) -> bytes:
    """An .xlsx workbook. Every cell is text, a formula none; the header says in a comment what a column means."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True, **_AS_DATA}) as book:
        as_text = book.add_format({"num_format": "@"})
        bold = book.add_format({"bold": True})
        for record, several in rows.items():
            sheet = book.add_worksheet(record.sheet[:31])
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(record.model_fields) - 1, 18, as_text)
            for column, (name, field) in enumerate(record.model_fields.items()):
                sheet.write_string(0, column, name, bold)
                sheet.write_comment(0, column, f"{field.description}. {_must(record, name)}")
                for line, cells in enumerate(several, start=1):
                    sheet.write_string(line, column, str(cells.get(name, "")), as_text)
    return written.getvalue()


def _must(record: type[Record], name: str) -> str:
    return "Must be there." if name in record.required() else "May be left out."


def archive(rows: Rows) -> bytes:
    """A .zip of CSV files, in UTF-8 with a mark, as spreadsheets want it."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as files:
        for record, several in rows.items():
            files.writestr(f"{record.sheet.replace(' ', '-')}.csv", _csv(record, several))
    return written.getvalue()


def _csv(record: type[Record], rows: Sequence[Mapping[str, object]]) -> bytes:
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, list(record.model_fields), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue().encode("utf-8-sig")

"""Reads an export in this process and says what became of it, for the tests of records, timetables and attendance."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent
from typing import Any

from ingest import reader
from ingest.found import Fault
from ingest.limits import FROM_PAGE, Limits
from ingest.staging import Staged, Summary
from ingest.template.record import Record
from ingest.template.sheets import every_sheet
from privacy.labels import Source


@dataclass(frozen=True)
class Reading:
    """What was staged: the rows of each sheet by its name, without their places, and the faults."""

    summary: Summary
    sheets: Mapping[str, list[dict[str, Any]]]
    faults: list[Fault]
    text: str  # all that was left behind, to search it

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Rows, accepted, faulty, skipped."""
        found = self.summary
        return found.rows, found.accepted.total(), found.faulty, found.skipped.total()

    def rows(self, record: type[Record], *columns: str) -> list[Any]:
        """The rows of a sheet: whole, or the columns asked for as tuples, or one column alone."""
        found = self.sheets.get(record.sheet, [])
        if not columns:
            return found
        return [row[columns[0]] if len(columns) == 1 else tuple(row[c] for c in columns) for row in found]


def read(path: Path, system: Source, format: str | None = None, limits: Limits = FROM_PAGE) -> Reading:
    """The file or folder, read as an export of the system."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        summary = reader.read(path, system, format, limits, folder)
        staged = Staged(folder, summary)
        sheets = {}
        for sheet, record in every_sheet().items():
            table = staged.table(record)
            rows = table.to_pylist() if table else []
            sheets[sheet] = [
                {key: value for key, value in row.items() if not key.startswith("_")} for row in rows
            ]
        faults = list(staged.faults())
        return Reading(summary, sheets, faults, f"{sheets}{faults}{summary}")


def tsv(text: str) -> str:
    """A table written with bars and spaces for the reader of the test, as tab-separated text.

    The header may take several lines, where a line of dashes ends it.
    """
    lines = [[cell.strip() for cell in line.split("|")] for line in dedent(text).strip().splitlines()]
    ends = next((n for n, cells in enumerate(lines) if cells == ["---"]), 0)
    if ends:
        lines = [[cell for cells in lines[:ends] for cell in cells if cell], *lines[ends + 1 :]]
    return "\n".join("\t".join(cells) for cells in lines) + "\n"


def written(folder: Path, files: Mapping[str, str]) -> Path:
    """The folder with these files in it."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder

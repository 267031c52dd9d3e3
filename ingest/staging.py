"""The staging folder: what the reading child leaves behind, one Arrow file for each sheet, faults, a summary.

Nothing of a whole file is ever held in memory: rows are written in batches.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_args

import pyarrow as pa

from ingest.found import Fault
from ingest.template.record import Record
from ingest.template.sheets import every_sheet

_BATCH = 10_000
_TYPES: dict[type, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    bool: pa.bool_(),
    date: pa.date32(),
    datetime: pa.timestamp("us", tz="UTC"),
}


@dataclass
class Summary:
    """What became of the rows: `rows` = the sum of `accepted` + `faulty` + the sum of `skipped`.

    A faulty row counts once in `faulty`, and under the kind of its first fault in `reasons`.
    """

    format: str = ""
    rows: int = 0
    accepted: Counter[str] = field(default_factory=Counter)
    faulty: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    refused: str = ""
    refused_kind: str = ""


class Stage:
    """Writes the staging folder. Used by the child; close it to keep what was staged."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._rows: dict[str, list[dict[str, Any]]] = {}
        self._writers: dict[str, pa.RecordBatchFileWriter] = {}
        self._faults = (folder / "faults.jsonl").open("w", encoding="utf-8")

    def add(self, record: Record, line: int, file: str) -> None:
        """Stage one record with the place it came from."""
        rows = self._rows.setdefault(record.sheet, [])
        rows.append({**record.__dict__, "_line": line, "_file": file})
        if len(rows) >= _BATCH:
            self._write(record.sheet)

    def fault(self, fault: Fault) -> None:
        """Stage a fault."""
        self._faults.write(json.dumps(asdict(fault), default=str) + "\n")

    def close(self, summary: Summary) -> None:
        """Write what is left, and the summary last: without it the folder is not whole."""
        for sheet in list(self._rows):
            self._write(sheet)
        for writer in self._writers.values():
            writer.close()
        self._faults.close()
        (self._folder / "summary.json").write_text(json.dumps(vars(summary)), encoding="utf-8")

    def _write(self, sheet: str) -> None:
        schema = schema_of(every_sheet()[sheet])
        if sheet not in self._writers:
            self._writers[sheet] = pa.ipc.new_file(str(self._folder / _file_name(sheet)), schema)
        rows = self._rows.pop(sheet)
        self._writers[sheet].write_batch(pa.RecordBatch.from_pylist(rows, schema=schema))


def schema_of(record: type[Record]) -> pa.Schema:
    """The columns of a sheet, and `_line` and `_file` beside them."""
    fields = [(name, _TYPES[_plain(info.annotation)]) for name, info in record.model_fields.items()]
    return pa.schema([*fields, ("_line", pa.int64()), ("_file", pa.string())])


def _plain(annotation: Any) -> type:
    """The type under an optional or annotated one; an enum is text."""
    for inner in get_args(annotation):
        if inner is not type(None) and not (isinstance(inner, Mapping) or callable(inner) is False):
            return _plain(inner)
    return next(t for t in (bool, int, datetime, date, str) if issubclass(annotation, t))


def _file_name(sheet: str) -> str:
    return f"{sheet.replace(' ', '-')}.arrow"


@dataclass(frozen=True)
class Staged:
    """A staging folder that is whole."""

    folder: Path
    summary: Summary

    def table(self, record: type[Record]) -> pa.Table | None:
        """The staged rows of a sheet, mapped from disk; None where there are none."""
        path = self.path(record)
        return pa.ipc.open_file(pa.memory_map(str(path))).read_all() if path else None

    def path(self, record: type[Record]) -> Path | None:
        """The file with the staged rows of a sheet, to be read some at a time; None where there are none."""
        path = self.folder / _file_name(record.sheet)
        return path if path.exists() else None

    def faults(self) -> Iterator[Fault]:
        """The faults, in the order of the rows."""
        with (self.folder / "faults.jsonl").open(encoding="utf-8") as lines:
            for line in lines:
                yield Fault(**json.loads(line))


def staged(folder: Path) -> Staged | None:
    """What a child left in the folder; None when it did not finish."""
    path = folder / "summary.json"
    if not path.exists():
        return None
    found = json.loads(path.read_text(encoding="utf-8"))
    for name in ("accepted", "reasons", "skipped"):
        found[name] = Counter(found[name])
    return Staged(folder, Summary(**found))

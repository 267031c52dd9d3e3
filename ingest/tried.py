"""Rows that wait in quarantine, taken up again: their cells as a person mended them, staged like rows of a file."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data_access.loads.known import Known
from data_access.quarantine import Held
from data_access.records import REPLAY
from data_access.tables import Waiting
from ingest import meeting
from ingest.check import checked
from ingest.found import Fault, Row
from ingest.staging import Stage, Staged, Summary
from ingest.template.record import Record
from ingest.template.sheets import every_sheet

_UNKNOWN = "Nobody here is known by this key. Load the records that bring it, then replay this row."


@dataclass(frozen=True)
class Tried:
    """One row with all its faults on record, in their order; `line` is its line while it is tried."""

    faults: tuple[Held, ...]
    cells: Mapping[str, Any]

    @property
    def line(self) -> int:
        """A number that is the row's own."""
        return self.faults[0].id

    @property
    def record(self) -> type[Record] | None:
        """The sheet as which it can be read; None where only a new file helps, since its cells are not known."""
        record = every_sheet().get(self.faults[0].sheet)
        if record is None or not record.replayable or not self.cells:
            return None
        return record if self.cells.keys() <= record.model_fields.keys() else None


def tried(held: Iterable[Held], mended: Mapping[int, str]) -> Iterator[Tried]:
    """The waiting rows, each once; `mended` leads from a fault to what its field should say."""
    rows: dict[tuple[str, str, str, int], list[Held]] = defaultdict(list)
    for fault in held:
        if fault.state is Waiting.WAITING:
            rows[fault.sha256, fault.sheet, fault.file, fault.line].append(fault)
    for faults in rows.values():
        put_right = {fault.field: mended[fault.id] for fault in faults if fault.id in mended and fault.field}
        yield Tried(tuple(faults), {**faults[0].cells, **put_right})


def stage(folder: Path, rows: Iterable[Tried], known: Known) -> Staged:
    """The rows that can be read, staged; those that cannot are faults, at the line that is the row's own."""
    folder.mkdir()
    staged, summary = Stage(folder), Summary(format=REPLAY)
    for row in rows:
        summary.rows += 1
        record, faults = _checked(row, known)
        if record:
            summary.accepted[record.sheet] += 1
            staged.add(record, row.line, "")
            continue
        summary.faulty += 1
        summary.reasons[faults[0].kind] += 1
        for fault in faults:
            staged.fault(fault)
    staged.close(summary)
    return Staged(folder, summary)


def _checked(row: Tried, known: Known) -> tuple[Record | None, list[Fault]]:
    """The record, or its faults; an unknown key is one also in sheets where a load only counts it."""
    record, faults = checked(Row(every_sheet()[row.faults[0].sheet], row.cells, row.line))
    if record is None:
        return None, faults
    unknown = next(meeting.unknown(type(record), record.__dict__, known), None)
    if unknown is None:
        return record, []
    value = str(row.cells.get(unknown, ""))
    return None, [Fault(row.line, unknown, "unknown", _UNKNOWN, value, "", record.sheet, row.cells)]

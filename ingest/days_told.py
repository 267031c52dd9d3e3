"""The sheets of what was handed in: how many rows each has, the days that it tells of, and the modules.

A sheet of `_DAYS` speaks for its days alone, and one that names modules for those; any other is a whole snapshot of
what it holds.
"""

from collections.abc import Iterator
from datetime import date, datetime

import pyarrow as pa
import pyarrow.compute as pc

from data_access.engine.bounded import InFile
from data_access.loads.known import Known
from data_access.records import SheetRecord
from ingest.staging import Staged
from ingest.template.attendance import RegisterMark, ServiceUse, Swipe
from ingest.template.record import Record
from ingest.template.sheets import every_sheet
from ingest.template.timetable import TimetabledClass
from ingest.template.vle import VleDay, VleEvent
from policy.days import london_day, number

_DAYS: dict[type[Record], str] = {
    VleDay: "day",
    VleEvent: "at",
    TimetabledClass: "starts_at",
    RegisterMark: "starts_at",
    Swipe: "at",
    ServiceUse: "day",
}
"""The column that says on which day it was."""


def sheets(staged: Staged, known: Known) -> Iterator[SheetRecord]:
    """Each sheet that was met; one that should tell of days and tells of none that are known is left out."""
    for name, rows in staged.summary.accepted.items():
        record = every_sheet()[name]
        if record not in _DAYS:
            yield SheetRecord(name, rows, None, None)
            continue
        days, modules = _told(record, staged, known)
        if days:
            by_module = "module_id" in record.model_fields
            yield SheetRecord(name, rows, min(days), max(days), frozenset(modules) if by_module else None)


def _told(record: type[Record], staged: Staged, known: Known) -> tuple[set[int], set[str]]:
    """Days that a sheet tells of, its first and its last among them, where it has any; and the known modules."""
    days: set[int] = set()
    modules: set[str] = set()
    path = staged.path(record)
    for batch in InFile(path).to_reader() if path else ():
        days.update(_of_column(batch[_DAYS[record]]))
        if "module_id" in record.model_fields:
            modules.update(_of_modules(batch["module_id"], known))
        if record is RegisterMark:
            for module, begins in _of_classes(batch["event_id"], known):
                days.add(number(london_day(begins)))
                modules.add(module)
    return days, modules


def _of_column(column: pa.Array) -> Iterator[int]:
    for found in pc.min_max(column).as_py().values():
        if isinstance(found, datetime):
            yield number(london_day(found))
        elif isinstance(found, date):
            yield number(found)


def _of_modules(column: pa.Array, known: Known) -> Iterator[str]:
    for key in pc.unique(column).to_pylist():
        code = known.module_aliases.get(key, key)
        if code in known.modules:
            yield code


def _of_classes(column: pa.Array, known: Known) -> Iterator[tuple[str, datetime]]:
    """A register that names the class leaves its module and its day to the timetable."""
    for key in pc.unique(column).to_pylist():
        if key in known.events:
            yield known.events[key]

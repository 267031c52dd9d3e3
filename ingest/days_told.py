"""The sheets of what was handed in: how many rows each has, and the days that it tells of.

A sheet of `_DAYS` speaks for its days alone; any other is a whole snapshot of what it holds.
"""

from collections.abc import Iterator, Mapping
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
        found = set(_ends(record, staged, known))
        if found:
            yield SheetRecord(name, rows, min(found), max(found))


def _ends(record: type[Record], staged: Staged, known: Known) -> Iterator[int]:
    """Days that a sheet tells of, its first and its last among them, where it has any."""
    begins = {key: at for (_, at), key in known.classes.items()} if record is RegisterMark else {}
    path = staged.path(record)
    for batch in InFile(path).to_reader() if path else ():
        yield from _of_column(batch[_DAYS[record]])
        if begins:
            yield from _of_classes(batch["event_id"], begins)


def _of_column(column: pa.Array) -> Iterator[int]:
    for found in pc.min_max(column).as_py().values():
        if isinstance(found, datetime):
            yield number(london_day(found))
        elif isinstance(found, date):
            yield number(found)


def _of_classes(column: pa.Array, begins: Mapping[str, datetime]) -> Iterator[int]:
    """A register that names the class leaves its day to the timetable."""
    for key in pc.unique(column).to_pylist():
        if key in begins:
            yield number(london_day(begins[key]))

"""A load meets the rows that are held in quarantine: some have come in now, some are refused again as they were.

A row is known again by its sheet and the fields of its key; one whose key cannot be read, by all its cells.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import islice
from typing import Annotated, Any

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import TypeAdapter, ValidationError

from data_access.engine.bounded import InFile
from data_access.loads.known import Known
from data_access.quarantine import Held
from data_access.tables import Waiting
from ingest.admission import Admission
from ingest.check import checked
from ingest.found import Fault, Row
from ingest.staging import schema_of
from ingest.template.attendance import Swipe
from ingest.template.record import Record
from ingest.template.sheets import every_sheet
from ingest.template.vle import VleDay, VleEvent

Identity = tuple[object, ...]

_TOGETHER = 20_000  # rows on record that are held at a time

_IN_COLUMNS: dict[type[Record], tuple[str, ...]] = {
    VleDay: ("student_id", "module_id", "day"),
    VleEvent: ("student_id", "module_id", "at"),
    Swipe: ("student_id", "at"),
}
"""The keys of sheets that are never taken apart row by row."""


@dataclass
class Meeting:
    """The load whose rows were admitted, with all its faults, and the rows of its file that were mended here.

    `settled` are the waiting rows whose key has come in with it, `replaced` those that are refused again for the
    same reason: of what it has met so far.
    """

    admission: Admission
    known: Known
    faults: Sequence[Fault]
    mended: Sequence[Held]
    settled: list[int] = field(default_factory=list)
    replaced: list[int] = field(default_factory=list)
    _aside: set[Identity] = field(default_factory=set)

    def meet(self, held: Iterable[Held]) -> None:
        """Take in what waits of the system or was set aside; of however many rows some are held at a time."""
        rows = iter(held)
        while some := list(islice(rows, _TOGETHER)):
            waiting = [row for row in some if row.state is Waiting.WAITING and row.sheet]
            aside = {self._fault(row.sheet, row) for row in some if row.state is Waiting.SET_ASIDE}
            self.settled += self._settled(waiting)
            self.replaced += [row.id for row in waiting if self._fault(row.sheet, row) in self._again]
            self._aside |= aside & self._again

    def decided(self, fault: Fault) -> bool:
        """Whether a person set the very same aside, or mended this row of this file."""
        if self._aside and self._fault(fault.sheet, fault) in self._aside:
            return True
        return (fault.file, fault.line, fault.sheet, fault.field) in self._mended

    def _settled(self, waiting: Iterable[Held]) -> Iterator[int]:
        wanted: dict[type[Record], dict[Identity, list[int]]] = defaultdict(lambda: defaultdict(list))
        for row in waiting:
            record = every_sheet()[row.sheet]
            key = self._key(record, row.cells)
            if key:
                wanted[record][key].append(row.id)
        for record, keys in wanted.items():
            for key in set(self._came_in(record, keys)):
                yield from keys[key]

    @cached_property
    def _again(self) -> set[Identity]:
        return {self._fault(fault.sheet, fault) for fault in self.faults}

    @cached_property
    def _mended(self) -> set[Identity]:
        return {(row.file, row.line, row.sheet, row.field) for row in self.mended}

    def _fault(self, sheet: str, fault: Fault | Held) -> Identity:
        record = every_sheet().get(sheet)
        key = self._key(record, fault.cells) if record else ()
        cells = tuple(sorted((name, str(cell)) for name, cell in fault.cells.items()))
        place = (fault.file, fault.line) if not cells else ()
        return sheet, key or cells, place, fault.field, fault.kind, fault.value

    def _key(self, record: type[Record], cells: Mapping[str, Any]) -> Identity:
        """The key as the template reads it; empty where it cannot be read."""
        try:
            key = tuple(
                _reader(record, name).validate_python(cells.get(name)) for name in self._fields(record)
            )
        except ValidationError:
            return ()
        return () if None in key else key

    def _fields(self, record: type[Record]) -> tuple[str, ...]:
        return _IN_COLUMNS.get(record) or self.admission.keys.get(record, ())

    def _came_in(self, record: type[Record], keys: Mapping[Identity, object]) -> Iterator[Identity]:
        names = self._fields(record)
        refused = {(f.file, f.line) for f in self.admission.faults if f.sheet == record.sheet}
        for row in self._near(record, names[0], {key[0] for key in keys}):
            key = tuple(row[name] for name in names)
            if key not in keys or (row["_file"], row["_line"]) in refused:
                continue
            if not any(unknown(record, row, self.known)):
                yield key

    def _near(self, record: type[Record], column: str, values: set[object]) -> Iterator[dict[str, Any]]:
        """The staged rows that have one of the values in the column."""
        path = self.admission.staged.path(record)
        for batch in InFile(path).to_reader() if path else ():
            wanted = pa.array(values, batch.schema.field(column).type)
            yield from batch.filter(pc.is_in(batch[column], value_set=wanted)).to_pylist()


def unknown(record: type[Record], row: Mapping[str, Any], known: Known) -> Iterator[str]:
    """The columns of a row whose key nobody knows, in the sheets where a load only counts such rows."""
    if record in _IN_COLUMNS:
        if known.aliases.get(row["student_id"], row["student_id"]) not in known.people:
            yield "student_id"
        module = row.get("module_id")
        if module and known.module_aliases.get(module, module) not in known.modules:
            yield "module_id"


def mended_events(mended: Iterable[Held]) -> pa.Table | None:
    """The events of a file that were mended here; without them its days would count fewer now."""
    found = {
        (row.file, row.line): checked(Row(VleEvent, row.cells, row.line))[0]
        for row in mended
        if row.sheet == VleEvent.sheet
    }
    rows = [record.model_dump() for record in found.values() if record]
    return pa.Table.from_pylist(rows, schema=schema_of(VleEvent)) if rows else None


@cache
def _reader(record: type[Record], name: str) -> TypeAdapter[Any]:
    """What reads one field of a sheet."""
    found = record.model_fields[name]
    return TypeAdapter(Annotated[(found.annotation, *found.metadata)])  # type: ignore[arg-type]

"""What a load makes stale: the modules to be rated again, and from which day; what it corrected or brought late."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from sqlalchemy.orm import Session

from data_access.loads import touches
from data_access.loads.bulk import Bulk
from data_access.loads.changes import Change, Values
from data_access.loads.touches import Places, Touch
from data_access.records import Batch
from policy.days import number
from privacy.labels import Source

_DAYS = {
    "timetable_event": "day",
    "assessment": "due_day",
    "submission": "handed_in_day",
    "service_use": "day",
    "sitting": "day",
    "milestone": "met_day",
    "supervision": "held_day",
    "award": "awarded_day",
}
"""The column with the day that a row tells of."""


@dataclass(frozen=True)
class Touched:
    """`modules` leads from each module that has to be rated again to the earliest day that changed.

    `corrected` rows changed, or were taken back; `late` ones are new and of days reached before.
    """

    modules: dict[int, int]
    corrected: int
    late: int


def of(session: Session, changes: Sequence[Change | Bulk], batch: Batch, before: date | None) -> Touched:
    """What the changes touch. `before` is the day that the system's loads had reached; None, and nothing is late."""
    rows = [change for change in changes if isinstance(change, Change) and change.size]
    many = [change for change in changes if isinstance(change, Bulk)]
    places = touches.places(session, rows, many)
    found = (touch for change in rows for touch in touches.of_rows(session, change, places))
    counted = (touch for change in many for touch, _ in touches.of_many(change, places))
    due: list[Touch] = []
    if batch.system is Source.STUDENT_RECORDS and before and batch.data_up_to:
        due = touches.came_due(session, number(before), number(batch.data_up_to))
    return Touched(
        modules=_earliest(chain(found, counted, due)),
        corrected=sum(map(_corrected, rows)) + sum(change.corrected for change in many),
        late=0 if before is None else _late(rows, many, places, _reached(batch.system, before)),
    )


def _earliest(touched: Iterable[Touch]) -> dict[int, int]:
    found: dict[int, int] = {}
    for module, day in touched:
        found[module] = min(day, found.get(module, day))
    return found


def _corrected(change: Change) -> int:
    """Contact details that go with the end of an enrolment are no correction."""
    gone = 0 if change.table.name == "contact_detail" else len(change.delete)
    return len(change.update) + gone


def _reached(system: Source, before: date) -> int:
    """The last day that was over. Student records are taken as they stand, before their day has ended."""
    return number(before) - (system is Source.STUDENT_RECORDS)


def _late(rows: Sequence[Change], many: Sequence[Bulk], places: Places, reached: int) -> int:
    days: Iterator[int | None] = (_day(change.table.name, row) for change in rows for row in change.insert)
    counted = (told for change in many for told in touches.of_many(change, places))
    late = sum(fresh for (_, day), fresh in counted if day <= reached)
    return late + sum(day is not None and day <= reached for day in days)


def _day(table: str, row: Values) -> int | None:
    day: int | None = row[_DAYS[table]] if table in _DAYS else None
    return day

"""What a load makes stale: the modules to be rated again, and from which day; what it corrected or brought late."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from data_access.loads import touches, vle_days
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
"""The column with the day that a row tells of; a register's is the day of its class."""


@dataclass(frozen=True)
class Touched:
    """`modules` leads from each module that has to be rated again to the earliest day that changed.

    `corrected` rows changed, or were taken back; `late` ones are new and of days reached before.
    """

    modules: dict[int, int]
    corrected: int
    late: int


def of(
    session: Session, changes: Sequence[Change | vle_days.Change], batch: Batch, before: date | None
) -> Touched:
    """What the changes touch. `before` is the day that the system's loads had reached; None, and nothing is late."""
    rows = [change for change in changes if isinstance(change, Change) and change.size]
    online = [change for change in changes if isinstance(change, vle_days.Change)]
    places = touches.places(session, rows)
    found = [touch for change in rows for touch in touches.of_rows(session, change, places)]
    found += [touch for change in online for touch in touches.of_days(change)]
    return Touched(
        modules=_earliest(found),
        corrected=sum(map(_corrected, rows)) + sum(change.update.num_rows for change in online),
        late=0 if before is None else _late(rows, online, places, _reached(batch.system, before)),
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


def _late(rows: Sequence[Change], online: Sequence[vle_days.Change], places: Places, reached: int) -> int:
    days: Iterator[int | None] = (
        _day(change.table.name, row, places) for change in rows for row in change.insert
    )
    views = (day for change in online for day in change.insert["day"].to_pylist())
    return sum(day is not None and day <= reached for several in (days, views) for day in several)


def _day(table: str, row: Values, places: Places) -> int | None:
    if table == "attendance":
        place = places.classes.get(row["event"])
        return place[1] if place else None
    day: int | None = row[_DAYS[table]] if table in _DAYS else None
    return day

"""Where the rows that a load changes belong: to which module, and from which day on they change what is rated.

Ratings are derived from classes, registers, VLE days, work, registrations and gaps; no other row touches one.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from data_access.loads.bulk import Bulk
from data_access.loads.changes import Change, Values, look_up
from data_access.tables import Assessment, Module, Registration, Submission, TimetableEvent
from policy.days import number

Touch = tuple[int, int]
"""A module and a day from which on it changes."""


@dataclass(frozen=True)
class Places:
    """Where rows belong: a class to its module and day, work to its module and due day, a module to its span."""

    classes: dict[int, tuple[int, int]]
    work: dict[int, tuple[int, int | None]]
    spans: dict[int, tuple[int, int]]


def places(session: Session, rows: Sequence[Change], many: Sequence[Bulk]) -> Places:
    """Where the rows of these changes belong: as the changes will have it, else as it is stored."""
    by_table = {name: _rows(rows, name) for name in ("timetable_event", "assessment", "module")}
    classes = {row["id"]: (row["module"], row["day"]) for row in by_table["timetable_event"]}
    work = {row["id"]: (row["module"], row["due_day"]) for row in by_table["assessment"]}
    spans = {row["id"]: (number(row["starts"]), number(row["ends"])) for row in by_table["module"]}
    e, a = TimetableEvent, Assessment
    attended = {event for change in many if change.by == ("event",) for (event, *_), _, _ in change.told}
    events = attended - classes.keys()
    handed_in = _spoken_of(rows, "submission", "assessment") - work.keys()
    found = look_up(session, select(e.id, e.module, e.day), e.id, events)
    classes |= {row.id: (row.module, row.day) for row in found}
    found = look_up(session, select(a.id, a.module, a.due_day), a.id, handed_in)
    work |= {row.id: (row.module, row.due_day) for row in found}
    modules = session.execute(select(Module.id, Module.starts, Module.ends))
    stored = {row.id: (number(row.starts), number(row.ends)) for row in modules}
    return Places(classes, work, stored | spans)


def _rows(rows: Sequence[Change], table: str) -> list[Values]:
    """What is inserted into a table and what is written over in it."""
    return [row for change in rows if change.table.name == table for row in (*change.insert, *change.update)]


def _spoken_of(rows: Sequence[Change], table: str, column: str) -> set[Any]:
    changed = [change for change in rows if change.table.name == table]
    several = [part for change in changed for part in (change.insert, change.update, change.delete)]
    return {row[column] for part in several for row in part}


def of_rows(session: Session, change: Change, places: Places) -> Iterator[Touch]:
    """What the rows of one table touch, as they are and as they were."""
    if change.table.name == "enrolment":
        yield from _modes(session, change, places)
    touch = _BY_TABLE.get(change.table.name)
    if touch:
        for several in (change.insert, change.update, change.delete, change.was):
            for row in several:
                yield from touch(row, places)


def _of_class(row: Values, places: Places) -> Iterator[Touch]:
    yield row["module"], row["day"]


def _of_work(row: Values, places: Places) -> Iterator[Touch]:
    yield row["module"], _first((row["due_day"],), row["module"], places)


def _of_submission(row: Values, places: Places) -> Iterator[Touch]:
    if row["assessment"] in places.work:
        module, due = places.work[row["assessment"]]
        days = (due, row.get("handed_in_day"), row.get("extension_day"))
        yield module, _first(days, module, places)


def _of_registration(row: Values, places: Places) -> Iterator[Touch]:
    yield row["module"], _first((), row["module"], places)


def _of_module(row: Values, places: Places) -> Iterator[Touch]:
    yield row["id"], number(row["starts"])


def _of_gap(row: Values, places: Places) -> Iterator[Touch]:
    first, last = number(row["first"]), number(row["last"])
    for module, (starts, ends) in places.spans.items():
        if row["module"] == module or (row["module"] is None and first <= ends and starts <= last):
            yield module, first


_BY_TABLE: dict[str, Callable[[Values, Places], Iterator[Touch]]] = {
    "timetable_event": _of_class,
    "assessment": _of_work,
    "submission": _of_submission,
    "registration": _of_registration,
    "module": _of_module,
    "feed_gap": _of_gap,
}


def _first(days: Iterable[int | None], module: int, places: Places) -> int:
    """The earliest of the days; where there is none, the module's first. A module not known yet begins at 0."""
    known = [day for day in days if day is not None]
    return min(known) if known else places.spans.get(module, (0, 0))[0]


def _modes(session: Session, change: Change, places: Places) -> Iterator[Touch]:
    """The mode of study sets the window: with another, every module of the enrolment is rated anew."""
    modes = {row["id"]: row["mode"] for row in change.was}
    other = {row["id"] for row in change.update if row["mode"] is not modes[row["id"]]}
    question = select(Registration.module)
    for module in {row.module for row in look_up(session, question, Registration.enrolment, other)}:
        yield module, _first((), module, places)


def of_many(change: Bulk, places: Places) -> Iterator[tuple[Touch, int]]:
    """What registers and days of VLE activity touch, and how many fresh rows are of that module and day.

    The class of a batch that is stored together with this one touches its module itself.
    """
    for where, fresh, _ in change.told:
        touch = places.classes.get(where[0]) if change.by == ("event",) else (where[0], where[1])
        if touch:
            yield touch, fresh


def came_due(session: Session, since: int, until: int) -> list[Touch]:
    """The work whose day is over now that student records reach to `until`, where they reached to `since`."""
    a, s = Assessment, Submission
    asked = select(a.module, a.due_day).where(a.due_day >= since, a.due_day < until)
    moved = (
        select(a.module, s.extension_day)
        .join(s, s.assessment == a.id)
        .where(s.extension_day >= since, s.extension_day < until)
    )
    return [(row.module, row.due_day) for row in session.execute(union(asked, moved))]

"""The VLE: on which days each student opened a module's pages, and how often."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from random import Random

import pyarrow as pa

from data_access.records import AssessmentRecord
from ingest.demo.modules import Module
from ingest.demo.registrations import Taken
from ingest.demo.year import Year
from policy.calendar import Week
from policy.days import number

_RHYTHM = (1.0, 1.05, 0.95, 1.0, 0.8, 0.4, 0.6)  # Monday to Sunday
_PACE = {Week.TEACHING: 1.0, Week.READING: 0.7, Week.VACATION: 0.25}
_BEFORE_A_DEADLINE, _RUSH = 4, 1.5
_VIEWS = 12  # more than the first, on average


def days(
    year: Year, taken: Iterable[Taken], assessments: Iterable[AssessmentRecord], rng: Random
) -> pa.Table:
    """Columns student, module, day, views: one row for each day on which somebody was there."""
    due = defaultdict[str, set[int]](set)
    for asked in assessments:
        due[asked.module].add(asked.due_day or 0)
    paces: dict[str, dict[int, float]] = {}
    rows: list[tuple[str, str, int, int]] = []
    for one in taken:
        code = one.module.code
        if code not in paces:
            paces[code] = _paces(year, one.module, due[code])
        rows += [(one.student.key, code, *there) for there in _days(year, one, paces[code], rng)]
    return pa.table(list(zip(*rows, strict=True)), names=["student", "module", "day", "views"])


def _days(year: Year, one: Taken, paces: dict[int, float], rng: Random) -> Iterator[tuple[int, int]]:
    """The days on which one student was there, and how many pages were opened."""
    habits, since = one.student.habits, year.taught_since
    taste = rng.uniform(0.85, 1.15)
    first, last = number(one.first), number(one.last)
    for day, pace in paces.items():
        if (
            first <= day <= last
            and rng.random() < habits.online * taste * pace * habits.phase(since[day]).online
        ):
            yield day, 1 + round(rng.expovariate(1 / _VIEWS))


def _paces(year: Year, module: Module, due: set[int]) -> dict[int, float]:
    """How lively each day of the module so far is, by its number."""
    first, last = module.record.starts, min(module.record.ends, year.yesterday)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return {number(day): _pace(year, day, due) for day in days}


def _pace(year: Year, day: date, due: set[int]) -> float:
    """From the day of the week, the time of year, and the deadlines of the next days."""
    coming = due & set(range(number(day), number(day) + _BEFORE_A_DEADLINE))
    return _RHYTHM[day.weekday()] * _PACE[year.calendar.kind(day)] * (_RUSH if coming else 1)

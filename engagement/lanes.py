"""The weeks of a timeline: each fact in its week, and what can be said of each system in that week."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from engagement.facts import Facts, Presence, Reach, Work
from policy.calendar import Calendar
from policy.calendar import Week as Kind
from policy.days import monday
from privacy.labels import Source

LANES = (Source.VLE, Source.ATTENDANCE, Source.STUDENT_RECORDS)
"""The systems a lane is drawn from: use of the VLE, attendance, and work handed in."""

_Weeks = Mapping[date, Sequence[Any]]


class Known(StrEnum):
    """What we can say of one system in one week. Only under `DATA` and `IN_PART` does nought mean nought."""

    DATA = "data"
    IN_PART = "part of the week without data"
    GAP = "no data"
    NOT_YET = "not loaded yet"
    NO_FEED = "no feed"
    AHEAD = "still to come"
    NOT_THERE = "not on a module"


@dataclass(frozen=True)
class Week:
    """One week. The counts mean something where `known` says so; `loaded` is the latest load behind them.

    `term` is None in a vacation.
    """

    monday: date
    kind: Kind
    term: str | None
    known: Mapping[Source, Known]
    loaded: Mapping[Source, date]
    active_days: int
    views: int
    classes: Mapping[Presence, int]
    work: tuple[Work, ...]

    @property
    def sunday(self) -> date:
        """The last day of the week."""
        return self.monday + timedelta(days=6)


def weeks(facts: Facts, calendar: Calendar, today: date) -> tuple[Week, ...]:
    """Every week of the academic year, oldest first; those ahead hold nothing but the work that is due.

    As in the measure, what the VLE or a register says of a day inside a gap does not count.
    """
    rows = {
        Source.VLE: _by_week([o for o in facts.online if facts.told(Source.VLE, o.on, o.module)]),
        Source.ATTENDANCE: _by_week([facts.trusted(line) for line in facts.registers]),
        Source.STUDENT_RECORDS: _by_week(facts.work),
    }
    return tuple(_week(week, rows, facts, calendar, today) for week in calendar.weeks())


def _week(first: date, rows: Mapping[Source, _Weeks], facts: Facts, calendar: Calendar, today: date) -> Week:
    here = {system: found.get(first, ()) for system, found in rows.items()}
    online = here[Source.VLE]
    return Week(
        monday=first,
        kind=calendar.kind(first),
        term=_term(first, calendar),
        known={system: known(system, first, facts, today) for system in LANES},
        loaded={s: day for s in LANES if (day := _loaded(here[s], facts.reach.get(s)))},
        active_days=len({o.on for o in online}),
        views=sum(o.views for o in online),
        classes=Counter(line.presence for line in here[Source.ATTENDANCE]),
        work=tuple(here[Source.STUDENT_RECORDS]),
    )


def known(system: Source, week: date, facts: Facts, today: date) -> Known:
    """What can be said of a system in the week of that Monday."""
    reach = facts.reach.get(system)
    if week > today:
        return Known.AHEAD
    if reach is None:
        return Known.NO_FEED
    if week > reach.up_to:
        return Known.NOT_YET
    last = min(week + timedelta(days=6), today, reach.up_to)
    there = [m for m in facts.modules if m.first <= last and m.last >= week]
    if not there:
        return Known.NOT_THERE
    gaps = [g for g in facts.gaps if g.system is system and g.first <= last and g.last >= week]
    if not gaps:
        return Known.DATA
    days = [week + timedelta(days=n) for n in range((last - week).days + 1)]
    told = {facts.told(system, day, m.code) for m in there for day in days if m.on(day)}
    return {frozenset({True}): Known.DATA, frozenset({False}): Known.GAP}.get(frozenset(told), Known.IN_PART)


def _term(week: date, calendar: Calendar) -> str | None:
    middle = week + timedelta(days=2)
    return next((term.name for term in calendar.term if term.holds(middle)), None)


def _by_week(rows: Sequence[Any]) -> _Weeks:
    found: dict[date, list[Any]] = {}
    for row in rows:
        found.setdefault(monday(row.on), []).append(row)
    return found


def _loaded(rows: Sequence[Any], reach: Reach | None) -> date | None:
    """The day of the latest load behind the rows of a week; without rows, of the system's latest load."""
    return max((row.loaded for row in rows), default=reach.loaded if reach else None)

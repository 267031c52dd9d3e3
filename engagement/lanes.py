"""The weeks or days of a timeline: each fact in its place, and what can be said of each system there."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from engagement.facts import Away, Facts, Presence, Reach, Work
from engagement.view import By
from policy.calendar import Calendar
from policy.calendar import Week as Kind
from policy.days import monday
from privacy.labels import Source

LANES = (Source.VLE, Source.ATTENDANCE, Source.STUDENT_RECORDS)
"""The systems a lane is drawn from: use of the VLE, attendance, and work handed in."""

_Rows = Mapping[date, Sequence[Any]]


class Known(StrEnum):
    """What we can say of one system in one week or day. Only under `DATA` and `IN_PART` does nought mean nought."""

    DATA = "data"
    IN_PART = "part of the week without data"
    GAP = "no data"
    NOT_YET = "not loaded yet"
    NO_FEED = "no feed"
    AHEAD = "still to come"
    NOT_THERE = "not on a module"


COUNTED = (Known.DATA, Known.IN_PART)
"""Where counts mean something."""


@dataclass(frozen=True)
class Stretch:
    """One week, or one day. The counts mean something where `known` says so; `loaded` is the latest load behind them.

    `term` is None in a vacation. `closed` names bank holidays and closures, `away` why nothing was expected.
    """

    first: date
    last: date
    kind: Kind
    term: str | None
    closed: tuple[str, ...]
    away: tuple[str, ...]
    known: Mapping[Source, Known]
    loaded: Mapping[Source, date]
    active_days: int
    views: int
    classes: Mapping[Presence, int]
    work: tuple[Work, ...]

    @property
    def days(self) -> int:
        """Seven, or one."""
        return (self.last - self.first).days + 1


def stretches(
    facts: Facts, gone: Sequence[Away], calendar: Calendar, span: tuple[date, date], by: By, today: date
) -> tuple[Stretch, ...]:
    """Every week, or day, of these whole weeks, oldest first; those ahead hold nothing but the work that is due.

    `gone` are the days away. As in the measure, what the VLE or a register says of a day inside a gap does not
    count, nor what its student disputes.
    """
    rows = {
        Source.VLE: _placed(facts.counted_online, by),
        Source.ATTENDANCE: _placed([facts.trusted(line) for line in facts.registers], by),
        Source.STUDENT_RECORDS: _placed(facts.work, by),
    }
    length = 7 if by is By.WEEKS else 1
    count = ((span[1] - span[0]).days + 1) // length
    days = [span[0] + n * timedelta(days=length) for n in range(count)]
    return tuple(_stretch(day, length, rows, gone, facts, calendar, today) for day in days)


def _stretch(
    first: date,
    length: int,
    rows: Mapping[Source, _Rows],
    gone: Sequence[Away],
    facts: Facts,
    calendar: Calendar,
    today: date,
) -> Stretch:
    here = {system: found.get(first, ()) for system, found in rows.items()}
    online, last = here[Source.VLE], first + timedelta(days=length - 1)
    return Stretch(
        first=first,
        last=last,
        kind=_kind(first, length, calendar),
        term=_term(first, length, calendar),
        closed=_closed(first, length, calendar),
        away=tuple(dict.fromkeys(one.why for one in gone if one.first <= last and one.last >= first)),
        known={system: known(system, first, last, facts, today) for system in LANES},
        loaded={s: day for s in LANES if (day := _loaded(here[s], facts.reach.get(s)))},
        active_days=len({o.on for o in online}),
        views=sum(o.views for o in online),
        classes=Counter(line.presence for line in here[Source.ATTENDANCE]),
        work=tuple(here[Source.STUDENT_RECORDS]),
    )


def known(system: Source, first: date, last: date, facts: Facts, today: date) -> Known:
    """What can be said of a system from one day to another."""
    reach = facts.reach.get(system)
    if first > today:
        return Known.AHEAD
    if reach is None:
        return Known.NO_FEED
    if first > reach.up_to:
        return Known.NOT_YET
    last = min(last, today, reach.up_to)
    there = [m for m in facts.modules if m.first <= last and m.last >= first]
    if not there:
        return Known.NOT_THERE
    gaps = [g for g in facts.gaps if g.system is system and g.first <= last and g.last >= first]
    if not gaps:
        return Known.DATA
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    told = {facts.told(system, day, m.code) for m in there for day in days if m.on(day)}
    return {frozenset({True}): Known.DATA, frozenset({False}): Known.GAP}.get(frozenset(told), Known.IN_PART)


def _kind(first: date, length: int, calendar: Calendar) -> Kind:
    """A closed day belongs to the kind of week that it lies in."""
    if length > 1 or calendar.closed(first):
        return calendar.kind(monday(first))
    if calendar.taught(first):
        return Kind.TEACHING
    return Kind.READING if any(span.holds(first) for span in calendar.reading_week) else Kind.VACATION


def _closed(first: date, length: int, calendar: Calendar) -> tuple[str, ...]:
    names = (calendar.closed(first + timedelta(days=n)) for n in range(length))
    return tuple(dict.fromkeys(name for name in names if name))


def _term(first: date, length: int, calendar: Calendar) -> str | None:
    middle = first + timedelta(days=2 if length > 1 else 0)
    return next((term.name for term in calendar.term if term.holds(middle)), None)


def _placed(rows: Sequence[Any], by: By) -> _Rows:
    found: dict[date, list[Any]] = {}
    for row in rows:
        found.setdefault(monday(row.on) if by is By.WEEKS else row.on, []).append(row)
    return found


def _loaded(rows: Sequence[Any], reach: Reach | None) -> date | None:
    """The day of the latest load behind these rows; without rows, of the system's latest load."""
    return max((row.loaded for row in rows), default=reach.loaded if reach else None)

"""A run of taught days of one student's year, counted as the measure counts, to be held against another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from engagement.facts import USUAL, Facts, Presence, WorkState
from engagement.measure import half_up
from privacy.labels import Source

_WENT = (Presence.ATTENDED, Presence.LATE)


@dataclass(frozen=True)
class Period:
    """What happened on some taught days, `told` of which the VLE told of; where that is none, `days_online` is None.

    Classes: `attended` of `held`, those that took place, were recorded and had to be attended. Work due
    between the first and the last day, `missing` of it not handed in. `disputed` classes are in none of these.
    """

    first: date
    last: date
    taught_days: int
    length: int
    attended: int
    held: int
    authorised: int
    unrecorded: int
    days_online: int | None
    due: int
    missing: int
    disputed: int = 0
    told: int = 0

    @property
    def short(self) -> bool:
        """Whether the year has not had enough taught days yet for a whole window."""
        return self.taught_days < self.length

    @property
    def in_part(self) -> bool:
        """Whether the VLE told of these days, and left out more than a weekend of them."""
        return 0 < self.told < self.taught_days - USUAL

    @property
    def percent(self) -> int | None:
        """Classes attended per hundred, halves up; None where none was held."""
        return half_up(100 * self.attended, self.held) if self.held else None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to say: no class, no VLE, nothing due."""
        return not (self.held or self.due) and self.days_online is None


def period(
    facts: Facts, days: Sequence[date], length: int, excused: Literal["excluded", "met"]
) -> Period | None:
    """The counts of these taught days, oldest first, of a window of `length`; None for no days.

    What the student disputes is not counted.
    """
    if not days:
        return None
    inside, first, last = frozenset(days), days[0], days[-1]
    classes = [facts.trusted(line).presence for line in facts.registers if line.on in inside]
    authorised = classes.count(Presence.AUTHORISED)
    attended = sum(presence in _WENT for presence in classes)
    work = [
        w for w in facts.work if first <= w.on <= last and w.state is not WorkState.OPEN and not w.disputed
    ]
    told = _told(facts, inside)
    return Period(
        first=first,
        last=last,
        taught_days=len(days),
        length=length,
        attended=attended + (authorised if excused == "met" else 0),
        held=attended + classes.count(Presence.ABSENT) + (authorised if excused == "met" else 0),
        authorised=authorised,
        unrecorded=classes.count(Presence.NOT_RECORDED),
        days_online=len({o.on for o in facts.counted_online if o.on in inside}) if told else None,
        due=len(work),
        missing=sum(w.state is WorkState.MISSING for w in work),
        disputed=classes.count(Presence.DISPUTED),
        told=told,
    )


def _told(facts: Facts, days: frozenset[date]) -> int:
    """Of how many of the days the VLE told of any of the modules."""
    reach = facts.reach.get(Source.VLE)
    return sum(
        day <= reach.up_to and any(m.on(day) and facts.told(Source.VLE, day, m.code) for m in facts.modules)
        for day in days
        if reach
    )

"""The feeds of the four systems: their loads, whether they come on time, and the days of which they tell nothing."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from engagement.facts import USUAL
from policy.days import london_day
from privacy.labels import Source

FEEDS = (Source.VLE, Source.ATTENDANCE)
"""The systems that tell of days, by which the measure counts: what the others hold is loaded whole."""


class Punctual(StrEnum):
    """Whether a system was loaded within the time that policy allows."""

    ON_TIME = "on time"
    LATE = "late"
    NEVER = "never loaded"


class Heard(StrEnum):
    """What was heard of a system on a day on which it should have told something, of anybody at all.

    Both silences count for nobody and against nobody; a silence of more than a weekend is a gap, beside which
    nothing is held against what was before. The shorter one is a pause.
    """

    TOLD = "told"
    PAUSE = "pause"
    SILENT = "silent"


@dataclass(frozen=True)
class Load:
    """One load: `rows` = accepted + quarantined + held back + repeated. `by` is a username, or a job.

    `unchanged` when all of it was here already; `mended` when it was not a file but rows out of quarantine.
    """

    run: int
    system: Source
    at: datetime
    file: str
    format: str
    by: str
    rows: int
    accepted: int
    quarantined: int
    held_back: int
    repeated: int
    corrected: int
    late: int
    unchanged: bool
    mended: bool


@dataclass(frozen=True)
class Feed:
    """One system: its last load, how far its data reach, the faults that wait, and the time allowed to the next."""

    system: Source
    last: Load | None
    up_to: date | None
    waiting: int
    allowed: timedelta

    @property
    def due(self) -> datetime | None:
        """When the next load is due; None where there has been none."""
        return self.last.at + self.allowed if self.last else None

    def punctual(self, at: datetime) -> Punctual:
        """How it stands at that instant."""
        if self.due is None:
            return Punctual.NEVER
        return Punctual.ON_TIME if at <= self.due else Punctual.LATE


@dataclass(frozen=True)
class Silence:
    """Days of which a system told nothing, of one module or of all. Without a reason nobody has said why.

    One that a person recorded has an `id`, and says `by` whom; `filled` are the days of it that have data after all.
    """

    system: Source
    module: str | None
    first: date
    last: date
    reason: str
    id: int | None = None
    by: str = ""
    filled: int = 0


@dataclass(frozen=True)
class Unmatched:
    """A key that belongs to nobody here: in how many rows of a load it stood at most, and since when."""

    system: Source
    noun: str
    key: str
    rows: int
    first_seen: datetime


def silences(system: Source, expected: Sequence[date], told: Collection[date]) -> Iterator[Silence]:
    """The runs of expected days, in order, that were not told; days on which nothing is expected join them."""
    run: list[date] = []
    for day in [*expected, None]:
        if day is not None and day not in told:
            run.append(day)
        elif run:
            yield Silence(system, None, run[0], run[-1], "")
            run = []


def heard(system: Source, expected: Sequence[date], told: Collection[date]) -> Mapping[date, Heard]:
    """Of each expected day, in order, what was heard."""
    found = dict.fromkeys(expected, Heard.TOLD)
    for silence in silences(system, expected, told):
        days = [day for day in expected if silence.first <= day <= silence.last]
        found |= dict.fromkeys(days, Heard.SILENT if len(days) > USUAL else Heard.PAUSE)
    return found


def spans(days: Iterable[date]) -> list[tuple[date, date]]:
    """The days as runs in the calendar, each by its first and its last."""
    found: list[tuple[date, date]] = []
    for day in sorted(days):
        if found and day - found[-1][1] == timedelta(days=1):
            found[-1] = found[-1][0], day
        else:
            found.append((day, day))
    return found


def covered(loads: Sequence[datetime], allowed: timedelta, days: Sequence[date]) -> set[date]:
    """Those of the days that lie between a load and the day on which the next was due."""
    return {day for day in days if any(_fresh(load, day, allowed) for load in loads)}


def _fresh(load: datetime, day: date, allowed: timedelta) -> bool:
    return london_day(load) <= day <= london_day(load + allowed)

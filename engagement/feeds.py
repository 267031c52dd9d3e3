"""The feeds of the four systems: their loads, whether they come on time, and the days of which they tell nothing."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from policy.days import london_day
from privacy.labels import Source


class Punctual(StrEnum):
    """Whether a system was loaded within the time that policy allows."""

    ON_TIME = "on time"
    LATE = "late"
    NEVER = "never loaded"


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
    """Days of which a system told nothing, of one module or of all. Without a reason nobody has said why."""

    system: Source
    module: str | None
    first: date
    last: date
    reason: str


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


def covered(loads: Sequence[datetime], allowed: timedelta, days: Sequence[date]) -> set[date]:
    """Those of the days that lie between a load and the day on which the next was due."""
    return {day for day in days if any(_fresh(load, day, allowed) for load in loads)}


def _fresh(load: datetime, day: date, allowed: timedelta) -> bool:
    return london_day(load) <= day <= london_day(load + allowed)

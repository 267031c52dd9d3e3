"""A request as pages show it: what was asked, each step, what was searched, the letters, and what is left unused."""

from dataclasses import dataclass
from datetime import date, datetime

from policy.days import london_day
from privacy.case_clock import Days, Move, waiting_since
from privacy.labels import Source
from privacy.purposes import Purpose
from privacy.request import Channel, Kind, State


@dataclass(frozen=True)
class Step:
    """One step. `by` is empty for what happened by itself."""

    state: State
    on: date
    at: datetime
    by: str
    why: str


@dataclass(frozen=True)
class Search:
    """One system that was searched for an answer, with what words and over which days; or not, and why not."""

    system: Source
    searched: bool
    terms: str
    first: date | None
    last: date | None
    why: str
    by: str


@dataclass(frozen=True)
class Letter:
    """A letter as it was sent."""

    state: State
    text: str
    sent_at: datetime


@dataclass(frozen=True)
class Unused:
    """A purpose for which the student's data are not used. `told_at` is when they were told that this will end."""

    purpose: Purpose
    begun_at: datetime
    told_at: datetime | None = None
    why: str = ""
    reference: str = ""


@dataclass(frozen=True)
class Case:
    """One request. Steps come oldest first; `about` is the reference of the request that a complaint is about.

    With `marks_by` it is the part of the request `about` that waits for marks to be announced, and is due then.
    """

    reference: str
    student_id: str
    student: str
    kind: Kind
    state: State
    channel: Channel
    text: str
    received_at: datetime
    days: Days
    ended_at: datetime | None
    about_team: bool
    about: str
    steps: tuple[Step, ...]
    searches: tuple[Search, ...] = ()
    letters: tuple[Letter, ...] = ()
    unused: tuple[Unused, ...] = ()
    marks_by: date | None = None

    @property
    def what(self) -> str:
        """What was asked for, in a few words."""
        return f"{self.kind.words}: the marks alone" if self.marks_by else self.kind.words

    @property
    def moves(self) -> tuple[Move, ...]:
        """The steps as the clock reads them."""
        return tuple(Move(step.state, step.on) for step in self.steps)

    @property
    def received(self) -> date:
        """London's day on which it reached the university."""
        return london_day(self.received_at)

    @property
    def waits_since(self) -> date | None:
        """The day since which it waits for the student, or None."""
        return None if self.ended_at else waiting_since(self.moves)

    def overdue(self, today: date) -> bool:
        """Whether its day is past, nothing is asked back, and it is not over."""
        late = self.days.due is not None and self.days.due < today
        return late and self.ended_at is None and self.waits_since is None

"""An offered conversation: who offered which times, and what became of it. Declining changes nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from policy.days import LONDON
from support.party import Party


class Format(StrEnum):
    """How tutor and student talk, as tutors record it."""

    IN_PERSON = "in person"
    VIDEO = "video call"
    PHONE = "phone call"
    EMAIL = "e-mail"


class State(StrEnum):
    """Where an offer stands. A student may ask for one; the tutor then offers times."""

    ASKED = "asked for"
    OFFERED = "offered"
    COUNTERED = "another time proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    UNANSWERED = "no answer"


NEXT: Mapping[State, frozenset[State]] = {
    State.ASKED: frozenset({State.OFFERED, State.WITHDRAWN}),
    State.OFFERED: frozenset(
        {State.ACCEPTED, State.COUNTERED, State.DECLINED, State.WITHDRAWN, State.UNANSWERED}
    ),
    State.COUNTERED: frozenset({State.ACCEPTED, State.OFFERED, State.DECLINED, State.WITHDRAWN}),
    State.ACCEPTED: frozenset(),
    State.DECLINED: frozenset(),
    State.WITHDRAWN: frozenset(),
    State.UNANSWERED: frozenset(),
}
"""The states that may follow each. An accepted offer goes on as a meeting; one by a former tutor is withdrawn."""

BY: Mapping[Party, frozenset[tuple[State, State]]] = {
    Party.STUDENT: frozenset(
        {
            (State.ASKED, State.WITHDRAWN),
            (State.OFFERED, State.ACCEPTED),
            (State.OFFERED, State.COUNTERED),
            (State.OFFERED, State.DECLINED),
            (State.COUNTERED, State.DECLINED),
        }
    ),
    Party.TUTOR: frozenset(
        {
            (State.ASKED, State.OFFERED),
            (State.OFFERED, State.WITHDRAWN),
            (State.COUNTERED, State.ACCEPTED),
            (State.COUNTERED, State.OFFERED),
            (State.COUNTERED, State.WITHDRAWN),
        }
    ),
}
"""Which of these each side may bring about: nobody takes back what the other asked for. The rest days bring."""

WAITS_FOR_STUDENT = frozenset({State.OFFERED})
WAITS_FOR_TUTOR = frozenset({State.ASKED, State.COUNTERED})
OPEN = WAITS_FOR_STUDENT | WAITS_FOR_TUTOR
"""States in which somebody's answer is awaited."""


@dataclass(frozen=True)
class Slot:
    """A time that is offered or proposed."""

    id: int
    starts_at: datetime
    minutes: int

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def said(self) -> str:
        """`Tuesday 24 November 2026, 10:00 to 10:30`, in London's time."""
        starts, ends = self.starts_at.astimezone(LONDON), self.ends_at.astimezone(LONDON)
        return f"{starts:%A} {starts.day} {starts:%B %Y}, {starts:%H:%M} to {ends:%H:%M}"


@dataclass(frozen=True)
class Invitation:
    """What a tutor offers: how, where, at which times and how long; `text` is the tutor's own.

    `why_kept` says why words in it that look sensitive are not.
    """

    format: Format
    place: str
    text: str
    minutes: int
    times: tuple[datetime, ...]
    why_kept: str = ""


@dataclass(frozen=True)
class Step:
    """What became of it, when, by whom (empty for a job) and what they said; `before` is the wording it replaced."""

    state: StrEnum
    at: datetime
    by: str = ""
    said: str = ""
    before: str = ""


@dataclass(frozen=True)
class Offer:
    """One offer between a student and a tutor; `by_student` says that the student asked for it."""

    id: int
    state: State
    student_id: str
    student: str
    tutor: str
    format: Format
    place: str
    text: str
    made_at: datetime
    slots: tuple[Slot, ...] = ()
    steps: tuple[Step, ...] = ()
    by_student: bool = False

"""A meeting of tutor and student, planned from an accepted offer or recorded afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from support.offer import Format, Step


class State(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    HELD = "held"
    MISSED = "missed"
    CANCELLED = "cancelled"


NEXT: Mapping[State, frozenset[State]] = {
    State.PLANNED: frozenset({State.HELD, State.MISSED, State.CANCELLED}),
    State.HELD: frozenset(),
    State.MISSED: frozenset({State.HELD}),
    State.CANCELLED: frozenset(),
}
"""The states that may follow each. Missed can be put right: the record said so and it was held after all."""


class Missed(StrEnum):
    """Why a meeting did not take place; never the student's own reasons, which are theirs to tell."""

    STUDENT = "the student did not come"
    STUDENT_SAID = "the student said so beforehand"
    TUTOR = "the tutor could not come"
    TECHNICAL = "it did not work technically"


@dataclass(frozen=True)
class Meeting:
    """One meeting; `offer` is the offer it came from, if any."""

    id: int
    state: State
    student_id: str
    student: str
    tutor: str
    starts_at: datetime
    minutes: int
    format: Format
    place: str
    offer: int | None = None
    missed: Missed | None = None
    steps: tuple[Step, ...] = ()

    @property
    def ends_at(self) -> datetime:
        """When it is over, as planned."""
        return self.starts_at + timedelta(minutes=self.minutes)

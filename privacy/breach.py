"""A breach of personal data: its states and which may follow which, one as a page shows it, and what is decided."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar


class State(StrEnum):
    """Where it stands. Whether the regulator is told is decided within 72 hours."""

    OPEN = "open"
    REPORTED = "reported"
    NOT_REPORTED = "not_reported"
    CLOSED = "closed"

    @property
    def words(self) -> str:
        """The state on a page."""
        return {
            State.OPEN: "To be decided",
            State.REPORTED: "Regulator told",
            State.NOT_REPORTED: "Not reported, with reasons",
            State.CLOSED: "Closed",
        }[self]


NEXT: Mapping[State, frozenset[State]] = {
    State.OPEN: frozenset({State.REPORTED, State.NOT_REPORTED}),
    State.NOT_REPORTED: frozenset({State.REPORTED, State.CLOSED}),
    State.REPORTED: frozenset({State.CLOSED}),
    State.CLOSED: frozenset(),
}


@dataclass(frozen=True)
class Step:
    """What was decided, when, by whom and why."""

    state: State
    at: datetime
    by: str
    why: str


@dataclass(frozen=True)
class Known:
    """One breach. `people` is how many it may be about, where that is known; steps come oldest first."""

    id: int
    state: State
    what: str
    people: int | None
    aware_at: datetime
    due_at: datetime
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class NewBreach:
    """A breach of personal data that the university became aware of."""

    what: str
    people: int | None
    aware_at: datetime
    done: ClassVar[str] = "Written down. The clock of 72 hours runs."


@dataclass(frozen=True)
class OfBreach:
    """What was decided about a breach, and why."""

    breach: int
    state: State
    why: str
    done: ClassVar[str] = "Written down."

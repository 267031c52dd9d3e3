"""One action of a support plan: somebody does something by a day. Only an action is ever shared, never a plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from support.offer import Step
from support.party import Party


class State(StrEnum):
    """Where an action stands."""

    OPEN = "open"
    DONE = "done"
    DECLINED = "declined by the student"
    DROPPED = "dropped"


NEXT: Mapping[State, frozenset[State]] = {
    State.OPEN: frozenset({State.DONE, State.DECLINED, State.DROPPED}),
    State.DONE: frozenset({State.OPEN}),
    State.DECLINED: frozenset({State.OPEN}),
    State.DROPPED: frozenset(),
}
"""The states that may follow each. Done and declined can be taken back while the plan runs."""

BY: Mapping[Party, frozenset[tuple[State, State]]] = {
    Party.STUDENT: frozenset(
        {
            (State.OPEN, State.DONE),
            (State.OPEN, State.DECLINED),
            (State.DONE, State.OPEN),
            (State.DECLINED, State.OPEN),
        }
    ),
    Party.TUTOR: frozenset({(State.OPEN, State.DONE), (State.OPEN, State.DROPPED), (State.DONE, State.OPEN)}),
}
"""Which of these each side may bring about. What the student declined, the student alone takes up again."""

STANDS = frozenset({State.OPEN, State.DONE})
"""States of actions that belong to what is agreed."""


@dataclass(frozen=True)
class Adviser:
    """A colleague who may be named in an action, by their opaque id."""

    id: str
    name: str


@dataclass(frozen=True)
class Wanted:
    """An action to be added: `adviser` is an opaque id, `service` a name of policy; only the owner's is given.

    `why_kept` says why words in it that look sensitive are not.
    """

    text: str
    owner: Party
    due: date
    adviser: str = ""
    service: str = ""
    why_kept: str = ""


@dataclass(frozen=True)
class Share:
    """An action as it was shared with one named adviser, and what they reported back."""

    id: int
    recipient: str
    necessity: str
    shared_by: str
    shared_at: datetime
    ended_at: datetime | None = None
    outcome: str = ""
    outcome_at: datetime | None = None


@dataclass(frozen=True)
class Action:
    """One action; `owner_name` names the adviser or service that does it. `may_share` is the student's own yes.

    `shares` are all that there ever were, the latest last.
    """

    id: int
    state: State
    text: str
    owner: Party
    due: date
    version: int
    owner_name: str = ""
    done_on: date | None = None
    may_share: bool = False
    shares: tuple[Share, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def share(self) -> Share | None:
        """The one that runs, or the latest that is over."""
        return self.shares[-1] if self.shares else None

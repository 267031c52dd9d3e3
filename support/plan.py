"""A support plan: what tutor and student agree to do, who does it by when, and when both look at it again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from support.action import STANDS, Action
from support.offer import Step
from support.party import Party


class State(StrEnum):
    """Where a plan stands. Nobody but tutor and student sees one that is not agreed."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    AGREED = "agreed"
    ACTIVE = "active"
    REVIEWED = "reviewed"
    CLOSED = "closed"


NEXT: Mapping[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.PROPOSED, State.AGREED, State.CLOSED}),
    State.PROPOSED: frozenset({State.AGREED, State.DRAFT, State.CLOSED}),
    State.AGREED: frozenset({State.ACTIVE, State.PROPOSED, State.CLOSED}),
    State.ACTIVE: frozenset({State.REVIEWED, State.PROPOSED, State.CLOSED}),
    State.REVIEWED: frozenset({State.ACTIVE}),
    State.CLOSED: frozenset(),
}
"""The states that may follow each. Whoever takes agreement back makes it a proposal again.

A plan that was looked at again goes on in the same moment: nothing rests in `REVIEWED`, and its step tells of it.
"""

IN_FORCE = frozenset({State.AGREED, State.ACTIVE, State.REVIEWED})
"""States in which the plan is agreed, and its actions may be shared."""

TEXT_CHANGES: Mapping[Party, frozenset[State]] = {
    Party.TUTOR: frozenset({State.DRAFT, State.PROPOSED}) | IN_FORCE,
    Party.STUDENT: frozenset({State.PROPOSED}) | IN_FORCE,
}
"""States in which each side may change the actions. What a tutor changes in a plan in force is proposed again."""


class Agreement(StrEnum):
    """How the student agreed: the tutor records what was agreed in a meeting, and the student can undo it."""

    HERE = "in their own session"
    IN_MEETING = "in the meeting"


class Outcome(StrEnum):
    """What became of a plan when it was closed, in the judgement of both."""

    HELPED = "it helped"
    PARTLY = "it helped in part"
    NOT = "it did not help"
    NOT_NEEDED = "it was not needed any more"
    STOPPED = "the student wished to stop"


@dataclass(frozen=True)
class Plan:
    """One plan. `version` is that of the text that was read, for saving it again; `mine` is true for its maker."""

    id: int
    state: State
    student_id: str
    student: str
    tutor: str
    aim: str
    review_on: date
    made_at: datetime
    version: int
    actions: tuple[Action, ...] = ()
    agreed_at: datetime | None = None
    agreement: Agreement | None = None
    undo_until: date | None = None
    outcome: Outcome | None = None
    closed_at: datetime | None = None
    steps: tuple[Step, ...] = ()
    meeting: int | None = None
    mine: bool = False

    @property
    def in_force(self) -> bool:
        """Whether it is agreed and runs."""
        return self.state in IN_FORCE

    @property
    def wording(self) -> str:
        """A mark of every word that an agreement would be given to: it differs as soon as one of them does."""
        return wording(self.version, ((one.id, one.version) for one in self.actions if one.state in STANDS))


def wording(version: int, actions: Iterable[tuple[int, int]]) -> str:
    """The mark of a plan's text of that version, and of the standing actions by their id and version."""
    return " ".join([str(version), *(f"{id_}.{text}" for id_, text in sorted(actions))])

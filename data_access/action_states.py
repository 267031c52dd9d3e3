"""One action of a plan going from a state to the next, inside a transaction that the gate opened."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, select, update

from auth.permissions import Act
from auth.refusals import ChangedMeanwhile, MovedOn, NotYoursToSee
from auth.refusals.support import ActionNotOpen
from auth.viewer import Role, Viewer
from data_access import disputes_closing, gate, plan_states, sharing
from data_access.gate import Opened
from data_access.tables import ActionStep, SupportAction, SupportPlan
from engagement import words
from support.action import BY, NEXT, State
from support.party import Party
from support.plan import IN_FORCE


@contextmanager
def open_one(
    viewer: Viewer,
    student_id: str | None,
    action: int,
    act: Act,
    at: datetime,
    only: Collection[Role] = (Role.TUTOR, Role.STUDENT),
) -> Iterator[tuple[Opened, SupportPlan, SupportAction]]:
    """Open one action for writing, its plan locked before it; NotYoursToSee unless the viewer sees the plan."""
    with gate.writing_one(viewer, student_id, act, at, only=only) as opened:
        of_plan = opened.session.scalar(select(SupportAction.plan).where(SupportAction.id == action))
        if of_plan is None:
            raise NotYoursToSee
        plan = plan_states.one(opened, of_plan)
        fresh = select(SupportAction).where(SupportAction.id == action)
        yield opened, plan, opened.session.scalars(fresh).one()


def move(
    opened: Opened,
    plan: SupportPlan,
    row: SupportAction,
    state: State,
    said: str,
    at: datetime,
    **values: Any,
) -> None:
    """Take the action to the state; MovedOn where that cannot follow, or is the other side's to decide."""
    if state not in NEXT[row.state] or (row.state, state) not in BY[plan_states.party(opened)]:
        raise MovedOn
    write(opened, row, said, at, state=state, **values)
    sharing.end_lost(opened, plan.id, at)


def write(
    opened: Opened, row: SupportAction, said: str, at: datetime, *, before: str | None = None, **values: Any
) -> None:
    """Change the action as it was read, and add the step; MovedOn when another has changed it meanwhile."""
    a = SupportAction
    as_read = (a.id == row.id, a.state == row.state, a.version == row.version)
    changed: Any = opened.session.execute(update(a).where(*as_read).values(**values))
    if not isinstance(changed, CursorResult) or changed.rowcount != 1:
        raise MovedOn
    opened.session.refresh(row)
    step(opened, row, said, at, before)
    disputes_closing.after_support(opened, at)


def step(opened: Opened, row: SupportAction, said: str, at: datetime, before: str | None = None) -> None:
    """Write down what became of it, who did it, what they said, and the wording that was replaced."""
    person = opened.viewer.person or None
    opened.session.add(
        ActionStep(action=row.id, state=row.state, at=at, person=person, said=said, before=before)
    )
    opened.session.flush()


def fits(row: SupportAction, version: int) -> None:
    """ActionNotOpen unless the action is open, ChangedMeanwhile unless its text is of that version."""
    if row.state is not State.OPEN:
        raise ActionNotOpen
    if row.version != version:
        raise ChangedMeanwhile(wording(row), row.version)


def running(plan: SupportPlan) -> None:
    """MovedOn unless the plan is in force."""
    if plan.state not in IN_FORCE:
        raise MovedOn


def shareable(row: SupportAction) -> bool:
    """Whether an adviser does it, so that it can be shared with them."""
    return row.owner is Party.ADVISER and row.adviser is not None


def wording(row: SupportAction) -> str:
    """The action's text and day, as a step keeps them when they are replaced."""
    return f"{row.text} (by {words.day(row.due)} {row.due.year})"

"""What compliance decides about a release: it is approved, or taken out of sight. It is never changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, select, update

from auth.permissions import Act, Action
from auth.refusals import MovedOn
from auth.viewer import Role, Viewer
from data_access import gate
from data_access.gate import Opened
from data_access.releases import seen
from data_access.tables import Person
from data_access.tables import Release as Row
from privacy.labels import Category
from privacy.purposes import Purpose
from privacy.releases import NEXT, Cohort, State

_DECIDE = Act(Action.WRITE, Category.PUBLISHED, Purpose.EQUALITY)


def approve(viewer: Viewer, release: int, at: datetime) -> None:
    """Approve a release, by compliance; one of the same cohort and day that was approved before is withdrawn with it.

    With a census the rules are approved by which the weeks after it are made: those that were built and wait follow.
    """
    with gate.writing(viewer, None, _DECIDE, at, only={Role.COMPLIANCE}) as opened:
        row = seen(opened, release)
        before = update(Row).where(
            Row.cohort == row.cohort, Row.census == row.census, Row.state == State.APPROVED
        )
        opened.session.execute(before.values(state=State.WITHDRAWN))
        name = _name(opened, viewer)
        _move(opened, row, State.APPROVED, approved_at=at, approved_by=viewer.person, approved_name=name)
        if row.cohort is Cohort.CENSUS:
            waiting = select(Row).where(
                Row.cohort == Cohort.WEEK, Row.rule == row.rule, Row.state == State.BUILT
            )
            for one in opened.session.scalars(waiting).all():
                _move(
                    opened, one, State.APPROVED, approved_at=at, approved_by=viewer.person, approved_name=name
                )


def withdraw(viewer: Viewer, release: int, at: datetime) -> None:
    """Take a release out of sight, by compliance. Its cells stay as they are, for the record."""
    with gate.writing(viewer, None, _DECIDE, at, only={Role.COMPLIANCE}) as opened:
        _move(opened, seen(opened, release), State.WITHDRAWN)


def _name(opened: Opened, viewer: Viewer) -> str:
    """The approver's name, kept with the release: managers, who read it, may read no person's row."""
    row = opened.session.get_one(Person, viewer.person)
    return f"{row.given_name} {row.family_name}".strip()


def _move(opened: Opened, row: Row, state: State, **values: Any) -> None:
    if state not in NEXT[row.state]:
        raise MovedOn
    here = update(Row).where(Row.id == row.id, Row.state == row.state)
    changed: Any = opened.session.execute(here.values(state=state, **values))
    if not isinstance(changed, CursorResult) or changed.rowcount != 1:
        raise MovedOn

"""An action of Ben's plan shared with Avi, and each condition of that, to be taken away by itself."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from auth.viewer import Role
from data_access import shared_with_me, sharing
from data_access.tables import Account, EnrolmentStatus, RoleGrant, SupportAction, SupportPlan
from support import action, plan
from support.party import Party
from support.sharing import SharedWithMe
from tests.cast import ADA, AVI, BEN, NOW, SUE, TODAY
from tests.conftest import University
from tests.planned import Planned

NEED = "Avi runs the workshop that Ben asked for"
HOUR = timedelta(hours=1)
Change = Callable[[], Any]


def share(of: Planned, at: datetime = NOW, **changes: Any) -> int:
    """Ada shares Ben's action with Avi, but for what is changed."""
    asked: dict[str, Any] = {
        "viewer": ADA.viewer,
        "student": BEN.id,
        "action": of.action,
        "to": AVI.id,
        "need": NEED,
    } | changes
    return sharing.share(asked["viewer"], asked["student"], asked["action"], asked["to"], asked["need"], at)


def mine(at: datetime = NOW) -> tuple[SharedWithMe, ...]:
    """What is shared with Avi."""
    return shared_with_me.mine(AVI.viewer, at)


def on_plan(**values: Any) -> Change:
    """A change of every plan."""
    return lambda: update(SupportPlan).values(**values)


def on_action(**values: Any) -> Change:
    """A change of every action that is not the student's own."""
    return lambda: update(SupportAction).where(SupportAction.owner != Party.STUDENT).values(**values)


def rows(store: University, column: Any) -> list[Any]:
    """What stands in a column."""
    with store.session() as session:
        return list(session.scalars(select(column)))


def _avis_role(**values: Any) -> Change:
    return lambda: update(RoleGrant).where(RoleGrant.person == AVI.number).values(**values)


def _course_ended(last: Any) -> Change:
    return lambda: update(EnrolmentStatus).where(EnrolmentStatus.enrolment == 1).values(last=last)


GROUNDS: dict[str, Change] = {
    **{f"action {s}": on_action(state=s) for s in action.State if s is not action.State.OPEN},
    **{f"plan {s}": on_plan(state=s) for s in plan.State if s not in plan.IN_FORCE},
    "the yes is withdrawn": on_action(may_share_at=None),
    "another adviser": on_action(adviser=SUE.number),
    "another owner": on_action(owner=Party.SERVICE),
}
"""Without any of these nothing is shared, and what is shared ends."""
ENDS: dict[str, Change] = GROUNDS | {
    "agreed anew": on_plan(agreed_at=NOW + HOUR),
    "the yes is given anew": on_action(may_share_at=NOW + HOUR),
    "the course ended": _course_ended(TODAY),
}
"""What ends a share: the first day after it at the latest."""
NO_ADVISER: dict[str, Change] = {
    "the role has ended": _avis_role(last=TODAY - timedelta(days=1)),
    "the role has not begun": _avis_role(first=TODAY + timedelta(days=2)),
    "another role": _avis_role(role=Role.MANAGER),
    "the account is closed": lambda: update(Account).where(Account.person == AVI.number).values(active=False),
}
"""Whoever is named is no adviser today."""

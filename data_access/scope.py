"""Whom a viewer may see, as one SQL expression: lists join it, single reads ask it, exports join it.

The expression depends on the role and the act alone, so it is built once for each; who asks, and when, are
its parameters, evaluated at query time, so that nothing outlives the day it ends.
"""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Integer,
    Select,
    and_,
    bindparam,
    exists,
    false,
    not_,
    or_,
    select,
    true,
)

import policy
from auth.permissions import Act, Relation, relations
from auth.viewer import Role, Viewer
from data_access.restricted import restricted
from data_access.tables import (
    ACTIVE,
    ON_COURSE,
    Account,
    Emergency,
    Enrolment,
    EnrolmentAgreement,
    EnrolmentStatus,
    Escalation,
    RightsCase,
    SharedAction,
    Status,
    SupportAction,
    SupportPlan,
    Tutoring,
)
from data_access.tables.base import Instant
from policy.days import london_day
from privacy.purposes import Duty, Purpose
from support.action import State as ActionState
from support.party import Party
from support.plan import IN_FORCE

WHO = bindparam("who", type_=Integer)
TODAY = bindparam("today", type_=Date)
NOW = bindparam("now", type_=Instant)


def who_and_when(viewer: Viewer, at: datetime) -> dict[str, Any]:
    """The parameters of the expressions here: the viewer's number, the date in London, and the moment."""
    return {"who": viewer.person, "today": london_day(at), "now": at}


@cache
def enrolments_visible(role: Role, act: Act) -> Select[int]:
    """Ids of the enrolments whose records the viewer may see for `act`; execute with `who_and_when`.

    An enrolment, not a student: what belongs to a finished course stays hidden from everyone, also while the
    same person studies on another. Only the duty to answer a person's rights outlives the enrolment.
    """
    related = [_RELATIONS[relation] for relation in sorted(relations(role, act))]
    open_now = true() if act.basis is Duty.RIGHTS else active()
    return select(Enrolment.id).where(or_(false(), *related), open_now, _used(role, act))


def _used(role: Role, act: Act) -> ColumnElement[bool]:
    """Whether the data are used for this purpose at all: to staff a restricted student is not there, and not why."""
    if isinstance(act.basis, Purpose) and role.staff:
        return not_(restricted(act.basis))
    return true()


@cache
def students_visible(role: Role, act: Act) -> Select[int]:
    """Numbers of the students with such an enrolment; execute with `who_and_when`."""
    return select(Enrolment.student).where(Enrolment.id.in_(enrolments_visible(role, act))).distinct()


def active() -> ColumnElement[bool]:
    """Whether an enrolment is active today, and the agreement at enrolment was made."""
    return _stands(ACTIVE)


def on_course() -> ColumnElement[bool]:
    """As `active`, or the studies are interrupted today: the course has not ended."""
    return _stands(ON_COURSE)


def _stands(statuses: tuple[Status, ...]) -> ColumnElement[bool]:
    status = exists().where(
        EnrolmentStatus.enrolment == Enrolment.id,
        EnrolmentStatus.superseded_at.is_(None),
        EnrolmentStatus.status.in_(statuses),
        covers(EnrolmentStatus.first, EnrolmentStatus.last),
    )
    agreed = exists().where(
        EnrolmentAgreement.enrolment == Enrolment.id, EnrolmentAgreement.agreed_on <= TODAY
    )
    return status & agreed


def covers(first: Any, last: Any) -> ColumnElement[bool]:
    """Whether the days from `first` to `last`, both included and the last perhaps open, hold today."""
    begun: ColumnElement[bool] = first <= TODAY
    running: ColumnElement[bool] = last.is_(None) | (last >= TODAY)
    return begun & running


# A list and not EXISTS: SQLite then begins with the tutor's forty, and does not ask every enrolment there is.
_TUTEE = Enrolment.id.in_(
    select(Tutoring.enrolment).where(Tutoring.tutor == WHO, covers(Tutoring.first, Tutoring.last))
)
SHARE_RUNS: ColumnElement[bool] = and_(
    SharedAction.ended_at.is_(None),
    SupportAction.state == ActionState.OPEN,
    SupportAction.owner == Party.ADVISER,
    SupportAction.adviser == SharedAction.recipient,
    # It rests on the yes and the agreement that it was made under: after a new one it is made anew.
    SupportAction.may_share_at <= SharedAction.shared_at,
    SupportPlan.agreed_at <= SharedAction.shared_at,
    SupportPlan.state.in_(IN_FORCE),
)
"""Whether an adviser sees an action that was shared; join shared_action, support_action and support_plan."""
_SHARED = Enrolment.id.in_(
    select(SupportPlan.enrolment)
    .join(SupportAction, SupportAction.plan == SupportPlan.id)
    .join(SharedAction, SharedAction.action == SupportAction.id)
    .where(SharedAction.recipient == WHO, SHARE_RUNS)
)
_ESCALATED = Enrolment.id.in_(
    select(Escalation.enrolment).where(Escalation.senior_tutor == WHO, Escalation.ended_at.is_(None))
)
_OFFICER: BindParameter[str] = bindparam(
    "officer", callable_=lambda: policy.current().rights.data_protection_officer
)
_IS_OFFICER = select(Account.person).where(Account.username == _OFFICER).scalar_subquery() == WHO
OPEN_TO_TEAM: ColumnElement[bool] = RightsCase.about_team.is_(False) | (_OFFICER == "") | _IS_OFFICER
"""Whether a request may be answered by the viewer: a complaint about the team is the officer's alone, once named."""
_OPEN_CASE = Enrolment.student.in_(
    select(RightsCase.student).where(RightsCase.ended_at.is_(None), OPEN_TO_TEAM)
)
_BREAK_GLASS = Enrolment.student.in_(
    select(Emergency.student).where(
        Emergency.person == WHO, Emergency.began_at <= NOW, Emergency.ends_at > NOW
    )
)
_RELATIONS: dict[Relation, ColumnElement[bool]] = {
    Relation.SELF: Enrolment.student == WHO,
    Relation.TUTEE: _TUTEE,
    Relation.SHARED_ACTION: _SHARED,
    Relation.ESCALATED: _ESCALATED,
    Relation.OPEN_CASE: _OPEN_CASE,
    Relation.BREAK_GLASS: _BREAK_GLASS,
    Relation.EVERYONE: true(),
    Relation.NOBODY: false(),
}

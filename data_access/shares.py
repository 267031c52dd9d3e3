"""What is shared of a student's plans, read by both sides: with whom, why, since when, and what came back."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import and_, case, select
from sqlalchemy.orm import aliased

from auth.permissions import Act, Action
from auth.refusals import NotEnrolledNow
from auth.viewer import Viewer
from data_access import gate
from data_access.gate import Opened
from data_access.prepared import ENROLMENTS, Statement, once, run
from data_access.scope import SHARE_RUNS
from data_access.tables import Person, SharedAction, SupportAction, SupportPlan
from privacy.labels import Category
from privacy.purposes import Purpose
from support.action import Share, State
from support.party import Party
from support.plan import IN_FORCE
from support.sharing import Shareable

LOOK = Act(Action.READ, Category.SUPPORT, Purpose.FOLLOW_UP)
_ADVISER, _SHARER, _RECIPIENT = aliased(Person), aliased(Person), aliased(Person)


def of(viewer: Viewer, student_id: str | None, at: datetime) -> tuple[Shareable, ...]:
    """The actions that an adviser does or that were shared, the soonest due first; None is the viewer's own.

    For tutor, student and senior tutor; an adviser sees their own part on `shared_with_me`. Raises NotYoursToSee.
    """
    with gate.reading_one(viewer, student_id, LOOK, at) as opened:
        if not opened.students:
            raise NotEnrolledNow
        shares = defaultdict(list)
        for row in run(opened, _shares, {"enrolments": opened.enrolments}):
            shares[row.action].append(row)
        found = run(opened, _actions, {"enrolments": opened.enrolments})
    return tuple(_shareable(row, shares[row.id]) for row in found if _adviser_does(row) or shares[row.id])


def _adviser_does(row: Any) -> bool:
    return row.owner is Party.ADVISER and row.adviser_id is not None and row.agreed in IN_FORCE


def _shareable(row: Any, shares: list[Any]) -> Shareable:
    now = [_share(one) for one in shares if one.runs]
    return Shareable(
        action=row.id,
        text=row.text,
        due=row.due,
        adviser_id=row.adviser_id or "",
        adviser=f"{row.given_name} {row.family_name}" if row.adviser_id else "",
        agreed=row.agreed in IN_FORCE,
        open=row.state is State.OPEN,
        may_share=row.may_share_at is not None,
        share=now[0] if now else None,
        earlier=tuple(_share(one) for one in shares if not one.runs),
    )


def _share(row: Any) -> Share:
    return Share(
        id=row.id,
        recipient=f"{row.given_name} {row.family_name}",
        necessity=row.necessity,
        shared_by=f"{row.sharer_given} {row.sharer_family}",
        shared_at=row.shared_at,
        ended_at=row.ended_at,
        outcome=row.outcome or "",
        outcome_at=row.outcome_at,
    )


@once
def _actions(opened: Opened) -> Statement:
    a = SupportAction
    columns = opened.columns(a.id, a.text, a.due, a.owner, a.state, a.may_share_at)
    plan, adviser = SupportPlan.state.label("agreed"), _ADVISER.id.label("adviser_id")
    return (
        select(*columns, plan, adviser, _ADVISER.given_name, _ADVISER.family_name)
        .select_from(a)
        .join(SupportPlan, SupportPlan.id == a.plan)
        .outerjoin(_ADVISER, _ADVISER.number == a.adviser)
        .where(SupportPlan.enrolment.in_(ENROLMENTS))
        .order_by(a.due, a.id)
    )


@once
def _shares(opened: Opened) -> Statement:
    s = SharedAction
    columns = opened.columns(s.id, s.action, s.necessity, s.shared_at, s.ended_at, s.outcome, s.outcome_at)
    sharer = _SHARER.given_name.label("sharer_given"), _SHARER.family_name.label("sharer_family")
    runs = case((and_(SHARE_RUNS), 1), else_=0).label("runs")
    return (
        select(*columns, *sharer, _RECIPIENT.given_name, _RECIPIENT.family_name, runs)
        .select_from(s)
        .join(SupportAction, SupportAction.id == s.action)
        .join(SupportPlan, SupportPlan.id == SupportAction.plan)
        .join(_SHARER, _SHARER.number == s.shared_by)
        .join(_RECIPIENT, _RECIPIENT.number == s.recipient)
        .where(SupportPlan.enrolment.in_(ENROLMENTS))
        .order_by(s.shared_at.desc(), s.id.desc())
    )

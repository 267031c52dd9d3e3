"""Sharing one action of an agreed plan with the one adviser who does it, and the end of that."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, update

from auth.permissions import Act, Action
from auth.refusals import GoneMeanwhile, NotYoursToSee
from auth.refusals.support import (
    ActionNotOpen,
    NecessityNeeded,
    NoAdviserNow,
    NotForAnAdviser,
    NotForOneself,
    NotTheAdviser,
    PlanNotAgreed,
    SharedAlready,
    YesNeeded,
)
from auth.viewer import Role, Viewer
from data_access import colleagues, gate, outbox, tombstones, tripwire
from data_access.gate import Opened
from data_access.scope import SHARE_RUNS
from data_access.tables import Person, SharedAction, SupportAction, SupportPlan
from data_access.tombstones import What
from privacy.labels import Category
from privacy.purposes import Purpose
from support.action import State
from support.party import Party
from support.plan import IN_FORCE
from support.sharing import SHORTEST

SHARE = Act(Action.WRITE, Category.SUPPORT, Purpose.FOLLOW_UP)
_RUNNING = (
    select(SharedAction.id)
    .join(SupportAction, SupportAction.id == SharedAction.action)
    .join(SupportPlan, SupportPlan.id == SupportAction.plan)
    .where(SHARE_RUNS)
)


def share(
    viewer: Viewer,
    student_id: str,
    action: int,
    recipient: str,
    necessity: str,
    at: datetime,
    *,
    why_kept: str = "",
) -> int:
    """Let the adviser named in an action see it, and tell the student; the number of the share.

    `recipient` is the adviser's id, `necessity` says why they need it. "Only ... where it is essential": each
    condition that is missing is a Refusal of its own, and changes nothing. LooksSensitive as `tripwire.said`.
    """
    said = " ".join(necessity.split())
    with gate.writing(viewer, student_id, SHARE, at, only={Role.TUTOR}) as opened:
        found = _found(opened, action)
        _grounds(found, recipient)
        adviser = colleagues.holder(opened, recipient, Role.ADVISER, at)
        if adviser is None:
            raise NoAdviserNow
        if adviser == viewer.person or adviser in opened.students:
            raise NotForOneself
        if len(said) < SHORTEST:
            raise NecessityNeeded
        end_lost(opened, found.plan, at)
        if opened.session.scalar(_open_share(action)) is not None:
            raise SharedAlready
        row = SharedAction(
            action=action,
            recipient=adviser,
            necessity=tripwire.said(said, why_kept),
            shared_by=viewer.person,
            shared_at=at,
        )
        opened.session.add(row)
        opened.session.flush()
        words = {"adviser": f"{found.given_name} {found.family_name}", "action": found.text}
        outbox.tell(opened, found.enrolment, "action-shared", f"action-shared-{row.id}", words, at)
        return row.id


def end(viewer: Viewer, student_id: str, share: int, at: datetime) -> None:
    """End a share before anything came back: the adviser sees the action no longer. GoneMeanwhile when it is over."""
    with gate.writing(viewer, student_id, SHARE, at, only={Role.TUTOR}) as opened:
        own = (
            select(SupportAction.id)
            .join(SupportPlan, SupportPlan.id == SupportAction.plan)
            .where(SupportPlan.enrolment.in_(opened.enrolments))
        )
        mine = SharedAction.id == share, SharedAction.ended_at.is_(None), SharedAction.action.in_(own)
        ended = update(SharedAction).where(*mine).values(ended_at=at).returning(SharedAction.action)
        action = opened.session.scalar(ended)
        if action is None:
            raise GoneMeanwhile
        tombstones.add(opened.session, opened.students, What.NOT_SHARED, str(action), at)


def end_lost(opened: Opened, plan: int, at: datetime) -> None:
    """End every share of a plan that has lost its ground, in the transaction that took the ground away.

    To be called after any change of a plan, an action or a student's yes; a share that stands is left alone.
    """
    opened.session.flush()
    of_plan = select(SupportAction.id).where(SupportAction.plan == plan)
    lost = (
        SharedAction.ended_at.is_(None),
        SharedAction.action.in_(of_plan),
        SharedAction.id.not_in(_RUNNING.where(SupportAction.plan == plan)),
    )
    opened.session.execute(update(SharedAction).where(*lost).values(ended_at=at))


def _open_share(action: int) -> Select[int]:
    return select(SharedAction.id).where(SharedAction.action == action, SharedAction.ended_at.is_(None))


def _found(opened: Opened, action: int) -> Any:
    """The action, its plan and its adviser, locked until the end; NotYoursToSee unless it is the student's."""
    question = (
        select(
            SupportPlan.id.label("plan"),
            SupportPlan.enrolment,
            SupportPlan.state.label("agreed"),
            SupportAction.state,
            SupportAction.text,
            SupportAction.owner,
            SupportAction.may_share_at,
            Person.id.label("adviser"),
            Person.given_name,
            Person.family_name,
        )
        .select_from(SupportAction)
        .join(SupportPlan, SupportPlan.id == SupportAction.plan)
        .outerjoin(Person, Person.number == SupportAction.adviser)
        .where(SupportAction.id == action, SupportPlan.enrolment.in_(opened.enrolments))
        .with_for_update(of=[SupportPlan, SupportAction])
    )
    if (row := opened.session.execute(question).one_or_none()) is None:
        raise NotYoursToSee
    return row


def _grounds(found: Any, recipient: str) -> None:
    """What the plan and the action themselves must say before anything is shared."""
    if found.agreed not in IN_FORCE:
        raise PlanNotAgreed
    if found.state is not State.OPEN:
        raise ActionNotOpen
    if found.owner is not Party.ADVISER or found.adviser is None:
        raise NotForAnAdviser
    if found.adviser != recipient:
        raise NotTheAdviser
    if found.may_share_at is None:
        raise YesNeeded

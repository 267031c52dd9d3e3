"""What tutors have shared with an adviser: single actions, each with its reason, and the word back about it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.orm import aliased

from auth.permissions import Act, Action
from auth.refusals import GoneMeanwhile, ReasonNeeded
from auth.viewer import Viewer
from data_access import gate, outbox, tripwire
from data_access.gate import Opened
from data_access.scope import SHARE_RUNS
from data_access.tables import (
    ActionStep,
    Dispute,
    Enrolment,
    Person,
    SharedAction,
    SupportAction,
    SupportPlan,
)
from policy.days import london_day
from privacy.dispute import Kind
from privacy.dispute import State as Stands
from privacy.labels import Category
from privacy.purposes import Purpose
from support.action import State
from support.sharing import SharedWithMe

LOOK = Act(Action.READ, Category.SHARED_ACTION, Purpose.FOLLOW_UP)
REPORT = Act(Action.WRITE, Category.SHARED_ACTION, Purpose.FOLLOW_UP)
_STUDENT, _SHARER = aliased(Person), aliased(Person)


def mine(viewer: Viewer, at: datetime) -> tuple[SharedWithMe, ...]:
    """The actions that are shared with the viewer now, the soonest due first; nothing else of the plans."""
    with gate.reading(viewer, None, LOOK, at) as opened:
        rows = opened.session.execute(_mine(opened)).all()
    return tuple(
        SharedWithMe(
            share=row.share,
            student_id=row.student_id,
            student=f"{row.student_given} {row.student_family}",
            text=row.text,
            due=row.due,
            necessity=row.necessity,
            shared_by=f"{row.sharer_given} {row.sharer_family}",
            shared_at=row.shared_at,
            disputed=london_day(row.disputed) if row.disputed else None,
        )
        for row in rows
    )


def report(
    viewer: Viewer,
    student_id: str,
    share: int,
    outcome: str,
    done: bool,
    at: datetime,
    *,
    why_kept: str = "",
) -> None:
    """Say what came of a shared action: it is done, or handed back as it is. The viewer sees it no longer.

    Tutor and student read the outcome, and the student is told that it is there. GoneMeanwhile when the share
    has ended, ReasonNeeded without a word, LooksSensitive as `tripwire.said`.
    """
    if not (words := " ".join(outcome.split())):
        raise ReasonNeeded("Please say what came of it, in a few words.")
    said = tripwire.said(words, why_kept)
    with gate.writing(viewer, student_id, REPORT, at) as opened:
        found = opened.session.execute(_one(opened, share)).one_or_none()
        if found is None:
            raise GoneMeanwhile
        values = {"outcome": said, "outcome_at": at, "ended_at": at}
        _changed(opened, update(SharedAction).where(SharedAction.id == share, _NOT_OVER).values(values))
        if done:
            here = SupportAction.id == found.action, SupportAction.state == State.OPEN
            values = {"state": State.DONE, "done_on": london_day(at)}
            _changed(opened, update(SupportAction).where(*here).values(values))
        state = State.DONE if done else State.OPEN
        step = ActionStep(action=found.action, state=state, at=at, person=viewer.person, said=said)
        opened.session.add(step)
        told = {"adviser": f"{found.given_name} {found.family_name}", "action": found.text}
        outbox.tell(opened, found.enrolment, "action-outcome", f"action-outcome-{share}", told, at)


_DISPUTED = (
    select(Dispute.raised_at)
    .where(Dispute.kind == Kind.ACTION, Dispute.item == SharedAction.action, Dispute.state == Stands.DISPUTED)
    .correlate(SharedAction)
    .scalar_subquery()
)
_NOT_OVER = SharedAction.ended_at.is_(None)


def _changed(opened: Opened, change: Any) -> None:
    """Only what is still as it was read: otherwise the tutor or the student has ended it just now."""
    done: Any = opened.session.execute(change)
    if done.rowcount != 1:
        raise GoneMeanwhile


def _running(opened: Opened, *columns: Any) -> Select[Any]:
    """The columns of the shares that run for the viewer, of the students whom the gate opened."""
    return (
        select(*columns)
        .select_from(SharedAction)
        .join(SupportAction, SupportAction.id == SharedAction.action)
        .join(SupportPlan, SupportPlan.id == SupportAction.plan)
        .where(
            SHARE_RUNS,
            SharedAction.recipient == opened.viewer.person,
            SupportPlan.enrolment.in_(opened.enrolments),
        )
    )


# An adviser may not read support records. What is shared of an action is these columns, named here and nowhere else.
def _mine(opened: Opened) -> Select[Any]:
    columns = (
        SharedAction.id.label("share"),
        SharedAction.necessity,
        SharedAction.shared_at,
        SupportAction.text,
        SupportAction.due,
        _STUDENT.id.label("student_id"),
        _STUDENT.given_name.label("student_given"),
        _STUDENT.family_name.label("student_family"),
        _SHARER.given_name.label("sharer_given"),
        _SHARER.family_name.label("sharer_family"),
        _DISPUTED.label("disputed"),
    )
    return (
        _running(opened, *columns)
        .join(Enrolment, Enrolment.id == SupportPlan.enrolment)
        .join(_STUDENT, _STUDENT.number == Enrolment.student)
        .join(_SHARER, _SHARER.number == SharedAction.shared_by)
        .order_by(SupportAction.due, SharedAction.id)
    )


def _one(opened: Opened, share: int) -> Select[Any]:
    """The action of one share, and the viewer's own name."""
    columns = SharedAction.action, SupportAction.text, SupportPlan.enrolment
    return (
        _running(opened, *columns, Person.given_name, Person.family_name)
        .join(Person, Person.number == SharedAction.recipient)
        .where(SharedAction.id == share)
    )

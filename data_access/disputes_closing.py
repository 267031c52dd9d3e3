"""Disputes that end by what happened: another load brought another value, or a note was corrected by adding to it.

A load that brings the old value again ends nothing. What follows is the deed of a job, whoever handed the load in:
an administrator writes to no student.
"""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from auth.viewer import Viewer
from data_access import disputable, dispute_steps, request_news, requests
from data_access.gate import Opened
from data_access.tables import (
    CorrectionNews,
    Dispute,
    Enrolment,
    LoadRun,
    RightsCase,
    SharedAction,
    SupportAction,
    SupportPlan,
)
from policy.days import london_day
from privacy import request
from privacy.dispute import Kind, State
from privacy.labels import Source

_JOB = Viewer.service("corrections")
_GONE = "no longer recorded"


def after_load(opened: Opened, at: datetime) -> int:
    """End what the sources have put right by now, in the transaction of the load; how many."""
    return _end(_job(opened), Dispute.system != Source.HERE, at)


def after_note(opened: Opened, note: int, at: datetime) -> None:
    """End the disputes of a note to which its author has just added a correction."""
    _end(_job(opened), Dispute.note == note, at)


def after_support(opened: Opened, at: datetime) -> None:
    """End the disputes of plans, actions and meetings whose words have just been changed."""
    opened.session.flush()
    here = Dispute.kind.in_((Kind.PLAN, Kind.ACTION, Kind.MEETING))
    _end(_job(opened), here & Dispute.student.in_(opened.students), at)


def after_request(opened: Opened, case: int, at: datetime) -> None:
    """Let the datum stand whose request the student has taken back."""
    mine = select(Dispute).where(Dispute.case == case, Dispute.state == State.DISPUTED)
    for row in opened.session.scalars(mine).all():
        dispute_steps.end(opened, row, State.TAKEN_BACK, "The request was taken back.", at)


def _job(opened: Opened) -> Opened:
    return replace(opened, viewer=_JOB)


def _end(opened: Opened, which: ColumnElement[bool], at: datetime) -> int:
    session = opened.session
    waiting = select(Dispute).where(Dispute.state == State.DISPUTED, which).order_by(Dispute.id)
    done = 0
    for row in session.scalars(waiting).all():
        datum = disputable.now(session, row.student, dispute_steps.target(row))
        value = datum.value if datum else _GONE
        if value != row.value:
            _corrected(opened, row, value, at)
            done += 1
    return done


def _corrected(opened: Opened, row: Dispute, value: str, at: datetime) -> None:
    session = opened.session
    newest = select(func.max(LoadRun.id)).where(LoadRun.system == row.system)
    what = f"{row.about}: now {value}, before {row.value}"
    if row.kind is Kind.NOTE:
        what = f"{row.about}: a correction was added to it"
    dispute_steps.end(opened, row, State.CORRECTED, what, at, session.scalar(newest), now=value)
    _tell_recipients(opened, row, at)
    requests.settled(opened, row.case, request.State.FULFILLED, f"{what}.", at)
    case = session.get_one(RightsCase, row.case)
    session.refresh(case)
    request_news.tell(opened, case, at)


def _tell_recipients(opened: Opened, row: Dispute, at: datetime) -> None:
    """Everybody with whom an action of the student's plans was ever shared hears of it, once (UK GDPR art. 19)."""
    shared = (
        select(SharedAction.recipient, func.max(SharedAction.shared_at))
        .join(SupportAction, SupportAction.id == SharedAction.action)
        .join(SupportPlan, SupportPlan.id == SupportAction.plan)
        .join(Enrolment, Enrolment.id == SupportPlan.enrolment)
        .where(Enrolment.student == row.student)
        .group_by(SharedAction.recipient)
    )
    for recipient, latest in opened.session.execute(shared).all():
        news = CorrectionNews(dispute=row.id, recipient=recipient, shared_on=london_day(latest), at=at)
        opened.session.add(news)
    opened.session.flush()

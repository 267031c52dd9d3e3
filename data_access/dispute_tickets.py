"""Disputed data for whoever keeps the source: a list by keys, without a name, and a record kept with reasons.

A ticket is closed by a load that brings another value, or here by reasons, and by nothing else.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, case, func, select

from auth.permissions import Action
from auth.refusals import FullerReasonNeeded, GoneMeanwhile
from auth.viewer import Role, Viewer
from data_access import dispute_steps, disputes, gate, request_news, request_steps
from data_access.gate import Opened
from data_access.loads import acting
from data_access.plan_states import WRITE
from data_access.tables import (
    Assessment,
    Dispute,
    Enrolment,
    Module,
    Note,
    RightsCase,
    SourceKey,
    TimetableEvent,
)
from privacy.dispute import LONGEST, Kind, State, Ticket
from privacy.labels import Source
from support.sharing import SHORTEST

_JOB = Viewer.service("corrections")


def waiting(viewer: Viewer, at: datetime) -> tuple[Ticket, ...]:
    """What is disputed of the four systems, the oldest first: keys, one value and what is said of it."""
    with gate.reading(viewer, None, acting.act(viewer, Action.READ), at) as opened:
        rows = opened.session.execute(_tickets()).all()
    return tuple(
        Ticket(
            reference=row.reference,
            system=row.system,
            student=row.student_key or "",
            record=row.record or "",
            about=row.about,
            value=row.value,
            claim=row.claim,
            text=row.text,
            raised_at=row.raised_at,
            due=row.due,
        )
        for row in rows
    )


def keep(viewer: Viewer, reference: str, reasons: str, at: datetime) -> str:
    """Let a record stand, with reasons; it counts again, and the student's own words stay with it. Which it is.

    The student is told, and information compliance answers the request with the ways to complain.
    FullerReasonNeeded; GoneMeanwhile when it is settled.
    """
    said = _said(reasons)
    with gate.writing(
        viewer, None, acting.act(viewer, Action.WRITE), at, only={Role.ADMINISTRATOR}
    ) as opened:
        row = _kept(opened, reference, said, Dispute.kind != Kind.NOTE, at)
        about, touched = row.about, dispute_steps.modules(opened, row)
    disputes.rate(touched, at)
    return about


def keep_note(viewer: Viewer, student_id: str, reference: str, reasons: str, at: datetime) -> None:
    """The same of a note, by its author."""
    said = _said(reasons)
    with gate.writing(viewer, student_id, WRITE, at, only={Role.TUTOR}) as opened:
        mine = select(Note.id).where(Note.author == viewer.person, Note.enrolment.in_(opened.enrolments))
        _kept(opened, reference, said, Dispute.note.in_(mine), at)


def _said(reasons: str) -> str:
    said = " ".join(reasons.split())[:LONGEST]
    if len(said) < SHORTEST:
        raise FullerReasonNeeded
    return said


def _kept(opened: Opened, reference: str, said: str, which: Any, at: datetime) -> Dispute:
    row = opened.session.scalar(select(Dispute).where(Dispute.reference == reference, which))
    if row is None:
        raise GoneMeanwhile
    dispute_steps.end(opened, row, State.KEPT, said, at, answer=said)
    request = opened.session.get_one(RightsCase, row.case)
    if request.ended_at is None:
        request_steps.note(opened, request, f"The record was kept by whoever keeps it: {said}", at)
    # An administrator writes to no student: the message is the job's.
    request_news.tell(replace(opened, viewer=_JOB), request, at)
    return row


def _tickets() -> Select[Any]:
    d, e, a, m = Dispute, TimetableEvent, Assessment, Module
    record = case(
        (d.kind == Kind.ATTENDANCE, e.key),
        (d.kind == Kind.WORK, a.key),
        (d.kind == Kind.COURSE, Enrolment.key),
        else_=m.code,
    )
    # All systems know a student by the number in student records.
    number = select(func.min(SourceKey.key)).where(
        SourceKey.person == d.student, SourceKey.system == Source.STUDENT_RECORDS
    )
    return (
        select(d.reference, d.system, d.about, d.value, d.claim, d.text, d.raised_at, RightsCase.due)
        .add_columns(record.label("record"), number.scalar_subquery().label("student_key"))
        .join_from(d, RightsCase, RightsCase.id == d.case)
        .outerjoin(e, e.id == d.event)
        .outerjoin(a, a.id == d.assessment)
        .outerjoin(m, m.id == d.module)
        .outerjoin(Enrolment, Enrolment.id == d.enrolment)
        .where(d.state == State.DISPUTED, d.kind != Kind.NOTE)
        .order_by(d.raised_at, d.id)
    )

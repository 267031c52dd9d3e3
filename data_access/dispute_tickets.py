"""Disputed data for whoever keeps the source: a list by keys, without a name, and a record kept with reasons.

A ticket is closed by a load that brings another value, or here by reasons, and by nothing else.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from auth.permissions import Action
from auth.refusals import FullerReasonNeeded, GoneMeanwhile
from auth.viewer import Role, Viewer
from data_access import dispute_steps, disputes, gate, request_news, request_steps
from data_access.gate import Opened
from data_access.loads import acting
from data_access.plan_states import READ, WRITE
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
        rows = opened.session.execute(_tickets(Dispute.system != Source.HERE)).all()
    return tuple(map(_ticket, rows))


def keep(viewer: Viewer, reference: str, reasons: str, at: datetime) -> str:
    """Let a record stand, with reasons; it counts again, and the student's own words stay with it. Which it is.

    The student is told, and information compliance answers the request with the ways to complain.
    FullerReasonNeeded; GoneMeanwhile when it is settled.
    """
    said = _said(reasons)
    with gate.writing(
        viewer, None, acting.act(viewer, Action.WRITE), at, only={Role.ADMINISTRATOR}
    ) as opened:
        row = _kept(opened, reference, said, Dispute.system != Source.HERE, at)
        about, touched = row.about, dispute_steps.touched(opened, row)
    disputes.rate(touched, at)
    return about


def own(viewer: Viewer, student_id: str, at: datetime) -> tuple[Ticket, ...]:
    """What the student of a tutor disputes of what is written here, the oldest first; a note for its author alone."""
    with gate.reading(viewer, student_id, READ, at, only={Role.TUTOR}) as opened:
        rows = opened.session.execute(_tickets(_theirs(opened))).all()
    return tuple(map(_ticket, rows))


def keep_own(viewer: Viewer, student_id: str, reference: str, reasons: str, at: datetime) -> None:
    """Let stand what is written here, with reasons, by the student's tutor; of a note by its author."""
    said = _said(reasons)
    with gate.writing(viewer, student_id, WRITE, at, only={Role.TUTOR}) as opened:
        _kept(opened, reference, said, _theirs(opened), at)


def _theirs(opened: Opened) -> ColumnElement[bool]:
    """What the tutor who looks has to answer for."""
    d, notes = Dispute, select(Note.id).where(Note.author == opened.viewer.person)
    answers = (d.kind != Kind.NOTE) | d.note.in_(notes)
    return (d.system == Source.HERE) & d.enrolment.in_(opened.enrolments) & answers


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


def _ticket(row: Any) -> Ticket:
    return Ticket(
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


def _tickets(which: ColumnElement[bool]) -> Select[Any]:
    d, e, a, m = Dispute, TimetableEvent, Assessment, Module
    # By what the source knows the record: the class, the work, the module; else the enrolment it belongs to.
    record = func.coalesce(e.key, a.key, m.code, Enrolment.key)
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
        .where(d.state == State.DISPUTED, which)
        .order_by(d.raised_at, d.id)
    )

"""Students passed on to a senior tutor by name, with a reason, and what came of it. At most one at a time."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from auth.permissions import Act, Action
from auth.refusals import FullerReasonNeeded, GoneMeanwhile
from auth.refusals.support import NoSeniorTutorNow, PassedOnAlready
from auth.viewer import Role, Viewer
from data_access import colleagues, gate, outbox, tripwire
from data_access.gate import Opened
from data_access.prepared import ENROLMENTS, Statement, once, run
from data_access.tables import Course, Enrolment, Person
from data_access.tables import Escalation as Row
from privacy.labels import Category
from privacy.purposes import Purpose
from support.escalation import Escalation, SeniorTutor
from support.sharing import SHORTEST

LOOK = Act(Action.READ, Category.SUPPORT, Purpose.FOLLOW_UP)
PASS_ON = Act(Action.WRITE, Category.SUPPORT, Purpose.FOLLOW_UP)
_SENIOR, _BY = aliased(Person), aliased(Person)


def senior_tutors(viewer: Viewer, student_id: str, at: datetime) -> tuple[SeniorTutor, ...]:
    """The colleagues to whom the tutor of this student can pass them on today, by name."""
    with gate.reading_one(viewer, student_id, LOOK, at) as opened:
        found = colleagues.holding(opened, Role.SENIOR_TUTOR, at)
    return tuple(
        SeniorTutor(row.id, f"{row.given_name} {row.family_name}")
        for row in found
        if row.number != viewer.person
    )


def pass_on(
    viewer: Viewer, student_id: str, senior_tutor: str, reason: str, at: datetime, *, why_kept: str = ""
) -> None:
    """Let the senior tutor with this id see the student, until one of the two ends it. The student reads the reason.

    It is for every course on which the viewer tutors the student. NoSeniorTutorNow, FullerReasonNeeded;
    PassedOnAlready where somebody else was asked before, LooksSensitive as `tripwire.said`.
    """
    with gate.writing(viewer, student_id, PASS_ON, at, only={Role.TUTOR}) as opened:
        said = _said(reason, why_kept)
        senior = colleagues.holder(opened, senior_tutor, Role.SENIOR_TUTOR, at)
        if senior is None or senior == viewer.person:
            raise NoSeniorTutorNow
        values = {"senior_tutor": senior, "raised_by": viewer.person, "reason": said, "raised_at": at}
        rows = [Row(enrolment=one, **values) for one in opened.enrolments]
        opened.session.add_all(rows)
        try:
            opened.session.flush()
        except IntegrityError as fault:
            raise PassedOnAlready from fault
        _tell(opened, rows[0], at)


def end(viewer: Viewer, student_id: str, outcome: str, at: datetime, *, why_kept: str = "") -> None:
    """End it, with what came of it: the senior tutor who was asked, or the tutor who takes it back.

    The senior tutor sees the student no longer. GoneMeanwhile when it is over, FullerReasonNeeded.
    """
    with gate.writing(viewer, student_id, PASS_ON, at, only={Role.TUTOR, Role.SENIOR_TUTOR}) as opened:
        here = Row.enrolment.in_(opened.enrolments), Row.ended_at.is_(None)
        values = {"ended_at": at, "outcome": _said(outcome, why_kept)}
        changed: Any = opened.session.execute(update(Row).where(*here).values(values))
        if not changed.rowcount:
            raise GoneMeanwhile


def of(viewer: Viewer, student_id: str | None, at: datetime) -> tuple[Escalation, ...]:
    """Every passing on of one student, the latest first, for the tutor and the student alike; None is one's own."""
    with gate.reading_one(viewer, student_id, LOOK, at) as opened:
        return _found(opened)


def to_me(viewer: Viewer, at: datetime) -> tuple[Escalation, ...]:
    """The students who are passed on to the viewer now, who waits longest first."""
    with gate.reading(viewer, None, LOOK, at, only={Role.SENIOR_TUTOR}) as opened:
        return tuple(one for one in reversed(_found(opened)) if one.runs)


def _tell(opened: Opened, row: Row, at: datetime) -> None:
    """One message, also where the tutor passes on a student of two courses."""
    people = select(Person).where(Person.number.in_((row.senior_tutor, row.raised_by)))
    names = {one.number: f"{one.given_name} {one.family_name}" for one in opened.session.scalars(people)}
    words = {"senior": names[row.senior_tutor], "tutor": names[row.raised_by]}
    outbox.tell(opened, row.enrolment, "passed-on", f"passed-on-{row.id}", words, at)


def _said(text: str, why_kept: str) -> str:
    said = " ".join(text.split())
    if len(said) < SHORTEST:
        raise FullerReasonNeeded
    return tripwire.said(said, why_kept)


def _found(opened: Opened) -> tuple[Escalation, ...]:
    rows = run(opened, _escalations, {"enrolments": opened.enrolments})
    return tuple(
        Escalation(
            id=row.number,
            student_id=row.id,
            student=f"{row.given_name} {row.family_name}",
            course=row.title or "",
            senior_tutor=f"{row.senior_given} {row.senior_family}",
            raised_by=f"{row.by_given} {row.by_family}",
            reason=row.reason,
            raised_at=row.raised_at,
            ended_at=row.ended_at,
            outcome=row.outcome or "",
        )
        for row in rows
    )


@once
def _escalations(opened: Opened) -> Statement:
    columns = opened.columns(
        Person.id,
        Person.given_name,
        Person.family_name,
        Course.title,
        Row.reason,
        Row.raised_at,
        Row.ended_at,
        Row.outcome,
    )
    senior = _SENIOR.given_name.label("senior_given"), _SENIOR.family_name.label("senior_family")
    by = _BY.given_name.label("by_given"), _BY.family_name.label("by_family")
    return (
        select(Row.id.label("number"), *columns, *senior, *by)
        .select_from(Row)
        .join(Enrolment, Enrolment.id == Row.enrolment)
        .join(Course, Course.id == Enrolment.course)
        .join(Person, Person.number == Enrolment.student)
        .join(_SENIOR, _SENIOR.number == Row.senior_tutor)
        .join(_BY, _BY.number == Row.raised_by)
        .where(Row.enrolment.in_(ENROLMENTS))
        .order_by(Row.raised_at.desc(), Row.id.desc())
    )

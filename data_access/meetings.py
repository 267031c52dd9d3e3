"""Meetings and recorded contacts as both sides read them."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from auth.viewer import Viewer
from data_access import gate
from data_access.gate import Opened
from data_access.offers import READ
from data_access.prepared import ENROLMENTS, Statement, once, run
from data_access.tables import Enrolment, MeetingStep, Person
from data_access.tables import Meeting as Stored
from support.meeting import Meeting, State
from support.offer import Step

_STUDENT, _TUTOR = aliased(Person), aliased(Person)


def of(viewer: Viewer, student_id: str | None, at: datetime) -> tuple[Meeting, ...]:
    """Every meeting with one student, the latest first; None is the viewer's own. Raises NotYoursToSee."""
    with gate.reading_one(viewer, student_id, READ, at) as opened:
        return _meetings(opened, _all)


def planned(viewer: Viewer, at: datetime) -> tuple[Meeting, ...]:
    """The meetings with anybody the viewer may see that are planned, or wait to be recorded; the latest first."""
    with gate.reading(viewer, None, READ, at) as opened:
        return _meetings(opened, _planned)


def _meetings(opened: Opened, asked: Callable[[Opened], Statement]) -> tuple[Meeting, ...]:
    theirs = {"enrolments": opened.enrolments}
    rows = run(opened, asked, theirs)
    steps = _steps(opened, theirs) if rows else {}
    return tuple(
        Meeting(
            id=row.id,
            state=row.state,
            student_id=row.student_id,
            student=f"{row.student_given} {row.student_family}",
            tutor=f"{row.tutor_given} {row.tutor_family}",
            starts_at=row.starts_at,
            minutes=row.minutes,
            format=row.format,
            place=row.place,
            offer=row.offer,
            missed=row.missed,
            steps=tuple(steps.get(row.id, ())),
        )
        for row in rows
    )


def _steps(opened: Opened, theirs: Mapping[str, Any]) -> Mapping[int, list[Step]]:
    found = defaultdict(list)
    for row in run(opened, _became, theirs):
        by = " ".join(part for part in (row.given_name, row.family_name) if part)
        found[row.meeting].append(Step(row.state, row.at, by, row.said))
    return found


@once
def _all(opened: Opened) -> Statement:
    m = Stored
    names = opened.columns(
        _STUDENT.id, _STUDENT.given_name, _STUDENT.family_name, _TUTOR.given_name, _TUTOR.family_name
    )
    called = ("student_id", "student_given", "student_family", "tutor_given", "tutor_family")
    return (
        select(*opened.columns(m.id, m.state, m.starts_at, m.minutes, m.format, m.place, m.offer, m.missed))
        .add_columns(*(name.label(label) for name, label in zip(names, called, strict=True)))
        .select_from(m)
        .join(Enrolment, Enrolment.id == m.enrolment)
        .join(_STUDENT, _STUDENT.number == Enrolment.student)
        .join(_TUTOR, _TUTOR.number == m.tutor)
        .where(m.enrolment.in_(ENROLMENTS))
        .order_by(m.starts_at.desc(), m.id.desc())
    )


@once
def _planned(opened: Opened) -> Statement:
    return _all(opened).where(Stored.state == State.PLANNED)


@once
def _became(opened: Opened) -> Statement:
    s = MeetingStep
    return (
        select(*opened.columns(s.meeting, s.state, s.at, s.said, Person.given_name, Person.family_name))
        .join(Stored, Stored.id == s.meeting)
        .outerjoin(Person, Person.number == s.person)
        .where(Stored.enrolment.in_(ENROLMENTS))
        .order_by(s.at, s.id)
    )

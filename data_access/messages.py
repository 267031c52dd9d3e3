"""Messages as they are read: by the student they are to, and by the student's tutor. No address stands in them."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

import policy
from auth.permissions import Act, Action
from auth.viewer import Viewer
from data_access import gate
from data_access.gate import Opened
from data_access.prepared import ENROLMENTS, Statement, once, run
from data_access.tables import Message as Row
from data_access.tables import Person
from privacy.labels import Category
from privacy.purposes import Purpose
from support.message import STUDENTS_ALONE, WHY, Message, Problem, State

READ = Act(Action.READ, Category.MESSAGE, Purpose.COMMUNICATE)


def own(viewer: Viewer, at: datetime) -> tuple[Message, ...]:
    """A student's own messages, the latest first; whatever became of the e-mail, each is here, whole."""
    with gate.reading_one(viewer, None, READ, at) as opened:
        return _all(opened, _told)


def of_tutees(viewer: Viewer, at: datetime) -> tuple[Message, ...]:
    """What was told to all of a tutor's tutees, the latest first: the same texts as the students read.

    But for what is between a student and the compliance team, which their tutor is not told of.
    """
    with gate.reading(viewer, None, READ, at) as opened:
        return _all(opened, _told_to_tutees)


def _all(opened: Opened, told: Callable[[Opened], Statement]) -> tuple[Message, ...]:
    return tuple(_message(row) for row in run(opened, told, {"enrolments": opened.enrolments}))


def _message(row: Sequence[Any]) -> Message:
    number, state, template, subject, body, made, sent, problem, *who = row
    student, given, family, by_given, by_family = who
    return Message(
        id=number,
        state=state,
        template=template,
        subject=subject,
        body=body,
        made_at=made,
        by=" ".join(name for name in (by_given, by_family) if name),
        sent_at=sent,
        why_not=_why_not(state, problem),
        student_id=student,
        student=f"{given} {family}",
    )


def _why_not(state: State, problem: str | None) -> str:
    if state is State.WAITING and not policy.current().messages.sending.host:
        return "no mail server is set up here"
    return WHY[Problem(problem)] if problem else ""


@once
def _told(opened: Opened) -> Statement:
    student, by = aliased(Person), aliased(Person)
    columns = opened.columns(
        Row.id,
        Row.state,
        Row.template,
        Row.subject,
        Row.body,
        Row.made_at,
        Row.sent_at,
        Row.problem,
        student.id,
        student.given_name,
        student.family_name,
        by.given_name,
        by.family_name,
    )
    return (
        select(*columns)
        .select_from(Row)
        .join(student, student.number == Row.to)
        .outerjoin(by, by.number == Row.by)
        .where(Row.enrolment.in_(ENROLMENTS))
        .order_by(Row.made_at.desc(), Row.id.desc())
    )


@once
def _told_to_tutees(opened: Opened) -> Statement:
    return _told(opened).where(Row.template.not_in(STUDENTS_ALONE))

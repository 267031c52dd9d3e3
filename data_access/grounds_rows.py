"""The days and the work on which the grounds of suggestions rest: a statement each, for many enrolments at once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import Select, func, not_, select
from sqlalchemy.orm import Session

from data_access import disputed
from data_access.day_number import day_number
from data_access.scope import covers
from data_access.tables import (
    ACTIVE,
    Assessment,
    Course,
    DailyFact,
    Enrolment,
    EnrolmentStatus,
    Level,
    Mode,
    Registration,
    Submission,
)
from policy.days import day, number

BACK = timedelta(weeks=8)
"""How far back registers not taken and authorised absences are looked for."""


class Marked(NamedTuple):
    """A day with authorised absence, or with a register that was not taken."""

    on: date
    authorised: int
    unrecorded: int


class Due(NamedTuple):
    """Work that was not handed in by the day that is looked at."""

    assessment: int
    module: int
    due: int


class Study(NamedTuple):
    """An enrolment, and the day since which it has been active without a break."""

    enrolment: int
    mode: Mode
    level: Level
    since: date


def studies(session: Session, own: Select[int], on: date) -> Iterator[Study]:
    """The enrolments of these that are active on that day."""
    status = EnrolmentStatus
    about = (Enrolment.id, Enrolment.mode, Course.level, Enrolment.starts)
    question = (
        select(*about, func.max(status.first))
        .join(Course, Course.id == Enrolment.course)
        .join(status, status.enrolment == Enrolment.id)
        .where(
            Enrolment.id.in_(own),
            status.superseded_at.is_(None),
            status.status.in_(ACTIVE),
            covers(status.first, status.last),
        )
        .group_by(*about)
    )
    for enrolment, mode, level, starts, since in session.execute(question, {"today": on}):
        yield Study(enrolment, mode, level, max(starts, since))


def first_due(session: Session) -> dict[int, int]:
    """Of each module the piece of work that is due first."""
    a = Assessment
    question = select(a.module, a.id).where(a.exam.is_(False), a.due_day.is_not(None))
    first: dict[int, int] = {}
    for module, assessment in session.execute(question.order_by(a.due_day, a.id)):
        first.setdefault(module, assessment)
    return first


def marked_days(session: Session, own: Select[int], on: date) -> Mapping[int, list[Marked]]:
    """Recent days of each enrolment with authorised absence, or with a register that was not taken."""
    f, r = DailyFact, Registration
    question = (
        select(r.enrolment, f.day, f.authorised, f.unrecorded)
        .join(f, (f.student == r.student) & (f.module == r.module))
        .where(
            r.enrolment.in_(own),
            f.day.between(number(on - BACK), number(on)),
            (f.authorised > 0) | (f.unrecorded > 0),
        )
    )
    found = defaultdict(list)
    for enrolment, on_day, authorised, unrecorded in session.execute(question, {"today": on}):
        found[enrolment].append(Marked(day(on_day), authorised, unrecorded))
    return found


def missing(session: Session, own: Select[int], since: date, on: date) -> Mapping[int, list[Due]]:
    """Work due between the two days, as they hold for the student, that was not handed in by the last."""
    a, r, s = Assessment, Registration, Submission
    due = func.coalesce(s.extension_day, a.due_day)
    question = (
        select(r.enrolment, a.id, a.module, due)
        .join(a, a.module == r.module)
        .outerjoin(s, (s.assessment == a.id) & (s.student == r.student))
        .where(
            r.enrolment.in_(own),
            a.exam.is_(False),
            due.between(number(since), number(on)),
            s.carried_over.is_not(True),
            s.handed_in_day.is_(None) | (s.handed_in_day > number(on)),
            r.last.is_(None) | (day_number(r.last) >= due),
            not_(disputed.work_of(r.student, a.id)),
        )
    )
    found = defaultdict(list)
    for enrolment, assessment, module, on_day in session.execute(question, {"today": on}):
        found[enrolment].append(Due(assessment, module, on_day))
    return found

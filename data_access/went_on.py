"""What became of the students of a year: who went on, who completed their course, and with which degree."""

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

import policy
from data_access import members
from data_access.members import Members
from data_access.tables import Award, Course, Enrolment, EnrolmentStatus, Status
from engagement.studies import Level
from policy.days import london_day, number
from privacy.releases import Measure

HONOURS = {
    "first class": True,
    "upper second class": True,
    "lower second class": False,
    "second class": False,
    "third class": False,
}
"""Whether a class of honours degree is an upper one, by how student records name it."""


def told_by(on: date) -> date | None:
    """The day by which it is told what became of whoever studies that day: the first census of the next year."""
    ours = policy.current()
    year = ours.calendar.of(on)
    return min(
        (day for first, day in ours.release.censuses(ours.calendar) if first > year.last), default=None
    )


def continued(session: Session, later: date, at: datetime) -> set[int]:
    """Which enrolments are active or completed on the day `later`."""
    return set(session.scalars(members.counted(later, at))) | _completed(session, later)


def finishing(session: Session, university: str, on: date, at: datetime) -> Members | None:
    """Who of those studying that day was due to finish that year, and who completed; None before it is told."""
    if (later := told_by(on)) is None or later >= london_day(at):
        return None
    due = members.counted(on, at).where(Enrolment.expected_end.between(on, later))
    held = {Measure.COMPLETED: _completed(session, later)}
    rows, smallest = members.studying(session, due), policy.current().release.smallest_stage
    return members.placed(session, university, rows, held, smallest=smallest)


def awarded(
    session: Session, university: str, on: date, at: datetime, uk: Callable[[int], bool]
) -> Members | None:
    """Which students from the UK were awarded an honours degree for that year, and of which class; None as above."""
    if (later := told_by(on)) is None or later >= london_day(at):
        return None
    own = (
        select(Award.enrolment)
        .join(Enrolment, Enrolment.id == Award.enrolment)
        .join(Course, Course.id == Enrolment.course)
        .where(
            Award.enrolment.in_(members.counted(on, at)),
            Award.awarded_day.between(number(on), number(later)),
            Course.level == Level.UNDERGRADUATE,
            func.lower(Award.classification).in_(HONOURS),
        )
    )
    upper = own.where(
        func.lower(Award.classification).in_([one for one, is_upper in HONOURS.items() if is_upper])
    )
    rows = [row for row in members.studying(session, own) if uk(row.student)]
    held = {Measure.UPPER: set(session.scalars(upper))}
    smallest = policy.current().release.smallest_stage
    return members.placed(session, university, rows, held, smallest=smallest)


def _completed(session: Session, on: date) -> set[int]:
    s = EnrolmentStatus
    question = select(s.enrolment).where(
        s.status == Status.COMPLETED, s.superseded_at.is_(None), members.held(s.first, s.last, on)
    )
    return set(session.scalars(question))

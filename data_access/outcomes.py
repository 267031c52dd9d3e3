"""How a year of study ended for everybody who was taught in it: read for the back-test alone, and never shown."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, and_, case, func, select
from sqlalchemy.orm import Session

from data_access.tables import (
    Assessment,
    Course,
    Enrolment,
    EnrolmentStatus,
    Level,
    Module,
    Registration,
    Submission,
)
from engagement.measure import half_up, weighted_mean
from engagement.outcome import Held, Outcome, outcome
from policy.calendar import Calendar


@dataclass(frozen=True)
class Ended:
    """An enrolment's course, and how the year ended for it."""

    course: int
    outcome: Outcome


def outcomes(session: Session, year: Calendar, until: date) -> dict[int, Ended]:
    """By enrolment on a taught course, how that year had ended by the day `until`, where it can be said."""
    own = _taught_in(year)
    courses = dict(session.execute(select(Enrolment.id, Enrolment.course).where(Enrolment.id.in_(own))).all())
    statuses, marks = _statuses(session, own), _marks(session, own, year)
    found = {e: outcome(statuses[e], marks.get(e), until) for e in courses}
    return {e: Ended(courses[e], ended) for e, ended in found.items() if ended}


def _taught_in(year: Calendar) -> Select[int]:
    return (
        select(Registration.enrolment)
        .join(Module, Module.id == Registration.module)
        .join(Enrolment, Enrolment.id == Registration.enrolment)
        .join(Course, Course.id == Enrolment.course)
        .where(Module.starts.between(year.first, year.last), Course.level != Level.RESEARCH)
    )


def _statuses(session: Session, own: Select[int]) -> Mapping[int, list[Held]]:
    status = EnrolmentStatus
    question = (
        select(status.enrolment, status.status, status.first, status.last)
        .where(status.enrolment.in_(own), status.superseded_at.is_(None))
        .order_by(status.first, status.id)
    )
    found = defaultdict(list)
    for enrolment, held, first, last in session.execute(question):
        found[enrolment].append(Held(held, first, last))
    return found


def _marks(session: Session, own: Select[int], year: Calendar) -> dict[int, int | None]:
    """The credit-weighted mean of each enrolment's modules of the year, in hundredths of a per cent.

    Of a module it is the mean by the weights of its work, nought for what was never handed in; what was handed in
    and has no mark is left out.
    """
    r, a, s = Registration, Assessment, Submission
    counted = case((and_(s.mark.is_(None), s.handed_in_day.is_not(None)), 0), else_=a.weight)
    question = (
        select(r.enrolment, Module.credits, func.sum(a.weight * func.coalesce(s.mark, 0)), func.sum(counted))
        .join(Module, Module.id == r.module)
        .join(a, a.module == r.module)
        .outerjoin(s, (s.assessment == a.id) & (s.student == r.student))
        .where(r.enrolment.in_(own), Module.starts.between(year.first, year.last))
        .where(r.last.is_(None) | (r.last >= Module.ends))
        .group_by(r.enrolment, r.module, Module.credits)
    )
    modules = defaultdict(list)
    for enrolment, credits, points, weight in session.execute(question):
        modules[enrolment].append((credits, half_up(100 * points, weight) if weight else None))
    return {enrolment: weighted_mean(theirs) for enrolment, theirs in modules.items()}

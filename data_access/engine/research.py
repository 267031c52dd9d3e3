"""A research student's parts over everybody at once: the set-based twin of `engagement.research`.

It is run where the rows are stored, though DuckDB comes to the same digits: a research student has a dozen meetings
and a few milestones in a year, so that a whole university has fewer rows of them than a module has of VLE days.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    and_,
    case,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
    union_all,
)

from data_access import disputed
from data_access.day_number import day_number
from data_access.engine.quotient import Number, half_up
from data_access.tables import ACTIVE, Enrolment, EnrolmentStatus, Milestone, Supervision
from engagement.measure import FULL
from engagement.research import Week
from policy.engagement import Research

_COUNTS = ("meetings_due", "meetings_held", "milestones_due", "milestones_on_time", "milestones_late")
COLUMNS = ("enrolment", "week", "as_of", *_COUNTS, "supervision", "milestones", "score")


def rated(course: int, looked_at: Mapping[int, Week], rules: Research) -> Select[Any]:
    """A row for each enrolment on the course and each week at whose end it is active."""
    on = _laid(looked_at)
    key = (Enrolment.id.label("enrolment"), on.c.week, on.c.as_of)
    there = (
        select(*key, *[literal(0).label(name) for name in _COUNTS])
        .select_from(Enrolment)
        .join(on, _active(on.c.as_of))
        .where(Enrolment.course == course)
    )
    meetings = (
        _due(course, on, Supervision, on.c.first)
        .add_columns(_one(), _done(Supervision.held_day, on), literal(0), literal(0), literal(0))
        .where(
            _counts(Supervision.due_day, Supervision.held_day, on),
            not_(disputed.meeting_of(Supervision.student, Supervision.due_day)),
        )
    )
    met, late = _done(Milestone.met_day, on), Milestone.met_day > Milestone.due_day
    milestones = (
        _due(course, on, Milestone, on.c.year)
        .add_columns(literal(0), literal(0), _one(), case((late, 0), else_=met), case((late, met), else_=0))
        .where(
            _counts(Milestone.due_day, Milestone.met_day, on),
            not_(disputed.milestone_of(Milestone.student, Milestone.title, Milestone.due_day)),
        )
    )
    # All are laid under one another and added up: one pass, and noughts where nothing was due.
    counted = union_all(there, meetings, milestones).subquery("counted")
    c = counted.c
    sums = [func.sum(c[name]).label(name) for name in _COUNTS]
    added = select(c.enrolment, c.week, c.as_of, *sums).group_by(c.enrolment, c.week, c.as_of)
    return _scored(_parts(added.subquery("added")), rules)


def _laid(looked_at: Mapping[int, Week]) -> Subquery:
    """The weeks as a relation."""
    rows = (
        select(
            literal(monday).label("week"),
            literal(week.first).label("first"),
            literal(week.year).label("year"),
            literal(week.as_of).label("as_of"),
            literal(week.known).label("known"),
        )
        for monday, week in looked_at.items()
    )
    return union_all(*rows).subquery("weeks")


def _due(course: int, on: Subquery, of: Any, since: Number) -> Select[Any]:
    """What was due in the days of each week, of whoever was enrolled on the day: who is interrupted is excused."""
    due = of.due_day
    return (
        select(Enrolment.id, on.c.week, on.c.as_of)
        .select_from(Enrolment)
        .join(of, of.student == Enrolment.student)
        .join(on, and_(due >= since, due <= on.c.as_of))
        .where(Enrolment.course == course, _active(due), _active(on.c.as_of))
    )


def _counts(due: Number, done: Number, on: Subquery) -> ColumnElement[bool]:
    """The twin of `Week.counts`."""
    over = and_(due < on.c.as_of, due <= on.c.known)
    return or_(over, and_(done.is_not(None), done <= on.c.as_of))


def _done(day: Number, on: Subquery) -> ColumnElement[int]:
    return case((day <= on.c.as_of, 1), else_=0)


def _one() -> ColumnElement[int]:
    return literal(1)


def _active(day: Number) -> ColumnElement[bool]:
    """Whether the enrolment was active on that day, as far as is known now."""
    s = EnrolmentStatus
    return exists().where(
        s.enrolment == Enrolment.id,
        s.superseded_at.is_(None),
        s.status.in_(ACTIVE),
        day_number(s.first) <= day,
        or_(s.last.is_(None), day_number(s.last) >= day),
    )


def _parts(counted: Subquery) -> Subquery:
    """The twin of `research.parts`."""
    c = counted.c
    overdue = c.milestones_due > c.milestones_on_time + c.milestones_late
    met = FULL * (2 * c.milestones_on_time + c.milestones_late)
    milestones = half_up(met, 2 * c.milestones_due * case((overdue, 2), else_=1))
    supervision = half_up(FULL * c.meetings_held, c.meetings_due)
    return select(*c, supervision.label("supervision"), milestones.label("milestones")).subquery("parted")


def _scored(parted: Subquery, rules: Research) -> Select[Any]:
    """The twin of `research.score`."""
    p = parted.c
    pairs = [(rules.supervision, p.supervision), (rules.milestones, p.milestones)]
    weights = [case((part.is_not(None), weight), else_=0) for weight, part in pairs]
    points = [func.coalesce(weight * part, 0) for weight, part in pairs]
    return select(*p, half_up(points[0] + points[1], weights[0] + weights[1]).label("score"))

"""The rows of research students' ratings: one research enrolment in one week.

Research students are few, so they are rated anew, every week of the year, whenever anything is: no load needs to
mark them.
"""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, and_, delete, false, func, insert, literal, select, union_all
from sqlalchemy.orm import Session

import policy
from data_access import reach
from data_access.engine.research import COLUMNS, rated
from data_access.tables import (
    Course,
    Enrolment,
    EnrolmentWeek,
    Level,
    Milestone,
    ModuleWeek,
    ResearchWeek,
    Supervision,
)
from data_access.week_rows import LEFT_UNUSED
from engagement import research
from engagement.research import Week
from policy.days import monday, number
from policy.engagement import Research

_SCORE = ["enrolment", "week", "as_of", "score", "last_active", "disturbed", "rule"]


def courses(session: Session) -> list[int]:
    """The research courses."""
    return list(session.scalars(select(Course.id).where(Course.level == Level.RESEARCH).order_by(Course.id)))


def replace(session: Session, course: int, today: date) -> None:
    """Rate the enrolments on a research course, every week so far; their score stands where lists look for it."""
    rules = policy.current().engagement
    own = select(Enrolment.id).where(Enrolment.course == course, Enrolment.id.not_in(LEFT_UNUSED))
    session.execute(delete(ResearchWeek).where(ResearchWeek.enrolment.in_(own)))
    session.execute(delete(EnrolmentWeek).where(EnrolmentWeek.enrolment.in_(own)))
    looked_at = weeks(session, rules.research, today)
    if looked_at:
        rows = rated(course, looked_at, rules.research).add_columns(literal(rules.version))
        used = rows.where(rows.selected_columns.enrolment.not_in(LEFT_UNUSED))
        session.execute(insert(ResearchWeek).from_select([*COLUMNS, "rule"], used))
        session.execute(insert(EnrolmentWeek).from_select(_SCORE, _scores(own)))


def weeks(session: Session, rules: Research, today: date) -> dict[int, Week]:
    """The weeks of the year so far, by the day numbers of their Mondays."""
    year = policy.current().calendar.first
    known = number(reach.told_before(session)) - 1
    found, week = {}, monday(year)
    while week <= today:
        as_of = number(min(week + timedelta(days=6), today))
        found[number(week)] = research.week(rules.window_days, number(year), as_of, known)
        week += timedelta(weeks=1)
    return found


def _scores(own: Select[int]) -> Select[Any]:
    """The weeks as enrolments have them. Whatever a research student does is activity, on a module too."""
    r = ResearchWeek
    seen = union_all(
        select(ModuleWeek.enrolment, ModuleWeek.last_active.label("day")).where(
            ModuleWeek.enrolment.in_(own)
        ),
        _days(own, Supervision.student, Supervision.held_day),
        _days(own, Milestone.student, Milestone.met_day),
    ).subquery("seen")
    s = seen.c
    last = and_(s.enrolment == r.enrolment, s.day <= r.as_of)
    columns = (r.enrolment, r.week, r.as_of, r.score, r.rule)
    return (
        select(*columns[:4], func.max(s.day), false(), r.rule)
        .join_from(r, seen, last, isouter=True)
        .where(r.enrolment.in_(own))
        .group_by(*columns)
    )


def _days(own: Select[int], student: Any, day: Any) -> Select[Any]:
    return (
        select(Enrolment.id, day)
        .join_from(Enrolment, student.class_, student == Enrolment.student)
        .where(Enrolment.id.in_(own))
    )

"""The middle half of the other students on the same modules, week by week: two figures, and no other person's row."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, String, case, cast, func, select

import policy
from auth.permissions import Act, Action
from auth.viewer import Viewer
from data_access import gate
from data_access.engine.quotient import weighted_mean
from data_access.gate import Opened
from data_access.prepared import ENROLMENTS, STUDENTS, Statement, once, parameter, run
from data_access.tables import Course, Enrolment, Level, Module, ModuleWeek, Registration
from engagement import view
from engagement.score_line import Middle
from policy.days import day, london_day, number
from privacy.labels import Category
from privacy.purposes import Purpose

LOOK = Act(Action.READ, Category.ENGAGEMENT, Purpose.IDENTIFY)
FEWEST = 10
"""Others on a module; with fewer it is left out."""
STEP = 5
"""Points to which both ends are rounded outwards, so that neither is anybody's own score."""


def middle_half(
    viewer: Viewer, student_id: str | None, module: str | None, at: datetime
) -> tuple[Middle, ...]:
    """Between which scores the middle half of the others lay in each week so far, oldest week first.

    The others are those on a taught module of the student's, or on `module` alone, with at least ten of them
    on it; each by their own score over these modules. None where there are too few, and none for research
    students. None as `student_id` is the viewer's own. Raises NotYoursToSee.
    """
    since, today = view.year(policy.current().calendar)[0], london_day(at)
    with gate.reading_one(viewer, student_id, LOOK, at) as opened:
        rows = run(opened, _quartiles, _asked(opened, module, since, today))
    return tuple(_rounded(day(week), low, high) for week, low, high in rows)


def _asked(opened: Opened, module: str | None, since: date, today: date) -> dict[str, Any]:
    return {
        "enrolments": opened.enrolments,
        "students": opened.students,
        "module": module,
        "since": number(since),
        "until": number(today),
        "fewest": FEWEST,
    }


def _rounded(week: date, low: int, high: int) -> Middle:
    step = 100 * STEP
    return Middle(week, low // step * STEP, -(-high // step) * STEP)


@once
def _quartiles(opened: Opened) -> Statement:
    """The scores a quarter and three quarters up the ranks of each week. This alone reads rows of others."""
    mw, fewest, code = ModuleWeek, parameter("fewest"), parameter("module")
    own = (
        select(Registration.module)
        .join(Enrolment, Enrolment.id == Registration.enrolment)
        .join(Course, Course.id == Enrolment.course)
        .join(Module, Module.id == Registration.module)
        .where(Registration.enrolment.in_(ENROLMENTS), Course.level != Level.RESEARCH)
        .where(func.coalesce(cast(code, String), Module.code) == Module.code)
    )
    on_it = func.count().over(partition_by=(mw.module, mw.week))
    others = (
        select(mw.student, mw.week, mw.score, Module.credits, on_it.label("on_it"))
        .join(Module, Module.id == mw.module)
        .where(mw.module.in_(own), mw.student.not_in(STUDENTS), mw.score.is_not(None))
        .where(mw.week.between(parameter("since"), parameter("until")))
        .subquery()
    )
    each = (
        select(others.c.week, weighted_mean(others.c.credits, others.c.score).label("score"))
        .where(others.c.on_it >= fewest)
        .group_by(others.c.week, others.c.student)
        .subquery()
    )
    ranked = select(
        each.c.week,
        each.c.score,
        func.row_number().over(partition_by=each.c.week, order_by=each.c.score).label("rank"),
        func.count().over(partition_by=each.c.week).label("count"),
    ).subquery()
    r = ranked.c

    def score(rank: ColumnElement[int]) -> ColumnElement[int]:
        return func.max(case((r.rank == rank, r.score)))

    return (
        select(r.week, score((r["count"] + 3) // 4), score((3 * r["count"] + 3) // 4))
        .where(r["count"] >= fewest)
        .group_by(r.week)
        .order_by(r.week)
    )

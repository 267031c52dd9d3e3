"""The ratings: worked out module by module from the facts, week by week, and stored beside what made them."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import date, datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

import policy
from auth.permissions import Act, Action
from auth.viewer import Viewer
from data_access import facts, gate, module_facts
from data_access.module_facts import Registered
from data_access.tables import (
    Course,
    Enrolment,
    EnrolmentWeek,
    Mode,
    Module,
    ModuleWeek,
)
from engagement import measure, weekly
from engagement.measure import Counts
from engagement.weekly import Gaps, Window
from policy.days import london_day, number
from policy.engagement import Engagement
from privacy.labels import Category
from privacy.purposes import Purpose

RATE = Act(Action.WRITE, Category.ENGAGEMENT, Purpose.IDENTIFY)
Row = dict[str, object]


def refresh(viewer: Viewer, at: datetime, report: Callable[[int, int], None] | None = None) -> int:
    """Derive the facts of every module and rate every week so far; how many module weeks were rated.

    Derived rows are replaced in one short transaction for each module, then for each course.
    """
    today = london_day(at)
    with gate.writing(viewer, None, RATE, at) as opened:
        modules = list(opened.session.scalars(select(Module.id).where(Module.starts <= today)))
        courses = list(opened.session.scalars(select(Course.id)))
    rated, total = 0, len(modules) + len(courses)
    for done, module in enumerate(modules, start=1):
        with gate.writing(viewer, None, RATE, at) as opened:
            rated += _rate_module(opened.session, module, today)
        if report:
            report(done, total)
    for done, course in enumerate(courses, start=len(modules) + 1):
        with gate.writing(viewer, None, RATE, at) as opened:
            _rate_enrolments(opened.session, course)
        if report:
            report(done, total)
    return rated


def _rate_module(session: Session, module: int, today: date) -> int:
    facts.derive(session, module, number(today))
    session.execute(delete(ModuleWeek).where(ModuleWeek.module == module))
    rows = list(_weeks(session, module, today))
    if rows:
        session.execute(insert(ModuleWeek), rows)
    return len(rows)


def _weeks(session: Session, module: int, today: date) -> Iterator[Row]:
    """The rows of one module: for each mode of study its own windows, against the median of all in it."""
    rules, calendar = policy.current().engagement, policy.current().calendar
    starts, ends = session.execute(select(Module.starts, Module.ends).where(Module.id == module)).one()
    gaps = module_facts.gaps(session, module)
    registered = module_facts.registered(session, module)
    for mode, length in (
        (Mode.FULL_TIME, rules.windows.full_time),
        (Mode.PART_TIME, rules.windows.part_time),
    ):
        students = [r for r in registered if r.mode is mode]
        if not students:
            continue
        for window in weekly.windows(calendar, length, starts, ends, today):
            for row in _rated(students, window, gaps, _usual(mode, rules), rules):
                yield row | {"module": module}


def _usual(mode: Mode, rules: Engagement) -> tuple[int, int]:
    """The fixed expectation of a mode in days, and the length of its window."""
    if mode is Mode.FULL_TIME:
        return rules.vle.fixed_days_full_time, rules.windows.full_time
    return rules.vle.fixed_days_part_time, rules.windows.part_time


def _rated(
    students: list[Registered], window: Window, gaps: Gaps, usual: tuple[int, int], rules: Engagement
) -> Iterator[Row]:
    there = [r for r in students if r.on(window.as_of)]
    found = [weekly.counts(r.days, r.work, window, gaps) for r in there]
    fixed_days, length = usual
    fed = weekly.days_with_a_feed(window, gaps)
    halves = measure.usual_halves((c.active_days for c in found), (fed, length), fixed_days, rules.vle)
    for student, counts in zip(there, found, strict=True):
        yield _row(student, window, replace(counts, usual_halves=halves), rules)


def _row(student: Registered, window: Window, counts: Counts, rules: Engagement) -> Row:
    parts = measure.parts(counts, rules.excused)
    return {
        "student": student.student,
        "enrolment": student.enrolment,
        "week": window.week,
        "as_of": window.as_of,
        "score": measure.score(parts, rules.weights),
        "last_active": weekly.last_active(student.days, student.work, window.as_of),
        "rule": rules.version,
        **asdict(parts),
        **asdict(counts),
    }


def _rate_enrolments(session: Session, course: int) -> None:
    """The credit-weighted score of each enrolment's modules, halves up, as `measure.weighted_mean` has it."""
    own = select(Enrolment.id).where(Enrolment.course == course)
    session.execute(delete(EnrolmentWeek).where(EnrolmentWeek.enrolment.in_(own)))
    credits = func.sum(Module.credits).filter(ModuleWeek.score.is_not(None))
    total = func.sum(Module.credits * ModuleWeek.score)
    weeks = (
        select(
            ModuleWeek.enrolment,
            ModuleWeek.week,
            func.max(ModuleWeek.as_of).label("as_of"),
            ((2 * total + credits) // (2 * credits)).label("score"),
            func.max(ModuleWeek.last_active).label("last_active"),
            func.max(ModuleWeek.rule).label("rule"),
        )
        .join(Module, Module.id == ModuleWeek.module)
        .where(ModuleWeek.enrolment.in_(own))
        .group_by(ModuleWeek.enrolment, ModuleWeek.week)
        .subquery()
    )
    so_far = func.max(weeks.c.last_active).over(partition_by=weeks.c.enrolment, order_by=weeks.c.week)
    columns = ["enrolment", "week", "as_of", "score", "last_active", "rule"]
    every = select(*[so_far if name == "last_active" else weeks.c[name] for name in columns])
    session.execute(insert(EnrolmentWeek).from_select(columns, every))

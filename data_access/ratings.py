"""The ratings: worked out module by module from the facts, week by week, and stored beside what made them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from datetime import datetime

import pyarrow as pa
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from auth.permissions import Act, Action
from auth.viewer import Viewer
from data_access import facts, feed_days, gate, research_rows, suggesting, taught_modules, week_rows
from data_access.loads import marks
from data_access.loads.marks import Mark
from data_access.tables import Course, Enrolment, ModuleWeek, Registration
from policy.days import london_day, number
from privacy.labels import Category
from privacy.purposes import Purpose

_LOOK = Act(Action.READ, Category.ENGAGEMENT, Purpose.IDENTIFY)
RATE = Act(Action.WRITE, Category.ENGAGEMENT, Purpose.IDENTIFY)
Progress = Callable[[int, int], None]


def refresh(viewer: Viewer, at: datetime, report: Progress | None = None, *, suggests: bool = True) -> int:
    """Derive the facts of every module and rate every week so far; how many module weeks were rated.

    Without `suggests` nothing is suggested by it: who looks back suggests as of each week (`suggesting.refresh`).
    Derived rows are replaced in one short transaction for each module, then for each course.
    """
    with gate.writing(viewer, None, RATE, at) as opened:
        feed_days.keep(opened.session, london_day(at))
        stale = marks.standing(opened.session)
        begun = taught_modules.begun(opened.session, london_day(at))
        every: dict[int, int | None] = dict.fromkeys((*begun, *(mark.module for mark in stale)))
        courses: dict[int, set[int]] = {course: set() for course in opened.session.scalars(select(Course.id))}
    return _rate(viewer, every, courses, stale, at, report, suggests)


def refresh_stale(viewer: Viewer, at: datetime, report: Progress | None = None) -> int:
    """The same for the modules that loads have touched since, and the courses of their students; how many modules.

    Of a module only the weeks are rated that something changed in, and those since it was last rated.
    A module stays marked until all that hangs on it is stored: a run that was stopped is made good by the next.
    Where a whole system tells at last of a day, or is silent for longer than a weekend, that concerns every module.
    """
    with gate.writing(viewer, None, RATE, at) as opened:
        feed_days.keep(opened.session, london_day(at))
        stale = marks.standing(opened.session)
        since: dict[int, int | None] = {mark.module: mark.since for mark in stale}
        courses = _courses(opened.session, since)
    _rate(viewer, since, courses, stale, at, report)
    return len(stale)


def refresh_of(viewer: Viewer, since: Mapping[int, int], at: datetime) -> None:
    """The same for these modules alone, each from the day that is given with it, whether marked or not."""
    with gate.writing(viewer, None, RATE, at) as opened:
        stale = [mark for mark in marks.standing(opened.session) if mark.module in since]
        earliest = {mark.module: min(mark.since, since[mark.module]) for mark in stale}
        courses = _courses(opened.session, since)
    _rate(viewer, {**since, **earliest}, courses, stale, at, None)


def _rate(
    viewer: Viewer,
    modules: Mapping[int, int | None],
    courses: Mapping[int, Collection[int]],
    stale: Collection[Mark],
    at: datetime,
    report: Progress | None,
    suggests: bool = True,
) -> int:
    """Rate the modules, each since the day that is given with it, then the courses; then take away the marks.

    The weeks of a course are worked out since the earliest of its modules; all of them where none is named.
    """
    rated, done, total = 0, 0, len(modules) + len(courses)
    begun: dict[int, int] = {}
    with gate.reading(viewer, None, _LOOK, at) as opened:
        lots = taught_modules.lots(opened.session, modules)
    for together in lots:
        begin = {module: _derive(viewer, module, modules[module], at) for module in together}
        with gate.reading(viewer, None, _LOOK, at) as opened:
            rows = week_rows.worked_out(opened.session, begin, london_day(at))
        begun |= begin
        for module, since in begin.items():
            with gate.writing(viewer, None, RATE, at) as opened:
                rated += _store(opened.session, module, since, rows)
            done += 1
            if report:
                report(done, total)
    for course in sorted(courses):
        earliest = min((begun[module] for module in courses[course]), default=0)
        with gate.writing(viewer, None, RATE, at) as opened:
            own = select(Enrolment.id).where(Enrolment.course == course)
            week_rows.of_enrolments(opened.session, own, earliest)
        done += 1
        if report:
            report(done, total)
    _research(viewer, at)
    if suggests:
        suggesting.refresh(viewer, courses, at)
    if stale:
        with gate.writing(viewer, None, RATE, at) as opened:
            marks.clear(opened.session, stale)
    return rated


def _research(viewer: Viewer, at: datetime) -> None:
    """Rate research students, course by course: they are so few that all are rated each time."""
    with gate.reading(viewer, None, _LOOK, at) as opened:
        courses = research_rows.courses(opened.session)
    for course in courses:
        with gate.writing(viewer, None, RATE, at) as opened:
            research_rows.replace(opened.session, course, london_day(at))


def _derive(viewer: Viewer, module: int, since: int | None, at: datetime) -> int:
    """Derive the facts of a module; the Monday from which on its weeks are to be rated."""
    with gate.writing(viewer, None, RATE, at) as opened:
        first = week_rows.first(opened.session, module, since)
        facts.derive(opened.session, module, number(london_day(at)), first)
    return first


def _store(session: Session, module: int, since: int, rows: pa.Table) -> int:
    """Store the rows of a module, and rate at once who is no longer on it: nothing else leads to them again."""
    on = _on(module, since)
    before = set(session.scalars(on))
    rated = week_rows.replace(session, module, since, rows)
    gone = before.difference(session.scalars(on))
    if gone:
        week_rows.of_enrolments(session, select(Enrolment.id).where(Enrolment.id.in_(gone)), since)
    return rated


def _on(module: int, since: int) -> Select[int]:
    return (
        select(ModuleWeek.enrolment).where(ModuleWeek.module == module, ModuleWeek.week >= since).distinct()
    )


def _courses(session: Session, modules: Collection[int]) -> dict[int, set[int]]:
    """The courses of the students on these modules, each with those of the modules that lead to it."""
    pairs = select(Registration.module, Enrolment.course).join(
        Enrolment, Enrolment.id == Registration.enrolment
    )
    found: dict[int, set[int]] = defaultdict(set)
    for module, course in session.execute(pairs.where(Registration.module.in_(modules)).distinct()):
        found[course].add(module)
    return found

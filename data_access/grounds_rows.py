"""The rows from which the grounds of suggestions are put together: a statement each, for many enrolments at once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

import policy
from data_access import week_rows
from data_access.day_number import day_number
from data_access.scope import covers
from data_access.tables import (
    ACTIVE,
    Assessment,
    Course,
    DailyFact,
    Enrolment,
    EnrolmentStatus,
    EnrolmentWeek,
    Level,
    Mode,
    Module,
    ModuleWeek,
    Registration,
    Submission,
)
from engagement.measure import FULL, Counts, half_up
from policy.days import day, monday, number

BACK = timedelta(weeks=8)
"""How far back registers not taken and authorised absences are looked for."""

_COUNTS = tuple(Counts.__dataclass_fields__)
_WEEK = timedelta(weeks=1)


class OfModule(NamedTuple):
    """One enrolment on one module as it was rated on the day `as_of`."""

    enrolment: int
    module: int
    credits: int
    as_of: date
    score: int | None
    last_active: date | None
    counts: Counts


class Week(NamedTuple):
    """One enrolment's score of a week, and its last day of any activity by then."""

    monday: date
    score: int | None
    last_active: date | None


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


def latest(session: Session, own: Select[int], on: date) -> list[OfModule]:
    """The module weeks of the latest week that is stored up to that day: of this week, or of the last."""
    m = ModuleWeek
    question = (
        select(m.enrolment, m.module, Module.credits, m.week, m.as_of, m.score, m.last_active)
        .add_columns(*(getattr(m, name) for name in _COUNTS))
        .join(Module, Module.id == m.module)
        .where(m.enrolment.in_(own), m.week.in_(_lately(on)), m.as_of <= number(on))
        .order_by(m.enrolment, m.module)
    )
    rows = session.execute(question, {"today": on}).all()
    weeks: dict[int, int] = {}
    for row in rows:
        weeks[row.enrolment] = max(row.week, weeks.get(row.enrolment, 0))
    return [_of_module(row) for row in rows if row.week == weeks[row.enrolment]]


def again(session: Session, own: Select[int], on: date) -> list[OfModule]:
    """The module weeks as a rating on that very day has them, by what is stored now."""
    registered = select(Registration.enrolment, Registration.student, Registration.module, Module.credits)
    question = registered.join(Module, Module.id == Registration.module).where(
        Registration.enrolment.in_(own)
    )
    theirs = {(r.student, r.module): r for r in session.execute(question, {"today": on})}
    modules = dict.fromkeys({module for _, module in theirs}, number(monday(on)))
    rated = week_rows.worked_out(session, modules, on).to_pylist()
    return [
        OfModule(
            theirs[row["student"], row["module"]].enrolment,
            row["module"],
            theirs[row["student"], row["module"]].credits,
            day(row["as_of"]),
            row["score"],
            _day(row["last_active"]),
            Counts(*(row[name] for name in _COUNTS)),
        )
        for row in rated
        if (row["student"], row["module"]) in theirs
    ]


def in_use(session: Session, on: date) -> dict[int, int]:
    """Of each module the share of its students that were active on its pages in the window, in hundredths."""
    m = ModuleWeek
    active = func.sum(case((m.active_days > 0, 1), else_=0))
    question = (
        select(m.module, m.week, active, func.count())
        .where(m.week.in_(_lately(on)), m.as_of <= number(on))
        .group_by(m.module, m.week)
        .order_by(m.week)
    )
    return {module: half_up(FULL * some, of) for module, _, some, of in session.execute(question)}


def first_due(session: Session) -> dict[int, int]:
    """Of each module the piece of work that is due first."""
    a = Assessment
    question = select(a.module, a.id).where(a.exam.is_(False), a.due_day.is_not(None))
    first: dict[int, int] = {}
    for module, assessment in session.execute(question.order_by(a.due_day, a.id)):
        first.setdefault(module, assessment)
    return first


def weeks(session: Session, own: Select[int], on: date) -> Mapping[int, list[Week]]:
    """The weeks of each enrolment in the academic year up to that day, oldest first."""
    w, begins = EnrolmentWeek, policy.current().calendar.of(on).weeks()[0]
    question = (
        select(w.enrolment, w.week, w.score, w.last_active)
        .where(w.enrolment.in_(own), w.week.between(number(begins), number(on)))
        .order_by(w.enrolment, w.week)
    )
    found = defaultdict(list)
    for enrolment, week, score, last_active in session.execute(question, {"today": on}):
        found[enrolment].append(Week(day(week), score, _day(last_active)))
    return found


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


def missing(session: Session, own: Select[int], on: date) -> Mapping[int, list[Due]]:
    """Work of recent weeks that was not handed in by that day, on the day that holds for the student."""
    a, r, s = Assessment, Registration, Submission
    due = func.coalesce(s.extension_day, a.due_day)
    question = (
        select(r.enrolment, a.id, a.module, due)
        .join(a, a.module == r.module)
        .outerjoin(s, (s.assessment == a.id) & (s.student == r.student))
        .where(
            r.enrolment.in_(own),
            a.exam.is_(False),
            due.between(number(on - 2 * BACK), number(on)),
            s.carried_over.is_not(True),
            s.handed_in_day.is_(None) | (s.handed_in_day > number(on)),
            r.last.is_(None) | (day_number(r.last) >= due),
        )
    )
    found = defaultdict(list)
    for enrolment, assessment, module, on_day in session.execute(question, {"today": on}):
        found[enrolment].append(Due(assessment, module, on_day))
    return found


def _lately(on: date) -> tuple[int, int]:
    return number(monday(on)), number(monday(on) - _WEEK)


def _day(of: int | None) -> date | None:
    return None if of is None else day(of)


def _of_module(row: Any) -> OfModule:
    counts = Counts(*(getattr(row, name) for name in _COUNTS))
    return OfModule(
        row.enrolment, row.module, row.credits, day(row.as_of), row.score, _day(row.last_active), counts
    )

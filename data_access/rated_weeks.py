"""The rated weeks on which the grounds of suggestions rest: the latest, or worked out again, and those before."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import Session

import policy
from data_access import taught_modules, week_rows
from data_access.tables import EnrolmentWeek, Module, ModuleWeek, Registration
from engagement.measure import FULL, Counts, half_up
from policy.days import day, monday, number

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
    """One enrolment's score of a week, its last day of any activity by then, and whether the week is disturbed."""

    monday: date
    score: int | None
    last_active: date | None
    disturbed: bool


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
    students = pa.array({student for student, _ in theirs}, pa.int64())
    found = []
    for lot in taught_modules.lots(session, {module for _, module in theirs}):
        rated = week_rows.worked_out(session, dict.fromkeys(lot, number(monday(on))), on)
        rows = rated.filter(pc.is_in(rated["student"], students)).to_pylist()
        found += [_rated(row, one) for row in rows if (one := theirs.get((row["student"], row["module"])))]
    return found


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


def weeks(session: Session, own: Select[int], on: date) -> Mapping[int, list[Week]]:
    """The weeks of each enrolment in the academic year up to that day, oldest first."""
    w, begins = EnrolmentWeek, policy.current().calendar.of(on).weeks()[0]
    question = (
        select(w.enrolment, w.week, w.score, w.last_active, w.disturbed)
        .where(w.enrolment.in_(own), w.week.between(number(begins), number(on)))
        .order_by(w.enrolment, w.week)
    )
    found = defaultdict(list)
    for enrolment, week, score, last_active, disturbed in session.execute(question, {"today": on}):
        found[enrolment].append(Week(day(week), score, _day(last_active), disturbed))
    return found


def _lately(on: date) -> tuple[int, int]:
    return number(monday(on)), number(monday(on) - _WEEK)


def _day(of: int | None) -> date | None:
    return None if of is None else day(of)


def _rated(row: Mapping[str, Any], registered: Any) -> OfModule:
    return OfModule(
        registered.enrolment,
        registered.module,
        registered.credits,
        day(row["as_of"]),
        row["score"],
        _day(row["last_active"]),
        Counts(*(row[name] for name in _COUNTS)),
    )


def _of_module(row: Any) -> OfModule:
    counts = Counts(*(getattr(row, name) for name in _COUNTS))
    return OfModule(
        row.enrolment, row.module, row.credits, day(row.as_of), row.score, _day(row.last_active), counts
    )

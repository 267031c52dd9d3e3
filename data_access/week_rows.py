"""The rows of the ratings: one student on one module in one week, and one enrolment in one week.

Derived rows are replaced whole, from the facts that stand now.
"""

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date

from sqlalchemy import Select, delete, func, insert, select
from sqlalchemy.orm import Session

import policy
from data_access import facts, module_facts
from data_access.module_facts import Registered
from data_access.tables import EnrolmentWeek, Mode, Module, ModuleWeek
from engagement import measure, weekly
from engagement.measure import Counts
from engagement.weekly import Gaps, Window
from policy.days import day, monday, number
from policy.engagement import Engagement

Row = dict[str, object]


def of_module(session: Session, module: int, today: date, since: int | None = None) -> int:
    """Derive the facts of a module and rate every week so far; how many rows that made.

    With `since` nothing changed before that day, and the weeks before it stay as they are.
    """
    first = 0 if since is None else _first(session, module, since)
    facts.derive(session, module, number(today), first)
    session.execute(delete(ModuleWeek).where(ModuleWeek.module == module, ModuleWeek.week >= first))
    rows = list(_weeks(session, module, today, first))
    if rows:
        session.execute(insert(ModuleWeek), rows)
    return len(rows)


def _first(session: Session, module: int, since: int) -> int:
    """The Monday to begin at: the week that ran when the module was last rated is not over in what is stored.

    What was rated by other rules, or not at all, is rated from the start.
    """
    m = ModuleWeek
    rated = select(
        func.max(m.as_of).label("as_of"), func.min(m.rule).label("oldest"), func.max(m.rule).label("rule")
    )
    last = session.execute(rated.where(m.module == module)).one()
    if last.as_of is None or {last.oldest, last.rule} != {policy.current().engagement.version}:
        return 0
    return number(monday(day(min(since, last.as_of))))


def _weeks(session: Session, module: int, today: date, first: int) -> Iterator[Row]:
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
        windows = weekly.windows(calendar, length, starts, ends, today)
        for window in (window for window in windows if window.week >= first):
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


def of_enrolments(session: Session, own: Select[int]) -> None:
    """The credit-weighted score of each enrolment's modules, halves up, as `measure.weighted_mean` has it."""
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

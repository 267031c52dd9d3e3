"""A cohort as the relations that the measure's expression is run over: one window for each presentation."""

import numpy as np
import pyarrow as pa

from data_access.engine.inputs import columns
from engagement import measure, weekly
from engagement.weekly import Gaps, Window
from ingest.oulad.evaluation.cohort import Cohort
from ingest.oulad.evaluation.members import Numbers, Positions
from policy.days import monday, number
from policy.engagement import Engagement

_PART_TIME = 1  # all students of the data set are


def relations(cohort: Cohort, rules: Engagement) -> dict[str, pa.Table]:
    """The relations of `engine.inputs`, by name; a student's number is the position of the member."""
    return {
        "facts": _facts(cohort),
        "registered": _registered(cohort),
        "work": _work(cohort),
        **_windows(cohort, rules),
    }


def _facts(cohort: Cohort) -> pa.Table:
    a = cohort.activity
    return _table(
        "facts",
        len(a.day),
        student=a.member,
        module=cohort.modules[a.member],
        day=_first_days(cohort)[a.member] + a.day,
        views=a.views,
    )


def _registered(cohort: Cohort) -> pa.Table:
    """Nobody has left: whether they will is not known on the day."""
    first = np.array([member.first for member in cohort.members])
    people = np.arange(len(first))
    return _table(
        "registered",
        len(people),
        student=people,
        module=cohort.modules,
        enrolment=people,
        mode=np.full(len(people), _PART_TIME),
        first=_first_days(cohort) + first,
        last=np.full(len(people), np.nan),
    )


def _work(cohort: Cohort) -> pa.Table:
    """What was due before the day. Work due later that is here already is not looked at by the measure."""
    w = cohort.work
    due = w.due < cohort.day
    member = w.member[due]
    begin = _first_days(cohort)[member]
    return _table(
        "work",
        len(member),
        student=member,
        module=cohort.modules[member],
        due=begin + w.due[due],
        handed_in=begin + w.handed_in[due],
        late=w.late[due],
        mark=w.mark[due],
    )


def _windows(cohort: Cohort, rules: Engagement) -> dict[str, pa.Table]:
    """The days before the day, back to the presentation's first; on the day itself work due before is missing."""
    length = rules.windows.part_time
    windows: list[tuple[int, ...]] = []
    days: list[tuple[int, ...]] = []
    lost: list[tuple[int, ...]] = []
    for module, silent in cohort.silent.items():
        presentation = cohort.presentations[module]
        as_of, begins = number(presentation.date(cohort.day)), number(presentation.starts)
        week = number(monday(presentation.date(cohort.day)))
        window = Window(week, as_of, frozenset(range(max(begins, as_of - length), as_of)))
        fed = weekly.days_with_a_feed(window, Gaps(vle=silent))
        usable = int(fed >= rules.vle.smallest_window)
        fallback = measure.fixed_halves(fed, length, rules.vle.fixed_days_part_time)
        windows.append((module, _PART_TIME, week, as_of, window.first, usable, fallback, 0))
        days += [(module, _PART_TIME, day, week) for day in sorted(window.days)]
        lost += [(module, day, 1, 1) for day in sorted(silent)]
    told = {"windows": windows, "window_days": days, "lost": lost}
    return {name: _rows(name, rows) for name, rows in told.items()}


def _first_days(cohort: Cohort) -> Positions:
    """The day number on which each member's presentation began."""
    return np.array([number(cohort.presentations[m.module].starts) for m in cohort.members], np.int64)


def _rows(name: str, rows: list[tuple[int, ...]]) -> pa.Table:
    told = np.array(rows, np.int64).reshape(len(rows), len(columns(name)))
    return _table(name, len(rows), **dict(zip(columns(name), told.T, strict=True)))


def _table(name: str, rows: int, **told: Positions | Numbers) -> pa.Table:
    """Whole numbers, null for what is not a number; of the columns that are not told of, noughts."""
    nought = np.zeros(rows)
    values = {column: told.get(column, nought) for column in columns(name)}
    return pa.table(
        {column: pa.array(value, from_pandas=True).cast(pa.int64()) for column, value in values.items()}
    )

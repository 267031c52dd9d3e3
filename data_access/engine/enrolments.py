"""What the modules of an enrolment come to, week by week: one expression over weeks that are rated already.

It is run where those are stored: a handful of rows for each enrolment and week, next to millions of daily facts.
"""

from typing import Any

from sqlalchemy import Select, case, func, or_, select

from data_access.engine.quotient import weighted_mean
from data_access.tables import EnrolmentWeek, Module, ModuleWeek

COLUMNS = ("enrolment", "week", "as_of", "score", "last_active", "disturbed", "rule")


def weeks(own: Select[int], since: int) -> Select[Any]:
    """A row for each of these enrolments and each week from that Monday on, with the columns of `COLUMNS`.

    The score is the credit-weighted one of the modules, halves up, as `measure.weighted_mean` has it. When there
    was activity before that Monday stands in the weeks that are kept.
    """
    m = ModuleWeek
    disturbed = case((or_(m.gap, m.authorised > 0), 1), else_=0)
    added = (
        select(
            m.enrolment,
            m.week,
            func.max(m.as_of).label("as_of"),
            weighted_mean(Module.credits, m.score).label("score"),
            func.max(m.last_active).label("last_active"),
            (func.max(disturbed) == 1).label("disturbed"),
            func.max(m.rule).label("rule"),
        )
        .join(Module, Module.id == m.module)
        .where(m.enrolment.in_(own), m.week >= since)
        .group_by(m.enrolment, m.week)
        .subquery("added")
    )
    a = added.c
    so_far = func.max(a.last_active).over(partition_by=a.enrolment, order_by=a.week)
    last_active = func.coalesce(so_far, _before(a.enrolment, since)).label("last_active")
    return select(*[last_active if name == "last_active" else a[name] for name in COLUMNS])


def _before(enrolment: Any, since: int) -> Any:
    """The last day of activity by the end of the last week before: it is told on from week to week."""
    w = EnrolmentWeek
    kept = select(w.last_active).where(w.enrolment == enrolment, w.week < since)
    return kept.order_by(w.week.desc()).limit(1).scalar_subquery()

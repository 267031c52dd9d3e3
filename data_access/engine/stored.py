"""What is stored about students, as the relations of `engine.inputs`: read by an engine, or asked in place."""

from collections.abc import Collection
from datetime import date
from typing import Any

import pyarrow as pa
from sqlalchemy import (
    CompoundSelect,
    Connection,
    Executable,
    Select,
    case,
    func,
    literal,
    not_,
    select,
    union_all,
)

from data_access import disputed
from data_access.day_number import day_number
from data_access.engine.inputs import columns
from data_access.restricted import restricted
from data_access.tables import (
    Assessment,
    DailyFact,
    Enrolment,
    Mode,
    Registration,
    Submission,
)
from policy.days import number
from privacy.purposes import Purpose

_ROWS = 50_000  # rows that are held as objects at a time


def facts(modules: Collection[int], since: int = 0) -> CompoundSelect[Any]:
    """The daily facts of these modules from a day on; of the days before, only the last that anybody was seen."""
    f = DailyFact
    own = f.module.in_(modules)
    named = select(*[getattr(f, name) for name in columns("facts")])
    earlier = (
        select(f.student, f.module, func.max(f.day), literal(1), *[literal(0)] * _CLASSES)
        .where(own, f.day < since, (f.views > 0) | (f.attended > 0))
        .group_by(f.student, f.module)
    )
    return union_all(named.where(own, f.day >= since), earlier)


_CLASSES = len(columns("facts")) - len(("student", "module", "day", "views"))


def registered(modules: Collection[int]) -> Select[Any]:
    """Who is registered on them, under which enrolment, and how they study."""
    r = Registration
    mode = case((Enrolment.mode == Mode.PART_TIME, 1), else_=0)
    return (
        select(
            r.student,
            r.module,
            r.enrolment,
            mode.label("mode"),
            day_number(r.first).label("first"),
            day_number(r.last).label("last"),
        )
        .join(Enrolment, Enrolment.id == r.enrolment)
        # Whoever asked that their data be not used is not rated, and stands in no median.
        .where(r.module.in_(modules), not_(restricted(Purpose.IDENTIFY)))
    )


def work(modules: Collection[int], told_before: date) -> Select[Any]:
    """Their work, on the day that holds for each student; no examinations, nothing carried over from before.

    What fell due on the day `told_before` or later may have come: nobody knows yet, so it is left out.
    """
    s, a, r = Submission, Assessment, Registration
    own = (s.assessment == a.id) & (s.student == r.student)
    due = func.coalesce(s.extension_day, a.due_day)
    return (
        select(
            r.student,
            r.module,
            due.label("due"),
            s.handed_in_day.label("handed_in"),
            case((s.late, 1), else_=0).label("late"),
            s.mark,
        )
        .join(a, a.module == r.module)
        .outerjoin(s, own)
        .where(
            r.module.in_(modules),
            a.exam.is_(False),
            a.due_day.is_not(None),
            s.carried_over.is_not(True),
            # As in the daily facts: what its student disputes counts for nothing until it is settled.
            not_(disputed.work_of(r.student, a.id)),
            s.handed_in_day.is_not(None) | (due < number(told_before)),
            # What was due before the student joined is not expected of them, though it counts when it came.
            s.student.is_not(None) | (a.due_day >= day_number(r.first)),
        )
    )


def read(connection: Connection, name: str, asked: Executable) -> pa.Table:
    """The answer as columns. All are whole numbers, so the driver's own rows are taken as they are.

    Some rows are held as objects at a time: in columns they take a tenth of that.
    """
    schema, parts = pa.schema([(column, pa.int64()) for column in columns(name)]), []
    with connection.execute(asked) as found:
        assert found.cursor is not None  # noqa: S101 - a SELECT has one
        while rows := found.cursor.fetchmany(_ROWS):
            arrays = [pa.array(values, pa.int64()) for values in zip(*rows, strict=True)]
            parts.append(pa.RecordBatch.from_arrays(arrays, schema=schema))
    return pa.Table.from_batches(parts, schema)

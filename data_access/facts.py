"""Daily facts, derived from what the four systems report: one statement, module by module.

What its student disputes is no fact until it is settled: every engine and every list that reads these leaves it out.
"""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    case,
    delete,
    func,
    insert,
    literal,
    not_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from data_access import disputed
from data_access.day_number import day_number
from data_access.tables import (
    Assessment,
    Attendance,
    DailyFact,
    Register,
    Registration,
    Submission,
    TimetableEvent,
    VleDay,
)

Column = SQLColumnExpression[Any]
_COUNTS = (
    "views",
    "expected",
    "attended",
    "authorised",
    "cancelled",
    "unrecorded",
    "due",
    "handed_in",
    "handed_in_late",
)


def derive(session: Session, module: int, today: int, since: int = 0) -> None:
    """Replace the daily facts of one module, from `since` up to the day `today`, by what its sources say now."""
    session.execute(delete(DailyFact).where(DailyFact.module == module, DailyFact.day >= since))
    parts = union_all(*_parts(module, today)).subquery()
    keys = (parts.c.student, parts.c.day)
    totals = (
        select(keys[0], literal(module), keys[1], *[func.sum(parts.c[name]) for name in _COUNTS])
        .where(parts.c.day >= since)
        .group_by(*keys)
    )
    session.execute(insert(DailyFact).from_select(["student", "module", "day", *_COUNTS], totals))


def _parts(module: int, today: int) -> list[Select[tuple[int, ...]]]:
    online = _part(VleDay.student, VleDay.day, views=VleDay.views).where(
        VleDay.module == module,
        VleDay.day <= today,
        not_(disputed.online_of(VleDay.student, VleDay.module, VleDay.day)),
    )
    return [online, _classes(module, today), _due(module, today), _handed_in(module, today)]


def _classes(module: int, today: int) -> Select[tuple[int, ...]]:
    held = TimetableEvent.cancelled.is_(False)

    def where(*registers: Register) -> ColumnElement[int]:
        return case((held & Attendance.register.in_(registers), 1), else_=0)

    return (
        _part(
            Attendance.student,
            TimetableEvent.day,
            expected=literal(1),
            attended=where(Register.PRESENT, Register.LATE),
            authorised=where(Register.AUTHORISED),
            cancelled=case((held, 0), else_=1),
            unrecorded=where(Register.NOT_RECORDED),
        )
        .join(TimetableEvent, TimetableEvent.id == Attendance.event)
        .where(
            TimetableEvent.module == module,
            TimetableEvent.day <= today,
            not_(disputed.class_of(Attendance.student, Attendance.event)),
        )
    )


def _due(module: int, today: int) -> Select[tuple[int, ...]]:
    """Work that falls due while the student is registered, on the day that holds for them."""
    day = func.coalesce(Submission.extension_day, Assessment.due_day)
    own = (Submission.assessment == Assessment.id) & (Submission.student == Registration.student)
    return (
        _part(Registration.student, day, due=literal(1))
        .join(Assessment, Assessment.module == Registration.module)
        .outerjoin(Submission, own)
        .where(
            Registration.module == module,
            Assessment.exam.is_(False),
            Submission.carried_over.is_not(True),
            day <= today,
            not_(disputed.work_of(Registration.student, Assessment.id)),
            Registration.last.is_(None) | (day_number(Registration.last) >= day),
        )
    )


def _handed_in(module: int, today: int) -> Select[tuple[int, ...]]:
    return (
        _part(
            Submission.student,
            Submission.handed_in_day,
            handed_in=literal(1),
            handed_in_late=case((Submission.late, 1), else_=0),
        )
        .join(Assessment, Assessment.id == Submission.assessment)
        .where(
            Assessment.module == module,
            Submission.carried_over.is_(False),
            Submission.handed_in_day <= today,
            not_(disputed.work_of(Submission.student, Submission.assessment)),
        )
    )


def _part(student: Column, day: Column, **counts: Column) -> Select[tuple[int, ...]]:
    """One source's share of the union: its counts, and noughts for the others'."""
    filled = [counts.get(name, literal(0)) for name in _COUNTS]
    named: list[Any] = [value.label(name) for name, value in zip(_COUNTS, filled, strict=True)]
    return select(student.label("student"), day.label("day"), *named)

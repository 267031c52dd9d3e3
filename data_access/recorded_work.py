"""The work of one opened student: what was due, what came, and what has not been told of yet."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select

from data_access.gate import Opened
from data_access.prepared import ENROLMENTS, Statement, once, parameter, run
from data_access.tables import Assessment, Registration, Submission
from engagement.facts import Work, WorkState
from policy.days import day


def rows(opened: Opened, asked: Mapping[str, Any]) -> Sequence[Row[Any]]:
    """A row for each piece that is due on a day from `asked["since"]` on, the earliest first."""
    return run(opened, _work, asked)


def pieces(
    of: Iterable[Row[Any]],
    codes: Mapping[int, str],
    loaded: Mapping[int, date],
    today: date,
    told: date,
    disputed: Mapping[int, date],
) -> Iterator[Work]:
    """The work as it stands today, where student records have told of the days before `told`.

    `disputed` holds the day on which the student said that what is recorded of it is wrong.

    An examination is announced, and not held against anybody afterwards.
    """
    for row in of:
        due = day(row.extension_day if row.extension_day is not None else row.due_day)
        state = _state(row, due, today, told)
        if (row.last and due > row.last) or (row.exam and state is WorkState.MISSING):
            continue
        handed_in = day(row.handed_in_day) if row.handed_in_day is not None else None
        extended = row.extension_day is not None
        since = disputed.get(row.assessment)
        yield Work(due, codes[row.module], row.title, extended, handed_in, state, loaded[row.run], since)


def _state(row: Row[Any], due: date, today: date, told: date) -> WorkState:
    if row.handed_in_day is not None and day(row.handed_in_day) <= today:
        return WorkState.LATE if row.late else WorkState.ON_TIME
    return WorkState.MISSING if due < told else WorkState.OPEN


@once
def _work(opened: Opened) -> Statement:
    """Work with a due day that was not carried over from before."""
    assessment, *columns = opened.columns(
        Assessment.id,
        Assessment.module,
        Assessment.title,
        Assessment.due_day,
        Assessment.exam,
        Submission.extension_day,
        Submission.handed_in_day,
        Submission.late,
        Registration.last,
    )
    due = func.coalesce(Submission.extension_day, Assessment.due_day)
    own = (Submission.assessment == Assessment.id) & (Submission.student == Registration.student)
    return (
        select(assessment.label("assessment"), *columns)
        .add_columns(func.coalesce(Submission.run, Assessment.run).label("run"))
        .join_from(Registration, Assessment, Assessment.module == Registration.module)
        .outerjoin(Submission, own)
        .where(
            Registration.enrolment.in_(ENROLMENTS),
            due >= parameter("since"),
            Submission.carried_over.is_not(True),
        )
        .order_by(due, Assessment.id)
    )

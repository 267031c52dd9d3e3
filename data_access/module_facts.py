"""What is known of one module: its registered students with their facts and work, and the gaps in its feeds."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_access.tables import Assessment, DailyFact, Enrolment, FeedGap, Mode, Registration, Submission
from engagement import weekly
from engagement.weekly import Day, Gaps, Work
from policy.days import number
from privacy.labels import Source


@dataclass(frozen=True)
class Registered:
    """One student's registration on the module that is being rated, with all that is known of it."""

    student: int
    enrolment: int
    first: int
    last: int | None
    mode: Mode
    days: Mapping[int, Day]
    work: list[Work]

    def on(self, day: int) -> bool:
        """Whether the registration holds on that day."""
        return self.first <= day and (self.last is None or day <= self.last)


def registered(session: Session, module: int) -> list[Registered]:
    days: dict[int, dict[int, Day]] = defaultdict(dict)
    columns = (
        DailyFact.student,
        DailyFact.day,
        DailyFact.views,
        DailyFact.expected,
        DailyFact.attended,
        DailyFact.authorised,
        DailyFact.cancelled,
        DailyFact.unrecorded,
    )
    for student, day, *counted in session.execute(select(*columns).where(DailyFact.module == module)):
        days[student][day] = Day(*counted)
    work = _work(session, module)
    rows = session.execute(
        select(
            Registration.student,
            Registration.enrolment,
            Registration.first,
            Registration.last,
            Enrolment.mode,
        )
        .join(Enrolment, Enrolment.id == Registration.enrolment)
        .where(Registration.module == module)
        .order_by(Registration.student)
    )
    return [
        Registered(
            r.student,
            r.enrolment,
            number(r.first),
            number(r.last) if r.last else None,
            r.mode,
            days[r.student],
            work(r.student, number(r.first)),
        )
        for r in rows
    ]


def _work(session: Session, module: int) -> Callable[[int, int], list[Work]]:
    """For each student the module's work that has a due day and was not carried over from before."""
    dated = select(Assessment.id, Assessment.due_day).where(
        Assessment.module == module, Assessment.exam.is_(False), Assessment.due_day.is_not(None)
    )
    due: dict[int, int] = {row.id: row.due_day or 0 for row in session.execute(dated)}
    known: dict[int, dict[int, Any]] = defaultdict(dict)
    submissions = session.execute(
        select(
            Submission.student,
            Submission.assessment,
            Submission.handed_in_day,
            Submission.late,
            Submission.extension_day,
            Submission.carried_over,
            Submission.mark,
        ).where(Submission.assessment.in_(due))
    )
    for row in submissions:
        known[row.student][row.assessment] = row

    def of(student: int, first: int) -> list[Work]:
        """What was due before the student joined is not expected of them, though it counts when it came."""
        found = []
        for assessment, day in due.items():
            row = known[student].get(assessment)
            if row is None:
                found += [Work(day, None, late=False)] if day >= first else []
            elif not row.carried_over:
                found.append(Work(row.extension_day or day, row.handed_in_day, row.late, row.mark))
        return found

    return of


def gaps(session: Session, module: int) -> Gaps:
    rows = session.execute(
        select(FeedGap.system, FeedGap.first, FeedGap.last).where(
            FeedGap.module.is_(None) | (FeedGap.module == module)
        )
    ).all()

    def days(system: Source) -> frozenset[int]:
        spans = [weekly.span(r.first, r.last) for r in rows if r.system is system]
        return frozenset().union(*spans)

    return Gaps(vle=days(Source.VLE), attendance=days(Source.ATTENDANCE))

"""Requests as values: read from their rows inside a transaction that is open."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

import policy
from auth.refusals import NotYoursToSee
from data_access.gate import Opened
from data_access.scope import OPEN_TO_TEAM
from data_access.tables import (
    CaseLetter,
    CaseSearch,
    CaseStep,
    Enrolment,
    Person,
    Restriction,
    RightsCase,
    SourceKey,
)
from policy.days import london_day
from privacy.bank_holidays import BankHolidays
from privacy.case import Case, Letter, Search, Step, Unused
from privacy.case_clock import Move, days
from privacy.labels import Source
from privacy.request import Kind

_BY, _ABOUT = aliased(Person), aliased(RightsCase)


def cases(opened: Opened, *where: ColumnElement[bool]) -> tuple[Case, ...]:
    """The requests of the students opened for which all of `where` holds; the first to be due first.

    One whose day cannot be worked out comes before all.
    """
    question = (
        select(RightsCase, Person.id, Person.given_name, Person.family_name, _ABOUT.reference)
        .join(Person, Person.number == RightsCase.student)
        .outerjoin(_ABOUT, _ABOUT.id == RightsCase.about_case)
        .where(RightsCase.student.in_(opened.students), *where)
        .order_by(RightsCase.due.is_not(None), RightsCase.due, RightsCase.id)
    )
    rows = opened.session.execute(question, {"who": opened.viewer.person}).all()
    numbers = [row[0].id for row in rows]
    steps = _steps(opened, numbers)
    searches, letters, unused = (
        _searches(opened, numbers),
        _letters(opened, numbers),
        _unused(opened, numbers),
    )
    return tuple(
        _case(row, steps[n], searches[n], letters[n], unused[n]) for row, n in zip(rows, numbers, strict=True)
    )


def open_to_team(opened: Opened) -> ColumnElement[bool]:
    """Whether a request is open, and for the viewer to answer."""
    return RightsCase.ended_at.is_(None) & OPEN_TO_TEAM


def row(opened: Opened, reference: str, *where: ColumnElement[bool]) -> RightsCase | None:
    """The row of one request of the students opened; None where there is none."""
    mine = (RightsCase.reference == reference, RightsCase.student.in_(opened.students), *where)
    found: RightsCase | None = opened.session.scalar(
        select(RightsCase).where(*mine), {"who": opened.viewer.person}
    )
    return found


def student_of(opened: Opened, reference: str, kind: Kind | None = None) -> int:
    """The number of the student of an open request, for who disposes of records; NotYoursToSee without such a one."""
    question = select(RightsCase.student).where(
        RightsCase.reference == reference, RightsCase.ended_at.is_(None)
    )
    found = opened.session.scalar(question.where(RightsCase.kind == kind) if kind else question)
    if found is None:
        raise NotYoursToSee("There is no open request of that number.")
    return found


def numbered(opened: Opened, key: str) -> int | None:
    """The student of that very number in student records; nobody is searched for."""
    own = SourceKey.system == Source.STUDENT_RECORDS, func.lower(SourceKey.key) == key.strip().lower()
    student = select(SourceKey.person).join(Enrolment, Enrolment.student == SourceKey.person)
    found: int | None = opened.session.scalars(student.where(*own)).first()
    return found


def _case(
    row: Any,
    steps: Sequence[Step],
    searches: Sequence[Search],
    letters: Sequence[Letter],
    unused: Sequence[Unused],
) -> Case:
    of, ours = row[0], policy.current().rights
    moves = [Move(step.state, step.on) for step in steps]
    return Case(
        reference=of.reference,
        student_id=row.id,
        student=f"{row.given_name} {row.family_name}",
        kind=of.kind,
        state=of.state,
        channel=of.channel,
        text=of.text,
        received_at=of.received_at,
        days=days(
            of.kind,
            london_day(of.received_at),
            moves,
            BankHolidays(ours.holidays),
            ours.progress_days,
            of.marks_by,
        ),
        ended_at=of.ended_at,
        about_team=of.about_team,
        about=row.reference or "",
        steps=tuple(steps),
        searches=tuple(searches),
        letters=tuple(letters),
        unused=tuple(unused),
        marks_by=of.marks_by,
    )


def _steps(opened: Opened, numbers: Sequence[int]) -> dict[int, list[Step]]:
    columns = CaseStep.case, CaseStep.state, CaseStep.on, CaseStep.at, CaseStep.why
    found: dict[int, list[Step]] = defaultdict(list)
    for r in _by(opened, CaseStep, columns, numbers):
        found[r.case].append(Step(r.state, r.on, r.at, _name(r), r.why))
    return found


def _searches(opened: Opened, numbers: Sequence[int]) -> dict[int, list[Search]]:
    s = CaseSearch
    columns = s.case, s.system, s.searched, s.terms, s.first, s.last, s.why
    found: dict[int, list[Search]] = defaultdict(list)
    for r in _by(opened, s, columns, numbers):
        found[r.case].append(Search(r.system, r.searched, r.terms, r.first, r.last, r.why, _name(r)))
    return found


def _letters(opened: Opened, numbers: Sequence[int]) -> dict[int, list[Letter]]:
    question = select(CaseLetter).where(CaseLetter.case.in_(numbers)).order_by(CaseLetter.id)
    found: dict[int, list[Letter]] = defaultdict(list)
    for one in opened.session.scalars(question):
        found[one.case].append(Letter(one.state, one.text, one.sent_at))
    return found


def _unused(opened: Opened, numbers: Sequence[int]) -> dict[int, list[Unused]]:
    r = Restriction
    question = select(r).where(r.case.in_(numbers), r.lifted_at.is_(None)).order_by(r.id)
    found: dict[int, list[Unused]] = defaultdict(list)
    for one in opened.session.scalars(question):
        found[one.case].append(Unused(one.purpose, one.begun_at, one.told_at, one.why))
    return found


def _by(opened: Opened, table: Any, columns: Sequence[Any], numbers: Sequence[int]) -> Sequence[Any]:
    """The rows of these requests in their order, each with the name of whoever it is by."""
    question = (
        select(*columns, _BY.given_name, _BY.family_name)
        .outerjoin(_BY, _BY.number == table.person)
        .where(table.case.in_(numbers))
        .order_by(table.id)
    )
    return opened.session.execute(question).all()


def _name(row: Any) -> str:
    return f"{row.given_name} {row.family_name}" if row.given_name else ""

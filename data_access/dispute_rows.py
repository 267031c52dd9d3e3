"""Disputes as values: read from their rows inside a transaction that is open."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import select

from data_access.gate import Opened
from data_access.tables import CorrectionNews, DisputeStep, Person, RightsCase
from data_access.tables import Dispute as Row
from privacy.dispute import Dispute, Step


def read(opened: Opened) -> tuple[Dispute, ...]:
    """Those of the students opened, the latest first."""
    question = (
        select(Row, RightsCase.reference, RightsCase.due)
        .join(RightsCase, RightsCase.id == Row.case)
        .where(Row.student.in_(opened.students))
        .order_by(Row.id.desc())
    )
    found = opened.session.execute(question).all()
    numbers = [row.id for row, _, _ in found]
    steps, told = _steps(opened, numbers), _told(opened, numbers)
    return tuple(
        Dispute(
            reference=row.reference,
            kind=row.kind,
            about=row.about,
            value=row.value,
            claim=row.claim,
            text=row.text,
            state=row.state,
            raised_at=row.raised_at,
            request=request,
            steps=tuple(steps[row.id]),
            now=row.now or "",
            answer=row.answer or "",
            told=tuple(told[row.id]),
            due=due,
        )
        for row, request, due in found
    )


def _steps(opened: Opened, of: Sequence[int]) -> dict[int, list[Step]]:
    d = DisputeStep
    question = select(d.dispute, d.state, d.at, d.why).where(d.dispute.in_(of)).order_by(d.id)
    found: dict[int, list[Step]] = defaultdict(list)
    for dispute, state, at, why in opened.session.execute(question):
        found[dispute].append(Step(state, at, why))
    return found


def _told(opened: Opened, of: Sequence[int]) -> dict[int, list[str]]:
    question = (
        select(CorrectionNews.dispute, Person.given_name, Person.family_name)
        .join(Person, Person.number == CorrectionNews.recipient)
        .where(CorrectionNews.dispute.in_(of))
        .order_by(Person.family_name, Person.given_name)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for dispute, given, family in opened.session.execute(question):
        found[dispute].append(f"{given} {family}")
    return found

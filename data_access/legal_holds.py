"""Legal holds: placed and lifted by information compliance, and whom they keep from being disposed of."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from auth.permissions import Act, Action
from auth.refusals import FullerReasonNeeded, GoneMeanwhile
from auth.viewer import Role, Viewer
from data_access import access_log, gate, request_rows
from data_access.gate import Opened
from data_access.tables import LegalHold, Person
from privacy.labels import Category
from privacy.purposes import Duty
from privacy.retention import Hold

LOOK = Act(Action.READ, Category.DISPOSAL, Duty.RETENTION)
DECIDE = Act(Action.WRITE, Category.DISPOSAL, Duty.RETENTION)
_SHORTEST = 15


def of(viewer: Viewer, at: datetime) -> tuple[Hold, ...]:
    """Every hold, the latest first; students by the pseudonym of the access log."""
    question = (
        select(LegalHold, Person.given_name, Person.family_name)
        .join(Person, Person.number == LegalHold.placed_by)
        .order_by(LegalHold.id.desc())
    )
    with gate.reading(viewer, None, LOOK, at) as opened:
        return tuple(
            Hold(
                id=row.id,
                student=access_log.pseudonym(row.student) if row.student else "",
                kind=row.kind,
                reason=row.reason,
                placed_by=f"{given} {family}",
                placed_at=row.placed_at,
                lifted_at=row.lifted_at,
            )
            for row, given, family in opened.session.execute(question)
        )


def place(viewer: Viewer, case: str, kind: str, reason: str, at: datetime) -> int:
    """Hold back records for a legal reason: of the student of a request by its reference, of a class, or both.

    FullerReasonNeeded; NotYoursToSee where there is no such request.
    """
    said = why(reason)
    with gate.writing(viewer, None, DECIDE, at, only={Role.COMPLIANCE}) as opened:
        student = request_rows.student_of(opened, case) if case else None
        row = LegalHold(student=student, kind=kind, reason=said, placed_by=viewer.person, placed_at=at)
        opened.session.add(row)
        opened.session.flush()
        return row.id


def lift(viewer: Viewer, number: int, at: datetime) -> None:
    """End a hold. GoneMeanwhile when it is over already."""
    with gate.writing(viewer, None, DECIDE, at, only={Role.COMPLIANCE}) as opened:
        mine = update(LegalHold).where(LegalHold.id == number, LegalHold.lifted_at.is_(None))
        done: Any = opened.session.execute(mine.values(lifted_at=at, lifted_by=viewer.person))
        if done.rowcount != 1:
            raise GoneMeanwhile


def running(opened: Opened, *kinds: str) -> frozenset[int | None]:
    """Whose records of one of the classes are held; None among them stands for everybody's."""
    question = select(LegalHold.student).where(
        LegalHold.lifted_at.is_(None), LegalHold.kind.in_(["", *kinds])
    )
    return frozenset(opened.session.scalars(question))


def why(reason: str) -> str:
    """The reason on one line; FullerReasonNeeded where it says too little."""
    said = " ".join(reason.split())
    if len(said) < _SHORTEST:
        raise FullerReasonNeeded
    return said

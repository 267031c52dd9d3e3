"""What a student can say is wrong, in words: read from the rows as they stand now, inside a transaction that is open.

The same words say later whether another load has brought another value.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func
from sqlalchemy.orm import Session

from data_access import disputable_beside as beside
from data_access import disputable_records as records
from data_access.disputable_records import Readable
from data_access.tables import Assessment, Submission, TimetableEvent, VleDay
from privacy.dispute import Datum, Kind, Target

_KINDS: Mapping[Kind, Readable] = {**records.READABLE, **beside.READABLE}
TABLES: Mapping[Kind, frozenset[str]] = {kind: one.tables for kind, one in _KINDS.items()}
"""The tables whose rows can be disputed, by kind."""
_DAYS: Mapping[Kind, Any] = {
    Kind.ATTENDANCE: TimetableEvent.day,
    Kind.WORK: func.coalesce(Submission.extension_day, Assessment.due_day),
    Kind.ONLINE: VleDay.day,
}


def every(session: Session, student: int, kind: Kind, since: int, until: int) -> list[Datum]:
    """The student's data of that kind; the latest first, from the day `since` to the day `until`.

    What has no day of teaching is all there.
    """
    readable = _KINDS[kind]
    question = readable.rows(student)
    days = _DAYS.get(kind)
    if days is not None:
        question = question.where(days.between(since, until)).order_by(days.desc())
    return [datum for row in session.execute(question) for datum in readable.data(row)]


def now(session: Session, student: int, target: Target) -> Datum | None:
    """One datum as it stands; None where nothing is recorded any more."""
    readable = _KINDS[target.kind]
    question = readable.rows(student).where(readable.which(target))
    found = (datum for row in session.execute(question) for datum in readable.data(row))
    return next((datum for datum in found if datum.target == target), None)

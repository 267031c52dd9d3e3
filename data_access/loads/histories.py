"""What hangs on an enrolment and changes over time: its statuses, its agreement, its personal tutors."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_access.loads.changes import Change, Fact, Values, compare, differ, look_up, table_of
from data_access.loads.numbers import Nouns
from data_access.loads.whole import certain, numbered
from data_access.records import Batch
from data_access.tables import EnrolmentAgreement, EnrolmentStatus, Tutoring


def changes(session: Session, nouns: Nouns, batch: Batch, run: int, at: datetime) -> list[Change]:
    """The histories of the enrolments that the batch brings; those of other enrolments stay as they are."""
    return [
        _statuses(session, nouns, batch, run, at),
        *_agreements(session, nouns, batch, run),
        _tutorings(session, nouns, batch, run),
    ]


def _statuses(session: Session, nouns: Nouns, batch: Batch, run: int, at: datetime) -> Change:
    """A status that is told no longer is superseded, not deleted: what was believed when stays known."""
    told = [
        (nouns.enrolments[enrolment.key], status.status, status.first, status.last)
        for enrolment in batch.enrolments
        for status in enrolment.statuses
    ]
    s = EnrolmentStatus
    question = select(s.id, s.enrolment, s.status, s.first, s.last).where(s.superseded_at.is_(None))
    numbers = {nouns.enrolments[enrolment.key] for enrolment in batch.enrolments}
    believed: dict[Fact, int] = {
        tuple(row[1:]): row.id for row in look_up(session, question, s.enrolment, numbers)
    }
    fresh, gone = differ(told, believed)
    inserts: list[Values] = [
        {
            "id": number,
            "enrolment": enrolment,
            "status": status,
            "first": first,
            "last": last,
            "recorded_at": at,
            "run": run,
        }
        for (enrolment, status, first, last), number in zip(fresh, nouns.statuses, strict=False)
    ]
    superseded = [row | {"superseded_at": at} for row in gone]
    return Change(table_of(s.id), ("id",), insert=inserts, update=superseded)


def _agreements(session: Session, nouns: Nouns, batch: Batch, run: int) -> list[Change]:
    """An agreement that is told no longer goes, and with it everybody's sight of the enrolment."""
    rows: list[Values] = [
        {
            "enrolment": nouns.enrolments[enrolment.key],
            "agreed_on": enrolment.agreed_on,
            "regulation": enrolment.regulation,
            "run": run,
        }
        for enrolment in batch.enrolments
        if enrolment.agreed_on
    ]
    without = {nouns.enrolments[e.key] for e in batch.enrolments if not e.agreed_on}
    question = select(EnrolmentAgreement.enrolment)
    gone = [row._asdict() for row in look_up(session, question, EnrolmentAgreement.enrolment, without)]
    return [
        Change(table_of(EnrolmentAgreement.enrolment), ("enrolment",), delete=gone),
        compare(session, rows, (EnrolmentAgreement.enrolment,), EnrolmentAgreement.enrolment),
    ]


def _tutorings(session: Session, nouns: Nouns, batch: Batch, run: int) -> Change:
    """The tutors that earlier loads gave these enrolments give way; those given here, by hand, stay.

    They stay too where a row about the enrolment was refused, or replayed alone: it does not tell all.
    """
    nouns.people.learn(tutoring.tutor for tutoring in batch.tutorings)
    nouns.enrolments.learn(tutoring.enrolment for tutoring in batch.tutorings)
    told = [(nouns.enrolments[t.enrolment], nouns.people[t.tutor], t.first, t.last) for t in batch.tutorings]
    t = Tutoring
    question = select(t.id, t.enrolment, t.tutor, t.first, t.last).where(t.run.is_not(None))
    numbers = {enrolment for enrolment, *_ in told}
    believed: dict[Fact, int] = {
        tuple(row[1:]): row.id for row in look_up(session, question, t.enrolment, numbers)
    }
    whole = numbered(
        nouns.enrolments, certain(batch, "personal tutors", (one.enrolment for one in batch.tutorings))
    )
    same = {fact[:3] for fact in told}
    fresh, gone = differ(told, {f: n for f, n in believed.items() if f[0] in whole or f[:3] in same})
    inserts: list[Values] = [
        {"id": number, "enrolment": enrolment, "tutor": tutor, "first": first, "last": last, "run": run}
        for (enrolment, tutor, first, last), number in zip(fresh, nouns.tutorings, strict=False)
    ]
    return Change(table_of(t.id), ("id",), insert=inserts, delete=gone)

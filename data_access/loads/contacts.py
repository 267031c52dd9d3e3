"""How students can be reached, as rows: while a course goes on, and gone in the run that finds it ended."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import not_, select
from sqlalchemy.orm import Session

from data_access.loads.bulk import Bulk
from data_access.loads.changes import Change, Question, Values, compare, look_up, table_of
from data_access.loads.numbers import Nouns
from data_access.loads.whole import certain, numbered
from data_access.records import Batch, EnrolmentRecord
from data_access.scope import on_course
from data_access.tables import ON_COURSE, ContactDetail, DisposedClass, Enrolment
from policy.days import london_day
from privacy.labels import Retention, Source

_KEY = (ContactDetail.enrolment, ContactDetail.kind)


def changes(session: Session, nouns: Nouns, batch: Batch, run: int, at: datetime) -> list[Change]:
    """What a load of student records leaves here: a contact for each enrolment that has not ended once it is stored.

    Those of interrupted studies are kept for the return. Those of all other enrolments are deleted, whether or not
    the load speaks of them, so that none outlives its course by more than a load and none comes back with a load.
    Where a whole sheet of students tells of a kind at all, one whom it brings without it has none any more.
    """
    if batch.system is not Source.STUDENT_RECORDS:
        return []
    today = london_day(at)
    told = {nouns.enrolments[enrolment.key]: _on_course(enrolment, today) for enrolment in batch.enrolments}
    rows = list(_rows(session, nouns, batch, run, told, today))
    kept = {(row["enrolment"], row["kind"]) for row in rows}
    gone = {*_ended(session, told, today), *_told_no_longer(session, nouns, batch)} - kept
    table = table_of(ContactDetail.enrolment)
    deleted = [{"enrolment": enrolment, "kind": kind} for enrolment, kind in sorted(gone)]
    return [Change(table, ("enrolment", "kind"), delete=deleted), compare(session, rows, _KEY, _KEY[0])]


def gone(changes: Sequence[Change | Bulk]) -> list[int]:
    """The enrolments by which these changes of a load delete a way to reach somebody."""
    table = table_of(ContactDetail.enrolment)
    own = [one for one in changes if isinstance(one, Change) and one.table is table]
    return sorted({row["enrolment"] for one in own for row in one.delete})


def ended(session: Session, changes: Sequence[Change | Bulk]) -> list[tuple[int, int]]:
    """Their students and numbers."""
    question = select(Enrolment.student, Enrolment.id)
    return [(row.student, row.id) for row in look_up(session, question, Enrolment.id, gone(changes))]


def _on_course(enrolment: EnrolmentRecord, today: date) -> bool:
    """The twin of `scope.on_course` for an enrolment as this load tells it."""
    agreed = enrolment.agreed_on is not None and enrolment.agreed_on <= today
    return agreed and any(
        status.status in ON_COURSE and status.first <= today and (status.last is None or today <= status.last)
        for status in enrolment.statuses
    )


def _rows(
    session: Session, nouns: Nouns, batch: Batch, run: int, told: Mapping[int, bool], today: date
) -> Iterator[Values]:
    nouns.people.learn(contact.student for contact in batch.contacts)
    students = {nouns.people[contact.student] for contact in batch.contacts}
    question = (
        select(Enrolment.student, Enrolment.id, Enrolment.starts).where(on_course()).params(today=today)
    )
    stored = [tuple(row) for row in look_up(session, question, Enrolment.student, students)]
    brought = [(nouns.people[e.student], nouns.enrolments[e.key], e.starts) for e in batch.enrolments]
    erased = _erased(session)
    enrolments: dict[int, set[int]] = {student: set() for student in students}
    for student, enrolment, starts in (*stored, *brought):
        begun_since = student not in erased or starts > erased[student]
        if student in students and told.get(enrolment, True) and begun_since:
            enrolments[student].add(enrolment)
    for contact in batch.contacts:
        for enrolment in sorted(enrolments[nouns.people[contact.student]]):
            yield {"enrolment": enrolment, "kind": contact.kind, "value": contact.value, "run": run}


def _ended(session: Session, told: Mapping[int, bool], today: date) -> Iterator[tuple[int, str]]:
    """The contacts of enrolments that have ended or not begun: as stored, or as this load tells them."""
    stored = select(*_KEY).join(Enrolment, Enrolment.id == ContactDetail.enrolment).where(not_(on_course()))
    for row in session.connection().execute(stored, {"today": today}):
        if not told.get(row.enrolment, False):
            yield row.enrolment, row.kind
    over = {enrolment for enrolment, goes_on in told.items() if not goes_on}
    yield from _found(session, select(*_KEY), over)


def _erased(session: Session) -> Mapping[int, date]:
    """The students whose ways to be reached were erased at their own wish, and when: a new course brings new ones."""
    d = DisposedClass
    return {
        row.person: row.day for row in session.execute(select(d).where(d.kind == Retention.CONTACT)).scalars()
    }


def _told_no_longer(session: Session, nouns: Nouns, batch: Batch) -> Iterator[tuple[int, str]]:
    kinds = {contact.kind for contact in batch.contacts}
    students = numbered(nouns.people, certain(batch, "students", (person.key for person in batch.people)))
    question = select(Enrolment.id).where(Enrolment.id.in_(select(ContactDetail.enrolment)))
    enrolments = {row.id for row in look_up(session, question, Enrolment.student, students)}
    yield from _found(session, select(*_KEY).where(ContactDetail.kind.in_(kinds)), enrolments)


def _found(session: Session, question: Question, enrolments: set[int]) -> Iterator[tuple[int, str]]:
    for row in look_up(session, question, ContactDetail.enrolment, enrolments):
        yield row.enrolment, row.kind

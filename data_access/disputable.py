"""What a student can say is wrong, in words: read from the rows as they stand now, inside a transaction that is open.

The same words say later whether another load has brought another value.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from data_access.tables import (
    Assessment,
    Attendance,
    Course,
    Enrolment,
    EntryKind,
    Module,
    Note,
    NoteEntry,
    Person,
    Registration,
    Submission,
    TimetableEvent,
    VleDay,
)
from engagement import words
from policy.days import LONDON, day, london_day
from privacy.dispute import Datum, Field, Kind, Target
from support.note import SHOWN

_LATER = aliased(NoteEntry)
Rows = Select[*tuple[Any, ...]]


def every(session: Session, student: int, kind: Kind, since: int, until: int) -> list[Datum]:
    """The student's data of that kind; the latest first, from the day `since` to the day `until`.

    What has no day is all there.
    """
    rows, one = _KINDS[kind]
    question = rows(student)
    days = _DAYS.get(kind)
    if days is not None:
        question = question.where(days.between(since, until)).order_by(days.desc())
    return [datum for row in session.execute(question) for datum in one(row)]


def now(session: Session, student: int, target: Target) -> Datum | None:
    """One datum as it stands; None where nothing is recorded any more."""
    rows, one = _KINDS[target.kind]
    question = rows(student).where(_KEYS[target.kind] == target.number)
    if target.kind is Kind.ONLINE:
        question = question.where(VleDay.day == target.day)
    found = (datum for row in session.execute(question) for datum in one(row))
    return next((datum for datum in found if datum.target == target), None)


def _classes(student: int) -> Rows:
    e = TimetableEvent
    return (
        select(Attendance.event, e.starts_at, e.kind, e.cancelled, Attendance.register, Module.title)
        .join_from(Attendance, e, e.id == Attendance.event)
        .join(Module, Module.id == e.module)
        .where(Attendance.student == student)
    )


def _class(row: Any) -> Iterator[Datum]:
    starts = row.starts_at.astimezone(LONDON)
    about = f"{row.kind} of {row.title}, {words.day(starts.date())}, {starts:%H:%M}"
    value = "cancelled" if row.cancelled else str(row.register)
    yield Datum(Target(Kind.ATTENDANCE, row.event), about, value, london_day(row.starts_at))


def _work(student: int) -> Rows:
    """Also what has no submission: that nothing came is what is recorded of it."""
    a, s, r = Assessment, Submission, Registration
    return (
        select(a.id, a.title, a.due_day, Module.title.label("module"))
        .add_columns(s.handed_in_day, s.late, s.extension_day, s.carried_over, s.mark)
        .join_from(r, a, a.module == r.module)
        .join(Module, Module.id == a.module)
        .outerjoin(s, (s.assessment == a.id) & (s.student == r.student))
        .where(r.student == student, a.due_day.is_not(None))
    )


def _piece(row: Any) -> Iterator[Datum]:
    due = day(row.due_day)
    about = f"“{row.title}” of {row.module}, due {words.day(due)}"
    yield Datum(Target(Kind.WORK, row.id), about, ", ".join(_became(row)), due)


def _became(row: Any) -> Iterator[str]:
    if row.handed_in_day is None:
        yield "not handed in"
    else:
        yield f"handed in {words.day(day(row.handed_in_day))}"
        yield "late" if row.late else "on time"
    if row.extension_day is not None:
        yield f"extended to {words.day(day(row.extension_day))}"
    if row.carried_over:
        yield "carried over from an earlier year"
    if row.mark is not None:
        yield f"mark {row.mark}"


def _online(student: int) -> Rows:
    v = VleDay
    return (
        select(v.module, v.day, v.views, Module.title)
        .join_from(v, Module, Module.id == v.module)
        .where(v.student == student)
    )


def _day(row: Any) -> Iterator[Datum]:
    on = day(row.day)
    about = f"VLE pages of {row.title}, {words.day(on)}"
    yield Datum(Target(Kind.ONLINE, row.module, row.day), about, words.of(row.views, "page view"), on)


def _enrolments(student: int) -> Rows:
    e = Enrolment
    return (
        select(e.id, Course.title, e.mode, e.stage, e.starts, e.expected_end)
        .join_from(e, Course, Course.id == e.course)
        .where(e.student == student)
        .order_by(e.id.desc())
    )


def _enrolment(row: Any) -> Iterator[Datum]:
    values: Mapping[Field, str] = {
        Field.COURSE: row.title,
        Field.MODE: str(row.mode),
        Field.STAGE: str(row.stage),
        Field.STARTS: f"{row.starts:%-d %B %Y}",
        Field.EXPECTED_END: f"{row.expected_end:%-d %B %Y}",
    }
    for field, value in values.items():
        yield Datum(Target(Kind.COURSE, row.id, field=field), f"{field.words} ({row.title})", value)


def _registrations(student: int) -> Rows:
    r = Registration
    return (
        select(r.module, Module.title, r.first, r.last)
        .join_from(r, Module, Module.id == r.module)
        .where(r.student == student)
        .order_by(r.first.desc(), Module.title)
    )


def _registration(row: Any) -> Iterator[Datum]:
    until = f" to {row.last:%-d %B %Y}" if row.last else ""
    value = f"registered from {row.first:%-d %B %Y}{until}"
    yield Datum(Target(Kind.MODULE, row.module), row.title, value)


def _notes(student: int) -> Rows:
    """Those that the student reads, with the words that stand: the text, or the last correction of it."""
    n, e = Note, NoteEntry
    stands = select(func.max(_LATER.id)).where(_LATER.note == n.id, _LATER.kind != EntryKind.COMMENT)
    return (
        select(n.id, n.begun_at, Person.given_name, Person.family_name, e.text)
        .join_from(n, e, e.id == stands.correlate(n).scalar_subquery())
        .join(Person, Person.number == n.author)
        .join(Enrolment, Enrolment.id == n.enrolment)
        .where(Enrolment.student == student, n.state.in_(SHOWN))
        .order_by(n.id.desc())
    )


def _note(row: Any) -> Iterator[Datum]:
    on = london_day(row.begun_at)
    about = f"Note by {row.given_name} {row.family_name}, {words.day(on)}"
    yield Datum(Target(Kind.NOTE, row.id), about, row.text, on)


_KINDS: Mapping[Kind, tuple[Callable[[int], Rows], Callable[[Any], Iterator[Datum]]]] = {
    Kind.ATTENDANCE: (_classes, _class),
    Kind.WORK: (_work, _piece),
    Kind.ONLINE: (_online, _day),
    Kind.COURSE: (_enrolments, _enrolment),
    Kind.MODULE: (_registrations, _registration),
    Kind.NOTE: (_notes, _note),
}
_KEYS: Mapping[Kind, Any] = {
    Kind.ATTENDANCE: Attendance.event,
    Kind.WORK: Assessment.id,
    Kind.ONLINE: VleDay.module,
    Kind.COURSE: Enrolment.id,
    Kind.MODULE: Registration.module,
    Kind.NOTE: Note.id,
}
_DAYS: Mapping[Kind, Any] = {
    Kind.ATTENDANCE: TimetableEvent.day,
    Kind.WORK: func.coalesce(Submission.extension_day, Assessment.due_day),
    Kind.ONLINE: VleDay.day,
}

"""What can be disputed of what the four systems tell of studies: classes, work, days online, modules, courses."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from data_access.tables import (
    Assessment,
    Attendance,
    Course,
    Enrolment,
    EnrolmentStatus,
    Module,
    Registration,
    Submission,
    TimetableEvent,
    VleDay,
)
from engagement import words
from policy.days import LONDON, day, london_day, number
from privacy.dispute import Datum, Field, Kind, Target

Rows = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class Readable:
    """How data of one kind are read: a student's rows, the data of a row, and which rows a target may be in."""

    rows: Callable[[int], Rows]
    data: Callable[[Any], Iterator[Datum]]
    which: Callable[[Target], ColumnElement[bool]]
    tables: frozenset[str]


def _classes(student: int) -> Rows:
    e = TimetableEvent
    return (
        select(
            Attendance.event, e.starts_at, e.kind, e.cancelled, Attendance.register, Module.title, Module.code
        )
        .join_from(Attendance, e, e.id == Attendance.event)
        .join(Module, Module.id == e.module)
        .where(Attendance.student == student)
    )


def _class(row: Any) -> Iterator[Datum]:
    starts = row.starts_at.astimezone(LONDON)
    about = f"{row.kind} of {row.title}, {words.day(starts.date())}, {starts:%H:%M}"
    value = "cancelled" if row.cancelled else str(row.register)
    yield Datum(Target(Kind.ATTENDANCE, row.event), about, value, london_day(row.starts_at), row.code)


def _work(student: int) -> Rows:
    """Also what has no submission: that nothing came is what is recorded of it."""
    a, s, r = Assessment, Submission, Registration
    return (
        select(a.id, a.title, a.due_day, Module.title.label("module"), Module.code)
        .add_columns(s.handed_in_day, s.late, s.extension_day, s.carried_over, s.mark)
        .join_from(r, a, a.module == r.module)
        .join(Module, Module.id == a.module)
        .outerjoin(s, (s.assessment == a.id) & (s.student == r.student))
        .where(r.student == student, a.due_day.is_not(None))
    )


def _piece(row: Any) -> Iterator[Datum]:
    due = day(row.due_day)
    about = f"“{row.title}” of {row.module}, due {words.day(due)}"
    on = due if row.extension_day is None else day(row.extension_day)
    yield Datum(Target(Kind.WORK, row.id), about, ", ".join(_became(row)), on, row.code)


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
        select(v.module, v.day, v.views, Module.title, Module.code)
        .join_from(v, Module, Module.id == v.module)
        .where(v.student == student)
    )


def _day(row: Any) -> Iterator[Datum]:
    on = day(row.day)
    about = f"VLE pages of {row.title}, {words.day(on)}"
    value = words.of(row.views, "page view")
    yield Datum(Target(Kind.ONLINE, row.module, row.day), about, value, on, row.code)


def _registrations(student: int) -> Rows:
    r = Registration
    return (
        select(r.module, Module.title, Module.code, r.first, r.last)
        .join_from(r, Module, Module.id == r.module)
        .where(r.student == student)
        .order_by(r.first.desc(), Module.title)
    )


def _registration(row: Any) -> Iterator[Datum]:
    until = f" to {row.last:%-d %B %Y}" if row.last else ""
    value = f"registered from {row.first:%-d %B %Y}{until}"
    yield Datum(Target(Kind.MODULE, row.module), row.title, value, None, row.code)


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


def _statuses(student: int) -> Rows:
    """As they are believed now: one that the source told before and tells no longer is none."""
    s = EnrolmentStatus
    return (
        select(s.enrolment, s.status, s.first, s.last, Course.title)
        .join_from(s, Enrolment, Enrolment.id == s.enrolment)
        .join(Course, Course.id == Enrolment.course)
        .where(Enrolment.student == student, s.superseded_at.is_(None))
        .order_by(s.first.desc())
    )


def _status(row: Any) -> Iterator[Datum]:
    until = f" to {row.last:%-d %B %Y}" if row.last else ""
    about = f"Status on {row.title} from {row.first:%-d %B %Y}"
    yield Datum(
        Target(Kind.STATUS, row.enrolment, number(row.first)), about, f"{row.status.value}{until}", row.first
    )


READABLE: Mapping[Kind, Readable] = {
    Kind.ATTENDANCE: Readable(
        _classes, _class, lambda of: Attendance.event == of.number, frozenset({"attendance"})
    ),
    Kind.WORK: Readable(_work, _piece, lambda of: Assessment.id == of.number, frozenset({"submission"})),
    Kind.ONLINE: Readable(
        _online,
        _day,
        lambda of: (VleDay.module == of.number) & (VleDay.day == of.day),
        frozenset({"vle_day"}),
    ),
    Kind.MODULE: Readable(
        _registrations,
        _registration,
        lambda of: Registration.module == of.number,
        frozenset({"registration"}),
    ),
    Kind.COURSE: Readable(
        _enrolments, _enrolment, lambda of: Enrolment.id == of.number, frozenset({"enrolment"})
    ),
    Kind.STATUS: Readable(
        _statuses,
        _status,
        lambda of: (EnrolmentStatus.enrolment == of.number) & (EnrolmentStatus.first == day(of.day)),
        frozenset({"enrolment_status"}),
    ),
}

"""Enrolments: what the registration and the result of a student say, as statuses up to today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from data_access.records import EnrolmentRecord, RegistrationRecord, StatusRecord
from data_access.tables import Mode, Status
from ingest.oulad.presentations import Presentation
from ingest.oulad.students import Pair, Registered, Student
from ingest.oulad.tally import Tally

_REGULATION = "public data set"
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stay:
    """From when a student was enrolled; the first day on which they were no longer, where it has come."""

    first: date
    left: date | None
    status: Status


@dataclass(frozen=True)
class Tallies:
    """Where oddities of the two tables are noted."""

    info: Tally
    registration: Tally


def enrolments(
    students: Sequence[Student],
    registered: Mapping[Pair, Registered],
    presentations: Mapping[str, Presentation],
    today: date,
    tallies: Tallies,
) -> tuple[list[EnrolmentRecord], list[RegistrationRecord]]:
    """An enrolment and a registration for each student of each presentation.

    All are part-time undergraduates who agreed on the day they enrolled: it is a public data set.
    """
    made = [
        _made(student, registered, presentations[student.presentation], today, tallies)
        for student in students
    ]
    return [enrolment for enrolment, _ in made], [registration for _, registration in made]


def _made(
    student: Student,
    registered: Mapping[Pair, Registered],
    presentation: Presentation,
    today: date,
    tallies: Tallies,
) -> tuple[EnrolmentRecord, RegistrationRecord]:
    row = registered.get((student.presentation, student.number))
    if row is None:
        tallies.info.note("without a row in studentRegistration")
        row = Registered(student.presentation, student.number, None, None)
    stay = _stay(student, row, presentation, today, tallies)
    enrolment = EnrolmentRecord(
        key=student.key,
        student=str(student.number),
        course=presentation.module,
        mode=Mode.PART_TIME,
        stage=1,
        starts=stay.first,
        expected_end=presentation.ends,
        statuses=_statuses(stay),
        agreed_on=stay.first,
        regulation=_REGULATION,
    )
    last = stay.left - _DAY if stay.left else None
    return enrolment, RegistrationRecord(enrolment.student, presentation.code, student.key, stay.first, last)


def _stay(
    student: Student, row: Registered, presentation: Presentation, today: date, tallies: Tallies
) -> Stay:
    """Without a date of registration from the first day; without one of withdrawal to the last.

    Nobody stays enrolled after the presentation's last day. Somebody who unregistered has left, whatever the
    result says. A date after today is held back.
    """
    first = presentation.date(0 if row.on is None else row.on)
    after = presentation.length + 1
    left = after if row.until is None else min(row.until, after)
    gone = row.until is not None or student.result == "Withdrawn"
    status = Status.WITHDRAWN if gone else Status.COMPLETED
    _note(student, row, presentation, tallies)
    if presentation.date(left) > today:
        what = "date_unregistration" if row.until is not None else "the end of the presentation"
        tallies.registration.note(f"{what} is after today and held back")
        return Stay(first, None, status)
    return Stay(first, presentation.date(left), status)


def _note(student: Student, row: Registered, presentation: Presentation, tallies: Tallies) -> None:
    withdrawn, note = student.result == "Withdrawn", tallies.registration.note
    if row.on is None:
        note("date_registration is missing; enrolled from the first day")
    if withdrawn and row.until is None:
        note("withdrawn without date_unregistration; enrolled to the last day")
    if not withdrawn and row.until is not None:
        note("unregistered but not withdrawn by final_result; counted as withdrawn")
    if row.until is not None and row.until <= (row.on or 0):
        note("unregistered by the day of registration; never enrolled")
    if row.until is not None and row.until > presentation.length:
        note("unregistered after the presentation ended; enrolled to the last day")


def _statuses(stay: Stay) -> tuple[StatusRecord, ...]:
    """Enrolled and then, where it has come to that, withdrawn or completed; never enrolled for no day."""
    if stay.left is None:
        return (StatusRecord(Status.ENROLLED, stay.first, None),)
    ended = StatusRecord(stay.status, stay.left, None)
    if stay.left <= stay.first:
        return (ended,)
    return (StatusRecord(Status.ENROLLED, stay.first, stay.left - _DAY), ended)

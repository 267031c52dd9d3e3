"""The usual faults of student records: what looks wrong in what was loaded, for whoever keeps the records."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from auth.permissions import Act, Action
from auth.viewer import Role, Viewer
from data_access import gate
from data_access.day_number import day_number
from data_access.scope import TODAY, active, covers
from data_access.tables import (
    Attendance,
    Enrolment,
    EnrolmentStatus,
    Module,
    Register,
    Registration,
    RoleGrant,
    SourceKey,
    Status,
    TimetableEvent,
    Tutoring,
    VleDay,
)
from engagement.record_fault import Kind, RecordFault
from policy.days import london_day, number
from privacy.labels import Category, Source
from privacy.purposes import Duty, Purpose

SHOWN = 20  # keys of each kind
_LATELY = 14  # days in which somebody who has left would be silent
_FAR = timedelta(days=3653)  # ten years ahead no enrolment ends
_ENDED = (Status.COMPLETED, Status.WITHDRAWN, Status.TRANSFERRED, Status.DECEASED)

Keys = Select[str]


def record_faults(viewer: Viewer, at: datetime) -> list[RecordFault]:
    """Every kind in the order of `Kind`, also those that were not met; for administrators and jobs.

    It opens no record: whoever mends student records gets the keys there, and nothing else of anybody.
    """
    # Tutors and students may ask how fresh the sources are, for the same purpose; not this.
    why = Purpose.IDENTIFY if viewer.role is Role.SERVICE else Duty.SECURITY
    today = london_day(at)
    with gate.reading(viewer, None, Act(Action.READ, Category.SOURCES, why), at) as opened:
        return [_fault(opened.session, kind, keys(today), today) for kind, keys in _KEYS.items()]


def _fault(session: Session, kind: Kind, keys: Keys, today: date) -> RecordFault:
    (key,) = keys.subquery().c
    some = select(key, func.count().over()).order_by(key).limit(SHOWN)
    rows = session.execute(some, {"today": today}).all()
    return RecordFault(kind, rows[0][1] if rows else 0, tuple(row[0] for row in rows))


def _active_after_the_end(today: date) -> Keys:
    after, end = number(today) - _LATELY, aliased(EnrolmentStatus)
    ended = end.superseded_at.is_(None) & end.status.in_(_ENDED) & (end.first <= TODAY)
    online = exists().where(
        VleDay.student == Registration.student,
        VleDay.module == Registration.module,
        VleDay.day > after,
        VleDay.day > day_number(end.first),
    )
    in_class = exists().where(
        TimetableEvent.module == Registration.module,
        TimetableEvent.day > after,
        TimetableEvent.day > day_number(end.first),
        Attendance.event == TimetableEvent.id,
        Attendance.student == Registration.student,
        Attendance.register.in_((Register.PRESENT, Register.LATE)),
    )
    return (
        select(Enrolment.key)
        .join(end, end.enrolment == Enrolment.id)
        .join(Registration, Registration.enrolment == Enrolment.id)
        .where(ended, ~active(), or_(online, in_class))
        .distinct()
    )


def _ends_later(today: date) -> Keys:
    later = select(EnrolmentStatus.enrolment).where(
        EnrolmentStatus.superseded_at.is_(None),
        EnrolmentStatus.status.in_(_ENDED),
        EnrolmentStatus.first > TODAY,
    )
    return select(Enrolment.key).where(Enrolment.id.in_(later), ~active())


def _no_sensible_end(today: date) -> Keys:
    backwards, far = Enrolment.expected_end < Enrolment.starts, Enrolment.expected_end > today + _FAR
    return select(Enrolment.key).where(or_(backwards, far), active())


def _no_tutor(_: date) -> Keys:
    tutored = select(Tutoring.enrolment).where(covers(Tutoring.first, Tutoring.last))
    return select(Enrolment.key).where(Enrolment.id.not_in(tutored), active())


def _two_tutors(_: date) -> Keys:
    """As student records tell it; cover that was given here stands beside a tutor on purpose."""
    several = (
        select(Tutoring.enrolment)
        .where(Tutoring.run.is_not(None), covers(Tutoring.first, Tutoring.last))
        .group_by(Tutoring.enrolment)
        .having(func.count(Tutoring.tutor.distinct()) > 1)
    )
    return select(Enrolment.key).where(Enrolment.id.in_(several), active())


def _no_tutees(_: date) -> Keys:
    tutors = select(RoleGrant.person).where(
        RoleGrant.role == Role.TUTOR, covers(RoleGrant.first, RoleGrant.last)
    )
    with_tutees = (
        select(Tutoring.tutor)
        .join(Enrolment, Enrolment.id == Tutoring.enrolment)
        .where(covers(Tutoring.first, Tutoring.last), active())
    )
    return select(SourceKey.key).where(
        SourceKey.system == Source.STUDENT_RECORDS,
        SourceKey.person.in_(tutors),
        SourceKey.person.not_in(with_tutees),
    )


def _no_students(_: date) -> Keys:
    taken = select(Registration.module).where(covers(Registration.first, Registration.last))
    return select(Module.code).where(covers(Module.starts, Module.ends), Module.id.not_in(taken))


_KEYS: dict[Kind, Callable[[date], Keys]] = {
    Kind.ACTIVE_AFTER_THE_END: _active_after_the_end,
    Kind.ENDS_LATER: _ends_later,
    Kind.NO_SENSIBLE_END: _no_sensible_end,
    Kind.NO_TUTOR: _no_tutor,
    Kind.TWO_TUTORS: _two_tutors,
    Kind.NO_TUTEES: _no_tutees,
    Kind.NO_STUDENTS: _no_students,
}

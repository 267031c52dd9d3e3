"""What is studied and by whom: courses, enrolments with their statuses, modules, registrations, tutors."""

from dataclasses import dataclass
from datetime import date

from data_access.tables import Level, Mode, Status
from privacy.labels import Source


@dataclass(frozen=True)
class CourseRecord:
    """A course and the school that it belongs to."""

    code: str
    title: str
    school: str
    level: Level


@dataclass(frozen=True)
class StatusRecord:
    """A status from one day to another, both included."""

    status: Status
    first: date
    last: date | None


@dataclass(frozen=True)
class EnrolmentRecord:
    """One student on one course, with the statuses in order and the agreement made at enrolment."""

    key: str
    student: str
    course: str
    mode: Mode
    stage: int
    starts: date
    expected_end: date
    statuses: tuple[StatusRecord, ...]
    agreed_on: date | None
    regulation: str


@dataclass(frozen=True)
class ModuleRecord:
    """One delivery of a module."""

    code: str
    title: str
    credits: int
    starts: date
    ends: date


@dataclass(frozen=True)
class ModuleKeyRecord:
    """A key by which another system than student records knows a module."""

    system: Source
    key: str
    module: str


@dataclass(frozen=True)
class RegistrationRecord:
    """One student on one module, under one enrolment."""

    student: str
    module: str
    enrolment: str
    first: date
    last: date | None


@dataclass(frozen=True)
class TutoringRecord:
    """The personal tutor of an enrolment."""

    enrolment: str
    tutor: str
    first: date
    last: date | None

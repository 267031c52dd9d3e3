"""What every column says about itself; exports, erasure, retention and registers are read from it."""

from dataclasses import dataclass
from enum import StrEnum

from privacy.purposes import Duty, Purpose


class Source(StrEnum):
    """Where a value comes from: one of the four systems, or this application."""

    STUDENT_RECORDS = "student-records"
    VLE = "vle"
    TIMETABLE = "timetable"
    ATTENDANCE = "attendance"
    HERE = "here"

    @property
    def words(self) -> str:
        """The system's name on a page."""
        return {
            Source.STUDENT_RECORDS: "Student records",
            Source.VLE: "VLE",
            Source.TIMETABLE: "Timetable",
            Source.ATTENDANCE: "Attendance",
            Source.HERE: "Learner Analytics",
        }[self]


SYSTEMS = (Source.STUDENT_RECORDS, Source.VLE, Source.TIMETABLE, Source.ATTENDANCE)


class Category(StrEnum):
    """The kind of data a column holds, which is also the resource a permission names."""

    IDENTITY = "identity"
    CONTACT = "contact"
    COURSE = "course"
    ENGAGEMENT = "engagement"
    SUGGESTION = "suggestion"
    SUPPORT = "support"
    SHARED_ACTION = "shared_action"
    MESSAGE = "message"
    COVERAGE = "coverage"
    ASSESSMENT = "assessment"
    RESEARCH = "research"
    EXAMINATION = "examination"
    QUALIFICATION = "qualification"
    SERVICE_USE = "service_use"
    ACCOUNT = "account"
    ROLES = "roles"
    SOURCES = "sources"
    ACCESS_LOG = "access_log"
    PUBLISHED = "published"
    EQUALITY = "equality"
    NOTICE = "notice"
    CONSENT = "consent"
    SENSITIVE = "sensitive"
    RIGHTS = "rights"
    DISPOSAL = "disposal"
    REGISTER = "register"


class Retention(StrEnum):
    """The retention class; periods, triggers and authority are policy."""

    CORE = "core"
    CONTACT = "contact"
    ENGAGEMENT = "engagement"
    SUPPORT = "support"
    GOVERNANCE = "governance"
    CONSENT = "consent"
    SENSITIVE = "sensitive"
    RIGHTS = "rights"
    AUDIT = "audit"
    EQUALITY = "equality"
    QUARANTINE = "quarantine"


@dataclass(frozen=True)
class About:
    """One column's label. `purposes` are the reasons it is held at all."""

    source: Source
    category: Category
    purposes: frozenset[Purpose | Duty]
    retention: Retention

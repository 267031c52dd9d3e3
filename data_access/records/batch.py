"""All that one load of one system brings, and what became of its rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from data_access.engine.bounded import Columns
from data_access.records.classes import AttendanceRecord, EventRecord, GapRecord, ServiceUseRecord
from data_access.records.people import ContactRecord, IdentityRecord, PersonRecord
from data_access.records.refused import QuarantineRecord, UnmatchedRecord, WaitedRecord
from data_access.records.studies import (
    CourseRecord,
    EnrolmentRecord,
    ModuleKeyRecord,
    ModuleRecord,
    RegistrationRecord,
    TutoringRecord,
)
from data_access.records.work import (
    AssessmentRecord,
    AwardRecord,
    MilestoneRecord,
    SittingRecord,
    SubmissionRecord,
    SupervisionRecord,
)
from privacy.labels import Source


@dataclass(frozen=True)
class SheetRecord:
    """One sheet of what was handed in, and the days it tells of; without days it is a whole snapshot.

    `modules` are those that a sheet of days tells of, by code; None where it is not told by module.
    """

    sheet: str
    rows: int
    first_day: int | None
    last_day: int | None
    modules: frozenset[str] | None = None


@dataclass(frozen=True)
class Counted:
    """What became of the rows of a file. `repeated` are exact duplicates; `held_back` lie in the future.

    `reasons` say why rows were not accepted, and add up to them; `noted` what was met in rows that were.
    """

    rows: int
    accepted: int
    quarantined: int = 0
    held_back: int = 0
    repeated: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    noted: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Batch:
    """All that one load of one system brings. `taken_at` is when it was taken from the system.

    `vle_days` has columns student, module, day, views; `vle_added` likewise, of events out of quarantine, whose
    views come on top of those that are stored. `attendance` is what registers say, many of them in columns
    student, event, register; `swiped` what was worked out from cards, which never overrides a register.
    """

    system: Source
    format: str
    file: str
    sha256: str
    counted: Counted
    data_up_to: date | None
    taken_at: datetime | None = None
    sheets: Sequence[SheetRecord] = ()
    people: Sequence[PersonRecord] = ()
    identities: Sequence[IdentityRecord] = ()
    contacts: Sequence[ContactRecord] = ()
    courses: Sequence[CourseRecord] = ()
    enrolments: Sequence[EnrolmentRecord] = ()
    modules: Sequence[ModuleRecord] = ()
    module_keys: Sequence[ModuleKeyRecord] = ()
    registrations: Sequence[RegistrationRecord] = ()
    tutorings: Sequence[TutoringRecord] = ()
    assessments: Sequence[AssessmentRecord] = ()
    submissions: Sequence[SubmissionRecord] = ()
    milestones: Sequence[MilestoneRecord] = ()
    supervisions: Sequence[SupervisionRecord] = ()
    sittings: Sequence[SittingRecord] = ()
    awards: Sequence[AwardRecord] = ()
    events: Sequence[EventRecord] = ()
    attendance: Columns | Sequence[AttendanceRecord] = ()
    swiped: Sequence[AttendanceRecord] = ()
    service_uses: Sequence[ServiceUseRecord] = ()
    vle_days: Columns | None = None
    vle_added: Columns | None = None
    gaps: Sequence[GapRecord] = ()
    quarantine: Sequence[QuarantineRecord] = ()
    waited: WaitedRecord = field(default_factory=WaitedRecord)
    unmatched: Sequence[UnmatchedRecord] = ()

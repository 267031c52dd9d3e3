"""What a load hands over: one frozen record for each noun, speaking in the source system's own keys.

An adapter in `ingest/` makes these; `data_access.loads` resolves the keys and stores the rows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from data_access.engine.bounded import Columns
from data_access.tables import ContactKind, Level, Mode, Register, Status
from privacy.labels import Source

REPLAY = "replay"
"""The format of a run in which rows of the quarantine were tried again: it brings no newer data."""


@dataclass(frozen=True)
class PersonRecord:
    """A student or a member of staff, by their key in student records."""

    key: str
    given_name: str
    family_name: str


@dataclass(frozen=True)
class IdentityRecord:
    """A key by which another system than student records knows a person."""

    system: Source
    key: str
    person: str


@dataclass(frozen=True)
class ModuleKeyRecord:
    """A key by which another system than student records knows a module."""

    system: Source
    key: str
    module: str


@dataclass(frozen=True)
class ContactRecord:
    """How a student can be reached. Kept only with enrolments that are active when it is loaded."""

    student: str
    kind: ContactKind
    value: str = field(repr=False)  # whatever is written down of a load that failed, not this


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


@dataclass(frozen=True)
class AssessmentRecord:
    """A piece of work. `weight` is hundredths of a per cent; no due day, nothing expected."""

    key: str
    module: str
    title: str
    due_day: int | None
    weight: int
    exam: bool


@dataclass(frozen=True)
class SubmissionRecord:
    """What is known of one student's work for one assessment."""

    student: str
    assessment: str
    handed_in_day: int | None
    late: bool
    extension_day: int | None
    carried_over: bool
    mark: int | None


@dataclass(frozen=True)
class EventRecord:
    """A class in the timetable."""

    key: str
    module: str
    starts_at: datetime
    ends_at: datetime
    kind: str
    cancelled: bool
    room: str | None = None


@dataclass(frozen=True)
class MilestoneRecord:
    """A milestone of a research student, met on a day or not yet. Days are day numbers."""

    student: str
    title: str
    due_day: int
    met_day: int | None


@dataclass(frozen=True)
class SupervisionRecord:
    """A supervision meeting that was to be held by a day."""

    student: str
    due_day: int
    held_day: int | None


@dataclass(frozen=True)
class SittingRecord:
    """A student's sitting of an examination."""

    student: str
    assessment: str
    day: int
    attended: bool
    mark: int | None


@dataclass(frozen=True)
class AwardRecord:
    """A qualification awarded on an enrolment."""

    student: str
    enrolment: str
    title: str
    classification: str | None
    awarded_day: int


@dataclass(frozen=True)
class ServiceUseRecord:
    """How often a student used a service on one day."""

    student: str
    service: str
    day: int
    count: int


@dataclass(frozen=True)
class AttendanceRecord:
    """What the register says of one student at one class."""

    student: str
    event: str
    register: Register


@dataclass(frozen=True)
class GapRecord:
    """Days without a feed, for one module or, with None, for all."""

    module: str | None
    first: date
    last: date
    reason: str


@dataclass(frozen=True)
class QuarantineRecord:
    """A row that was refused. `key` names whom or what it is about; `cells` is the row as JSON, for replay.

    With `decided` the very same is on record already, and nobody is asked about it again.
    """

    file: str
    line: int
    sheet: str
    key: str
    field: str
    kind: str
    advice: str
    value: str
    cells: str
    decided: bool = False

    def columns(self) -> dict[str, object]:
        """What stands on record of it."""
        return {name: value for name, value in asdict(self).items() if name != "decided"}


@dataclass(frozen=True)
class WaitedRecord:
    """What becomes of rows that waited in quarantine, by their id.

    `settled` have come in; `replaced` came again as they were, and wait as rows of this load. `restated` are
    those of which something else stands on record now, as columns.
    """

    settled: Sequence[int] = ()
    replaced: Sequence[int] = ()
    restated: Mapping[int, Mapping[str, object]] = field(default_factory=dict)


@dataclass(frozen=True)
class UnmatchedRecord:
    """A key that belongs to nobody here: of a student, a module, a class; and in how many rows it stands."""

    noun: str
    key: str
    rows: int


@dataclass(frozen=True)
class SheetRecord:
    """One sheet of what was handed in, and the days it tells of; without days it is a whole snapshot."""

    sheet: str
    rows: int
    first_day: int | None
    last_day: int | None


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
    """All that one load of one system brings. `vle_days` has columns student, module, day, views; `vle_added`
    likewise, of events out of quarantine, whose views come on top of those that are stored.

    `taken_at` is when it was taken from the system. `attendance` is what registers say, many of them in columns
    student, event and register; `swiped` what was
    worked out from cards, which never overrides a register.
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

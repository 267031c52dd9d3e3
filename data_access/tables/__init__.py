"""The tables. Every column says where it comes from, what it is, why it is held, and for how long."""

from data_access.tables.accounts import (
    Account,
    AgreementAcceptance,
    Ceremony,
    RoleGrant,
    SignIn,
    Ticket,
)
from data_access.tables.audit import AccessLine
from data_access.tables.base import AUDIT, Base
from data_access.tables.facts import (
    Assessment,
    Attendance,
    DailyFact,
    Submission,
    TimetableEvent,
    VleDay,
)
from data_access.tables.people import ContactDetail, ContactKind, Person, SourceKey
from data_access.tables.published import PublishedCell
from data_access.tables.quarantine import Lease, ModuleKey, QuarantinedRow, UnmatchedKey, Waiting
from data_access.tables.ratings import EnrolmentWeek, ModuleWeek, ResearchWeek
from data_access.tables.records import Award, Milestone, ServiceUse, Sitting, Supervision
from data_access.tables.sources import FeedGap, LoadedSheet, LoadRun, RunState, StaleModule
from data_access.tables.studies import (
    Course,
    Enrolment,
    EnrolmentAgreement,
    EnrolmentStatus,
    Module,
    Registration,
    School,
    Tutoring,
)
from data_access.tables.suggestions import HiddenSuggestion, SuggestedTalk, SuggestionStep
from engagement.studies import ACTIVE, Level, Mode, Register, Status

__all__ = [
    "ACTIVE",
    "AUDIT",
    "AccessLine",
    "Account",
    "AgreementAcceptance",
    "Assessment",
    "Attendance",
    "Award",
    "Base",
    "Ceremony",
    "ContactDetail",
    "ContactKind",
    "Course",
    "DailyFact",
    "Enrolment",
    "EnrolmentAgreement",
    "EnrolmentStatus",
    "EnrolmentWeek",
    "FeedGap",
    "HiddenSuggestion",
    "Lease",
    "Level",
    "LoadRun",
    "LoadedSheet",
    "Milestone",
    "Mode",
    "Module",
    "ModuleKey",
    "ModuleWeek",
    "Person",
    "PublishedCell",
    "QuarantinedRow",
    "Register",
    "Registration",
    "ResearchWeek",
    "RoleGrant",
    "RunState",
    "School",
    "ServiceUse",
    "SignIn",
    "Sitting",
    "SourceKey",
    "StaleModule",
    "Status",
    "Submission",
    "SuggestedTalk",
    "SuggestionStep",
    "Supervision",
    "Ticket",
    "TimetableEvent",
    "Tutoring",
    "UnmatchedKey",
    "VleDay",
    "Waiting",
]

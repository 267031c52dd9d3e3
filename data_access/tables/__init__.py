"""The tables. Every column says where it comes from, what it is, why it is held, and for how long."""

from data_access.tables.accounts import (
    Account,
    AgreementAcceptance,
    Ceremony,
    RoleGrant,
    SignIn,
    Ticket,
)
from data_access.tables.audit import AccessCut, AccessLine
from data_access.tables.base import AUDIT, Base
from data_access.tables.breaches import Breach, BreachStep
from data_access.tables.consents import (
    Consent,
    ConsentRecipient,
    ConsentStep,
    SensitiveExtract,
    SensitiveNote,
)
from data_access.tables.disclosures import Disclosure
from data_access.tables.disposals import (
    BuriedKey,
    Disposal,
    DisposalPerson,
    DisposedClass,
    LegalHold,
    Watermark,
)
from data_access.tables.disputes import CorrectionNews, Dispute, DisputeStep
from data_access.tables.emergencies import Emergency, EmergencyStep
from data_access.tables.facts import (
    Assessment,
    Attendance,
    DailyFact,
    Submission,
    TimetableEvent,
    VleDay,
)
from data_access.tables.messages import Message
from data_access.tables.notes import EntryKind, Note, NoteEntry
from data_access.tables.notices import NoticeRead, NoticeVersion
from data_access.tables.packs import AccessPack, PackStep, Redaction
from data_access.tables.people import ContactDetail, ContactKind, Person, SourceKey
from data_access.tables.plans import (
    ActionStep,
    Escalation,
    PlanStep,
    SharedAction,
    SupportAction,
    SupportPlan,
)
from data_access.tables.published import PublishedCell
from data_access.tables.quarantine import Lease, ModuleKey, QuarantinedRow, UnmatchedKey, Waiting
from data_access.tables.ratings import EnrolmentWeek, ModuleWeek, ResearchWeek
from data_access.tables.records import Award, Milestone, ServiceUse, Sitting, Supervision
from data_access.tables.releases import Release, ReleaseCell, ReleaseNode
from data_access.tables.requests import CaseLetter, CaseSearch, CaseStep, RightsCase
from data_access.tables.restrictions import Restriction
from data_access.tables.sources import (
    FeedDay,
    FeedGap,
    LoadedModule,
    LoadedSheet,
    LoadRun,
    RunState,
    StaleModule,
)
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
from data_access.tables.support import (
    CalendarFeed,
    ConversationOffer,
    Meeting,
    MeetingStep,
    OfferSlot,
    OfferStep,
    OfferSuggestion,
)
from engagement.studies import ACTIVE, ON_COURSE, Level, Mode, Register, Status

__all__ = [
    "ACTIVE",
    "AUDIT",
    "ON_COURSE",
    "AccessCut",
    "AccessLine",
    "AccessPack",
    "Account",
    "ActionStep",
    "AgreementAcceptance",
    "Assessment",
    "Attendance",
    "Award",
    "Base",
    "Breach",
    "BreachStep",
    "BuriedKey",
    "CalendarFeed",
    "CaseLetter",
    "CaseSearch",
    "CaseStep",
    "Ceremony",
    "Consent",
    "ConsentRecipient",
    "ConsentStep",
    "ContactDetail",
    "ContactKind",
    "ConversationOffer",
    "CorrectionNews",
    "Course",
    "DailyFact",
    "Disclosure",
    "Disposal",
    "DisposalPerson",
    "DisposedClass",
    "Dispute",
    "DisputeStep",
    "Emergency",
    "EmergencyStep",
    "Enrolment",
    "EnrolmentAgreement",
    "EnrolmentStatus",
    "EnrolmentWeek",
    "EntryKind",
    "Escalation",
    "FeedDay",
    "FeedGap",
    "HiddenSuggestion",
    "Lease",
    "LegalHold",
    "Level",
    "LoadRun",
    "LoadedModule",
    "LoadedSheet",
    "Meeting",
    "MeetingStep",
    "Message",
    "Milestone",
    "Mode",
    "Module",
    "ModuleKey",
    "ModuleWeek",
    "Note",
    "NoteEntry",
    "NoticeRead",
    "NoticeVersion",
    "OfferSlot",
    "OfferStep",
    "OfferSuggestion",
    "PackStep",
    "Person",
    "PlanStep",
    "PublishedCell",
    "QuarantinedRow",
    "Redaction",
    "Register",
    "Registration",
    "Release",
    "ReleaseCell",
    "ReleaseNode",
    "ResearchWeek",
    "Restriction",
    "RightsCase",
    "RoleGrant",
    "RunState",
    "School",
    "SensitiveExtract",
    "SensitiveNote",
    "ServiceUse",
    "SharedAction",
    "SignIn",
    "Sitting",
    "SourceKey",
    "StaleModule",
    "Status",
    "Submission",
    "SuggestedTalk",
    "SuggestionStep",
    "Supervision",
    "SupportAction",
    "SupportPlan",
    "Ticket",
    "TimetableEvent",
    "Tutoring",
    "UnmatchedKey",
    "VleDay",
    "Waiting",
    "Watermark",
]

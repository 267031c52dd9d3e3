"""What a load hands over: one frozen record for each noun, speaking in the source system's own keys.

An adapter in `ingest/` makes these; `data_access.loads` resolves the keys and stores the rows.
"""

from data_access.records.batch import Batch, Counted, SheetRecord
from data_access.records.classes import AttendanceRecord, EventRecord, GapRecord, ServiceUseRecord
from data_access.records.people import ContactRecord, IdentityRecord, PersonRecord
from data_access.records.refused import QuarantineRecord, UnmatchedRecord, WaitedRecord
from data_access.records.studies import (
    CourseRecord,
    EnrolmentRecord,
    ModuleKeyRecord,
    ModuleRecord,
    RegistrationRecord,
    StatusRecord,
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

REPLAY = "replay"
"""The format of a run in which rows of the quarantine were tried again: it brings no newer data."""

__all__ = [
    "REPLAY",
    "AssessmentRecord",
    "AttendanceRecord",
    "AwardRecord",
    "Batch",
    "ContactRecord",
    "Counted",
    "CourseRecord",
    "EnrolmentRecord",
    "EventRecord",
    "GapRecord",
    "IdentityRecord",
    "MilestoneRecord",
    "ModuleKeyRecord",
    "ModuleRecord",
    "PersonRecord",
    "QuarantineRecord",
    "RegistrationRecord",
    "ServiceUseRecord",
    "SheetRecord",
    "SittingRecord",
    "StatusRecord",
    "SubmissionRecord",
    "SupervisionRecord",
    "TutoringRecord",
    "UnmatchedRecord",
    "WaitedRecord",
]

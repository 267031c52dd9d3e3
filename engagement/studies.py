"""The words of student records and registers: level, mode, status, and what a register says."""

from enum import StrEnum


class Level(StrEnum):
    """The level that decides which regulation a student agreed to."""

    UNDERGRADUATE = "undergraduate"
    TAUGHT_POSTGRADUATE = "taught postgraduate"
    RESEARCH = "research"


class Mode(StrEnum):
    """Mode of study."""

    FULL_TIME = "full-time"
    PART_TIME = "part-time"


class Status(StrEnum):
    """Where an enrolment stands, in the words of student records."""

    OFFERED = "offered"
    ENROLLED = "enrolled"
    WRITING_UP = "writing up"
    PLACEMENT = "placement"
    RESIT = "resit with attendance"
    INTERRUPTED = "interrupted"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"
    TRANSFERRED = "transferred out"
    DECEASED = "deceased"


ACTIVE = (Status.ENROLLED, Status.WRITING_UP, Status.PLACEMENT, Status.RESIT)
"""Actively enrolled; every other status hides the record (`docs/statement.md`, enrolment)."""
ON_COURSE = (*ACTIVE, Status.INTERRUPTED)
"""Whose course has not ended: how they are reached is kept for the return, whether or not the record is open."""


class Register(StrEnum):
    """What the register says of one student at one class. Not recorded is not absent."""

    PRESENT = "present"
    LATE = "late"
    ABSENT = "absent"
    AUTHORISED = "authorised absence"
    NOT_RECORDED = "not recorded"

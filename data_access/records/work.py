"""What is due and what became of it: assessments, submissions, sittings, awards, research. Days are day numbers."""

from dataclasses import dataclass


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

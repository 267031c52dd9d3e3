"""Assessments, what was handed in, and examination sittings, from staged student records."""

from datetime import date

from data_access.records import AssessmentRecord, SittingRecord, SubmissionRecord
from ingest.admission import Admission
from ingest.template.student_records import Assessment, ExamSitting, Submission
from policy.days import number


def assessments(admission: Admission, codes: frozenset[str]) -> list[AssessmentRecord]:
    """Pieces of work and examinations of the modules."""
    rows = admission.rows(Assessment, "assessment_id")
    rows = admission.known(Assessment, rows, "module_id", "module", codes)
    return [
        AssessmentRecord(
            key=r["assessment_id"],
            module=r["module_id"],
            title=r["assessment_title"],
            due_day=_number(r["due_date"]),
            weight=100 * r["weight"],
            exam=r["exam"],
        )
        for r in rows
    ]


def submissions(
    admission: Admission, persons: frozenset[str], works: frozenset[str]
) -> list[SubmissionRecord]:
    """What is known of each student's work for each assessment."""
    rows = admission.rows(Submission, "student_id", "assessment_id")
    rows = admission.known(Submission, rows, "student_id", "student", persons)
    rows = admission.known(Submission, rows, "assessment_id", "assessment", works)
    return [
        SubmissionRecord(
            student=r["student_id"],
            assessment=r["assessment_id"],
            handed_in_day=_number(r["handed_in"]),
            late=r["late"],
            extension_day=_number(r["extension_until"]),
            carried_over=r["carried_over"],
            mark=r["mark"],
        )
        for r in rows
    ]


def sittings(admission: Admission, persons: frozenset[str], works: frozenset[str]) -> list[SittingRecord]:
    """Who sat which examination, and when."""
    rows = admission.rows(ExamSitting, "student_id", "assessment_id", "day")
    rows = admission.known(ExamSitting, rows, "student_id", "student", persons)
    rows = admission.known(ExamSitting, rows, "assessment_id", "assessment", works)
    return [
        SittingRecord(r["student_id"], r["assessment_id"], number(r["day"]), r["attended"], r["mark"])
        for r in rows
    ]


def _number(day: date | None) -> int | None:
    return number(day) if day else None

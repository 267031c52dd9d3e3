"""Research students' milestones and supervision meetings, from staged student records."""

from collections.abc import Callable
from datetime import date

from data_access.records import MilestoneRecord, SupervisionRecord
from ingest.admission import Admission, Cells
from ingest.enrolment_batch import of_its_student
from ingest.template.student_records import Milestone, SupervisionMeeting
from policy.days import number


def milestones(
    admission: Admission, persons: frozenset[str], whose: dict[str, str], research: frozenset[str]
) -> list[MilestoneRecord]:
    """Milestones of the students of `research` enrolments; of anybody else they are refused."""
    rows = admission.rows(Milestone, "student_id", "milestone", "due_date")
    named = [row for row in rows if row["enrolment_id"]]
    named = admission.known(Milestone, named, "enrolment_id", "enrolment", frozenset(whose))
    named = admission.sound(Milestone, named, "student_id", of_its_student(whose))
    rows = [*(row for row in rows if not row["enrolment_id"]), *named]
    rows = admission.known(Milestone, rows, "student_id", "student", persons)
    rows = admission.sound(Milestone, rows, "student_id", _no_research(whose, research))
    return [
        MilestoneRecord(r["student_id"], r["milestone"], number(r["due_date"]), _number(r["met_on"]))
        for r in rows
    ]


def supervisions(
    admission: Admission, persons: frozenset[str], whose: dict[str, str], research: frozenset[str]
) -> list[SupervisionRecord]:
    """Supervision meetings of the students of `research` enrolments; of anybody else they are refused."""
    rows = admission.rows(SupervisionMeeting, "student_id", "due_date")
    rows = admission.known(SupervisionMeeting, rows, "student_id", "student", persons)
    rows = admission.sound(SupervisionMeeting, rows, "student_id", _no_research(whose, research))
    return [SupervisionRecord(r["student_id"], number(r["due_date"]), _number(r["held_on"])) for r in rows]


def _no_research(whose: dict[str, str], research: frozenset[str]) -> Callable[[Cells], str | None]:
    students = {whose[enrolment] for enrolment in research if enrolment in whose}

    def fault(row: Cells) -> str | None:
        if row["student_id"] in students:
            return None
        return "The student has no research enrolment. Correct the key, or the level of the enrolment."

    return fault


def _number(day: date | None) -> int | None:
    return number(day) if day else None

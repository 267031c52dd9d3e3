"""A batch of student records from its staged sheets: people, enrolments, modules, tutors, work and awards."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from data_access.loads.known import Known
from data_access.records import (
    AssessmentRecord,
    CourseRecord,
    EnrolmentRecord,
    ModuleRecord,
    PersonRecord,
    RegistrationRecord,
    StatusRecord,
    SubmissionRecord,
    TutoringRecord,
)
from engagement.studies import Level, Mode, Status
from ingest.admission import Admission, Cells
from ingest.template.student_records import (
    Assessment,
    CourseEnrolment,
    ModuleDelivery,
    ModuleRegistration,
    PersonalTutor,
    Staff,
    Student,
    Submission,
)
from policy.days import number
from policy.institution import Regulations

_COURSE = ("course_title", "school", "level")


def nouns(admission: Admission, known: Known, regulations: Regulations) -> dict[str, Sequence[Any]]:
    """The nouns of the batch by their name there. What one sheet brings, the sheets after it may speak of."""
    people = _people(admission)
    persons = known.people | {person.key for person in people}
    enrolled = _enrolled(admission, persons)
    enrolments = known.enrolments | {row["enrolment_id"] for row in enrolled}
    modules = _modules(admission)
    codes = known.modules | {module.code for module in modules}
    assessments = _assessments(admission, codes)
    works = known.assessments | {assessment.key for assessment in assessments}
    return {
        "people": people,
        "courses": _courses(admission, enrolled),
        "enrolments": [_enrolment(row, regulations) for row in enrolled],
        "modules": modules,
        "registrations": _registrations(admission, persons, codes, _only(known, enrolled), enrolments),
        "tutorings": _tutorings(admission, persons, enrolments),
        "assessments": assessments,
        "submissions": _submissions(admission, persons, works),
    }


def _people(admission: Admission) -> list[PersonRecord]:
    students = admission.rows(Student, "student_id")
    staff = admission.rows(Staff, "staff_id")
    return [
        *(_person(row["student_id"], row) for row in students),
        *(_person(row["staff_id"], row) for row in staff),
    ]


def _person(key: str, row: Cells) -> PersonRecord:
    return PersonRecord(key, row["given_name"], row["family_name"] or "")


def _enrolled(admission: Admission, persons: frozenset[str]) -> list[Cells]:
    rows = admission.rows(CourseEnrolment, "enrolment_id")
    rows = admission.known(CourseEnrolment, rows, "student_id", "student", persons)
    rows = admission.sound(CourseEnrolment, rows, "expected_end", _ends_before_it_starts)
    return admission.sound(CourseEnrolment, rows, "agreed_on", _not_agreed)


def _ends_before_it_starts(row: Cells) -> str | None:
    backwards = row["expected_end"] < row["start_date"]
    return (
        "The enrolment ends before it starts. Look for a slip in one of the two dates." if backwards else None
    )


def _not_agreed(row: Cells) -> str | None:
    """Without the agreement made at enrolment nothing of it is taken in (`docs/statement.md`)."""
    if row["agreed_on"] is not None:
        return None
    return "There is no agreement at enrolment. Nothing of this enrolment is taken in until there is."


def _courses(admission: Admission, enrolled: list[Cells]) -> list[CourseRecord]:
    rows = admission.agreeing(CourseEnrolment, enrolled, "course_id", _COURSE)
    return [CourseRecord(r["course_id"], r["course_title"], r["school"], Level(r["level"])) for r in rows]


def _enrolment(row: Cells, regulations: Regulations) -> EnrolmentRecord:
    status = StatusRecord(Status(row["status"]), row["status_from"] or row["start_date"], row["status_until"])
    level = Level(row["level"])
    return EnrolmentRecord(
        key=row["enrolment_id"],
        student=row["student_id"],
        course=row["course_id"],
        mode=Mode(row["mode"]),
        stage=row["stage"],
        starts=row["start_date"],
        expected_end=row["expected_end"],
        statuses=(status,),
        agreed_on=row["agreed_on"],
        regulation=regulations.undergraduate if level is Level.UNDERGRADUATE else regulations.postgraduate,
    )


def _modules(admission: Admission) -> list[ModuleRecord]:
    rows = admission.rows(ModuleDelivery, "module_id")
    return [
        ModuleRecord(r["module_id"], r["module_title"], r["credits"], r["start_date"], r["end_date"])
        for r in rows
    ]


def _only(known: Known, enrolled: list[Cells]) -> dict[str, str]:
    """The enrolment of each student who has but one, those that this load brings included."""
    brought: dict[str, set[str]] = defaultdict(set)
    for student, enrolment in known.only_enrolment.items():
        brought[student].add(enrolment)
    for row in enrolled:
        brought[row["student_id"]].add(row["enrolment_id"])
    return {student: min(keys) for student, keys in brought.items() if len(keys) == 1}


def _registrations(
    admission: Admission,
    persons: frozenset[str],
    codes: frozenset[str],
    only: dict[str, str],
    enrolments: frozenset[str],
) -> list[RegistrationRecord]:
    def resolve(row: Cells) -> Cells:
        return row | {"enrolment_id": row["enrolment_id"] or only.get(row["student_id"], "")}

    rows = admission.rows(ModuleRegistration, "student_id", "module_id", resolve=resolve)
    rows = admission.known(ModuleRegistration, rows, "student_id", "student", persons)
    rows = admission.known(ModuleRegistration, rows, "module_id", "module", codes)
    rows = admission.known(ModuleRegistration, rows, "enrolment_id", "enrolment", enrolments)
    return [
        RegistrationRecord(
            r["student_id"], r["module_id"], r["enrolment_id"], r["from_date"], r["until_date"]
        )
        for r in rows
    ]


def _tutorings(
    admission: Admission, persons: frozenset[str], enrolments: frozenset[str]
) -> list[TutoringRecord]:
    rows = admission.rows(PersonalTutor, "enrolment_id", "staff_id", "from_date")
    rows = admission.known(PersonalTutor, rows, "enrolment_id", "enrolment", enrolments)
    rows = admission.known(PersonalTutor, rows, "staff_id", "member of staff", persons)
    return [TutoringRecord(r["enrolment_id"], r["staff_id"], r["from_date"], r["until_date"]) for r in rows]


def _assessments(admission: Admission, codes: frozenset[str]) -> list[AssessmentRecord]:
    rows = admission.known(
        Assessment, admission.rows(Assessment, "assessment_id"), "module_id", "module", codes
    )
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


def _submissions(
    admission: Admission, persons: frozenset[str], works: frozenset[str]
) -> list[SubmissionRecord]:
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


def _number(day: Any) -> int | None:
    return number(day) if day else None

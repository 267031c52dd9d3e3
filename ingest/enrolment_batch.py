"""Enrolments with their courses, personal tutors and awards, from staged student records."""

from collections.abc import Callable, Mapping

from data_access.records import AwardRecord, CourseRecord, EnrolmentRecord, StatusRecord, TutoringRecord
from engagement.studies import Level, Mode, Status
from ingest.admission import Admission, Cells
from ingest.template.student_records import CourseEnrolment, PersonalTutor, Qualification
from policy.days import number
from policy.institution import Regulations

_COURSE = ("course_title", "school", "level")


def enrolled(admission: Admission, persons: frozenset[str], whose: Mapping[str, str]) -> list[Cells]:
    """The rows of enrolments that are taken in; `whose` are the students of those that are known already."""
    rows = admission.rows(CourseEnrolment, "enrolment_id")
    rows = admission.known(CourseEnrolment, rows, "student_id", "student", persons)
    rows = admission.sound(CourseEnrolment, rows, "student_id", of_its_student(whose))
    rows = admission.sound(CourseEnrolment, rows, "expected_end", _ends_before_it_starts)
    return admission.sound(CourseEnrolment, rows, "agreed_on", _not_agreed)


def of_its_student(whose: Mapping[str, str]) -> Callable[[Cells], str | None]:
    """What is wrong with a row that names an enrolment and a student, where the enrolment is somebody else's."""

    def fault(row: Cells) -> str | None:
        if whose.get(row["enrolment_id"], row["student_id"]) == row["student_id"]:
            return None
        return "The enrolment belongs to another student. Correct one of the two keys."

    return fault


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


def courses(admission: Admission, enrolled: list[Cells]) -> list[CourseRecord]:
    """The courses that the enrolments name."""
    rows = admission.agreeing(CourseEnrolment, enrolled, "course_id", _COURSE)
    return [CourseRecord(r["course_id"], r["course_title"], r["school"], Level(r["level"])) for r in rows]


def enrolment(row: Cells, regulations: Regulations) -> EnrolmentRecord:
    """An enrolment; its level says to which regulation the student agreed."""
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


def tutorings(
    admission: Admission, persons: frozenset[str], enrolments: frozenset[str]
) -> list[TutoringRecord]:
    """Who is whose personal tutor."""
    rows = admission.rows(PersonalTutor, "enrolment_id", "staff_id", "from_date")
    rows = admission.known(PersonalTutor, rows, "enrolment_id", "enrolment", enrolments)
    rows = admission.known(PersonalTutor, rows, "staff_id", "member of staff", persons)
    return [TutoringRecord(r["enrolment_id"], r["staff_id"], r["from_date"], r["until_date"]) for r in rows]


def awards(admission: Admission, whose: Mapping[str, str]) -> list[AwardRecord]:
    """Qualifications, each of an enrolment."""
    rows = admission.rows(Qualification, "enrolment_id", "qualification")
    rows = admission.known(Qualification, rows, "enrolment_id", "enrolment", frozenset(whose))
    rows = admission.sound(Qualification, rows, "student_id", of_its_student(whose))
    return [
        AwardRecord(
            r["student_id"],
            r["enrolment_id"],
            r["qualification"],
            r["classification"],
            number(r["awarded_on"]),
        )
        for r in rows
    ]

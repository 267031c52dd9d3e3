"""What the four systems of the demo university would send tonight: one batch each."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from random import Random
from typing import Any

import pyarrow as pa

from data_access.records import (
    Batch,
    Counted,
    CourseRecord,
    EnrolmentRecord,
    PersonRecord,
    StatusRecord,
    TutoringRecord,
)
from data_access.tables import Level, Mode, Status
from ingest.demo import classes, research, vle, work
from ingest.demo.courses import courses
from ingest.demo.students import Student
from ingest.demo.university import University
from ingest.demo.year import Year
from privacy.labels import Source

FORMAT = "demo"
_OTHER_GAPS = 2
_TOLD_BY_YEAR = (
    "people",
    "enrolments",
    "modules",
    "registrations",
    "tutorings",
    "assessments",
    "submissions",
    "events",
    "attendance",
)
"""The rows that are others in another year; courses stay."""
_REGULATION = {Level.UNDERGRADUATE: "3.7.1", Level.TAUGHT_POSTGRADUATE: "18.47", Level.RESEARCH: "18.47"}


def batches(of: University) -> Iterator[Batch]:
    """Student records first, for the others speak of its people and modules; then the three others."""
    assessments = work.assessments(of.modules, of.chance("assessments"))
    yield _batch(
        of,
        Source.STUDENT_RECORDS,
        people=_people(of),
        courses=[CourseRecord(c.code, c.title, c.school, c.level) for c in courses()],
        enrolments=list(_enrolments(of.year, of.students, of.chance("agreements"))),
        modules=[one.record for one in of.modules],
        registrations=[one.record for one in of.taken],
        tutorings=[_tutoring(of.year, student) for student in of.students],
        assessments=assessments,
        submissions=list(work.submissions(of.year, of.taken, assessments, of.chance("work"))),
        supervisions=list(research.meetings(of.year, of.students, of.chance("supervision"))),
        milestones=list(research.milestones(of.year, of.students, of.chance("milestones"))),
    )
    events = classes.timetable(of.year, of.modules, of.chance("timetable"))
    yield _batch(of, Source.TIMETABLE, events=events)
    gaps = classes.gaps(of.year, of.taken, _OTHER_GAPS, of.chance("gaps"))
    registers = classes.registers(of.year, of.taken, events, gaps, of.chance("registers"))
    yield _batch(of, Source.ATTENDANCE, attendance=list(registers), gaps=gaps)
    yield _batch(of, Source.VLE, vle_days=vle.days(of.year, of.taken, assessments, of.chance("vle")))


def of_both(now: University, before: University) -> Iterator[Batch]:
    """This year's batches, each with what its system tells of last year."""
    for batch, earlier in zip(batches(now), batches(before), strict=True):
        rows: dict[str, Any] = {
            name: [*getattr(earlier, name), *getattr(batch, name)] for name in _TOLD_BY_YEAR
        }
        days = [found for found in (earlier.vle_days, batch.vle_days) if found is not None]
        number = batch.counted.rows + earlier.counted.rows - len(earlier.courses)
        counted = Counted(number, number)
        yield replace(batch, **rows, vle_days=pa.concat_tables(days) if days else None, counted=counted)


def _batch(of: University, system: Source, **rows: Any) -> Batch:
    """A batch with its rows counted. There is no file: the digest is of what the rows follow from."""
    number = sum(len(found) for found in rows.values())
    file = f"{system}-{of.year.today}-{len(of.students)}-{of.seed}"
    digest = sha256(file.encode()).hexdigest()
    return Batch(system, FORMAT, file, digest, Counted(number, number), of.year.yesterday, **rows)


def _people(of: University) -> list[PersonRecord]:
    named = [*of.staff.items(), *((student.key, student.name) for student in of.students)]
    return [PersonRecord(key, name.given, name.family) for key, name in named]


def _enrolments(year: Year, students: list[Student], rng: Random) -> Iterator[EnrolmentRecord]:
    """Everybody agreed in the fortnight before teaching began."""
    for student in students:
        place = student.place
        starts, ends = _span(year, student)
        yield EnrolmentRecord(
            key=student.enrolment,
            student=student.key,
            course=place.course.code,
            mode=place.mode,
            stage=place.stage,
            starts=starts,
            expected_end=ends,
            statuses=_statuses(student, starts),
            agreed_on=year.calendar.first - timedelta(days=rng.randint(0, 13)),
            regulation=_REGULATION[place.course.level],
        )


def _span(year: Year, student: Student) -> tuple[date, date]:
    """When the course began and is to end; a part-time stage takes two years."""
    place = student.place
    stage = timedelta(weeks=104 if place.mode is Mode.PART_TIME else 52)
    begun = year.calendar.first - (place.stage - 1) * stage
    ends = year.calendar.last + (place.course.years - place.stage + 1) * stage - timedelta(weeks=52)
    return begun, ends


def _statuses(student: Student, starts: date) -> tuple[StatusRecord, ...]:
    if not student.left:
        return (StatusRecord(Status.ENROLLED, starts, None),)
    left = student.left
    return (
        StatusRecord(Status.ENROLLED, starts, left - timedelta(days=1)),
        StatusRecord(student.left_as, left, None),
    )


def _tutoring(year: Year, student: Student) -> TutoringRecord:
    return TutoringRecord(student.enrolment, student.tutor, _span(year, student)[0], None)

"""What the tests of loads share: a small batch of student records and one of VLE days, and all that is stored."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
from sqlalchemy import select

from auth.viewer import Viewer
from data_access.records import (
    AssessmentRecord,
    AttendanceRecord,
    Batch,
    Counted,
    CourseRecord,
    EnrolmentRecord,
    EventRecord,
    GapRecord,
    ModuleRecord,
    PersonRecord,
    RegistrationRecord,
    StatusRecord,
    SubmissionRecord,
    TutoringRecord,
)
from data_access.tables import Base, Level, Mode, Register, Status
from policy.days import number
from privacy.labels import Source
from tests.cast import NOW
from tests.conftest import University

JOB = Viewer.service("test")
LATER = NOW + timedelta(days=1)
FIRST = date(2026, 9, 21)
MONDAY = number(date(2026, 11, 16))
ENROLLED = StatusRecord(Status.ENROLLED, FIRST, None)

ENROLMENT = EnrolmentRecord(
    key="E-kim",
    student="kim",
    course="BSC",
    mode=Mode.FULL_TIME,
    stage=1,
    starts=FIRST,
    expected_end=date(2029, 6, 1),
    statuses=(ENROLLED,),
    agreed_on=FIRST,
    regulation="3.7.1",
)
RECORDS = Batch(
    system=Source.STUDENT_RECORDS,
    format="hand",
    file="records.csv",
    sha256="a" * 64,
    counted=Counted(rows=9, accepted=6, quarantined=1, held_back=1, repeated=1),
    data_up_to=date(2026, 11, 22),
    people=[PersonRecord("kim", "Kim", "Oyelaran"), PersonRecord("tess", "Tess", "Verity")],
    courses=[CourseRecord("BSC", "Computing", "Sciences", Level.UNDERGRADUATE)],
    enrolments=[ENROLMENT],
    modules=[ModuleRecord("CS1", "Programming", 20, FIRST, date(2026, 12, 13))],
    registrations=[RegistrationRecord("kim", "CS1", "E-kim", FIRST, None)],
    tutorings=[TutoringRecord("E-kim", "tess", FIRST, None)],
    assessments=[AssessmentRecord("essay", "CS1", "Essay", MONDAY, 5000, False)],
    submissions=[SubmissionRecord("kim", "essay", MONDAY - 1, False, None, False, 64)],
)
NOTHING = replace(
    RECORDS,
    people=(),
    courses=(),
    enrolments=(),
    modules=(),
    registrations=(),
    tutorings=(),
    assessments=(),
    submissions=(),
)
CLASSES = Batch(
    system=Source.TIMETABLE,
    format="hand",
    file="classes.csv",
    sha256="b" * 64,
    counted=Counted(rows=2, accepted=2),
    data_up_to=None,
    events=[
        EventRecord(
            key="lecture",
            module="CS1",
            starts_at=datetime(2026, 10, 6, 22, 30, tzinfo=UTC),
            ends_at=datetime(2026, 10, 6, 23, 30, tzinfo=UTC),
            kind="Lecture",
            cancelled=False,
        )
    ],
    attendance=[AttendanceRecord("kim", "lecture", Register.LATE)],
)


def online(*days: tuple[int, int | None], gaps: tuple[GapRecord, ...] = ()) -> Batch:
    """A batch of Kim's VLE days on CS1, as day and views."""
    table = pa.table(
        {
            "student": pa.array(["kim"] * len(days), pa.string()),
            "module": pa.array(["CS1"] * len(days), pa.string()),
            "day": pa.array([day for day, _ in days], pa.int32()),
            "views": pa.array([views for _, views in days], pa.int64()),
        }
    )
    return Batch(
        system=Source.VLE,
        format="hand",
        file="vle.csv",
        sha256="c" * 64,
        counted=Counted(rows=len(days), accepted=len(days)),
        data_up_to=date(2026, 11, 22),
        vle_days=table,
        gaps=gaps,
    )


def with_statuses(*statuses: StatusRecord) -> Batch:
    """The records, with other statuses of Kim's."""
    return replace(RECORDS, enrolments=[replace(ENROLMENT, statuses=statuses)])


def rows(store: University, model: type[Base], *columns: str) -> list[tuple[object, ...]]:
    """The rows of a table in the order of their keys; all columns, or those named."""
    table = model.__table__
    wanted = [table.c[name] for name in columns] or list(table.c)
    with store.session() as session:
        return [tuple(row) for row in session.execute(select(*wanted).order_by(*table.primary_key))]


def everything(store: University, *but: str) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables, the access log apart; `but` are tables left out."""
    with store.session() as session:
        return {
            table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key))]
            for table in Base.metadata.sorted_tables
            if table.name not in ("access_line", *but)
        }

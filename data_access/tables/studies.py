"""Schools, courses, enrolments with their history, modules, registrations and personal tutors."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped

from data_access.tables.base import AGREED, COURSE, COVERED, IDENTITY, LOADED, Base, column, table
from engagement.studies import Level, Mode, Status


class School(Base):
    """A school of the university."""

    __tablename__ = "school"
    __table_args__ = table(person=None)

    id: Mapped[int] = column(COURSE, primary_key=True)
    name: Mapped[str] = column(COURSE, unique=True)
    run: Mapped[int | None] = column(LOADED, ForeignKey("load_run.id"))


class Course(Base):
    """What a student is enrolled on."""

    __tablename__ = "course"
    __table_args__ = table(person=None)

    id: Mapped[int] = column(COURSE, primary_key=True)
    code: Mapped[str] = column(COURSE, unique=True)
    title: Mapped[str] = column(COURSE)
    school: Mapped[int] = column(COURSE, ForeignKey("school.id"), index=True)
    level: Mapped[Level] = column(COURSE)
    run: Mapped[int | None] = column(LOADED, ForeignKey("load_run.id"))


class Enrolment(Base):
    """One student on one course. Its status over time is in `enrolment_status`."""

    __tablename__ = "enrolment"
    __table_args__ = table(person="student")

    id: Mapped[int] = column(COURSE, primary_key=True)
    key: Mapped[str] = column(COURSE, unique=True)
    student: Mapped[int] = column(IDENTITY, ForeignKey("person.number"), index=True)
    course: Mapped[int] = column(COURSE, ForeignKey("course.id"), index=True)
    mode: Mapped[Mode] = column(COURSE)
    stage: Mapped[int] = column(COURSE)
    starts: Mapped[date] = column(COURSE)
    expected_end: Mapped[date] = column(COURSE)
    run: Mapped[int] = column(LOADED, ForeignKey("load_run.id"))


class EnrolmentStatus(Base):
    """A status from one day to another, both included; and when we were told, until told otherwise."""

    __tablename__ = "enrolment_status"
    __table_args__ = (
        Index(None, "enrolment", "first"),
        table(person="enrolment.student"),
    )

    id: Mapped[int] = column(COURSE, primary_key=True)
    enrolment: Mapped[int] = column(COURSE, ForeignKey("enrolment.id"))
    status: Mapped[Status] = column(COURSE)
    first: Mapped[date] = column(COURSE)
    last: Mapped[date | None] = column(COURSE)
    recorded_at: Mapped[datetime] = column(COURSE)
    superseded_at: Mapped[datetime | None] = column(COURSE)
    run: Mapped[int] = column(LOADED, ForeignKey("load_run.id"))


class EnrolmentAgreement(Base):
    """The agreement made at enrolment. Without it nothing of the enrolment is shown to anyone."""

    __tablename__ = "enrolment_agreement"
    __table_args__ = table(person="enrolment.student")

    enrolment: Mapped[int] = column(AGREED, ForeignKey("enrolment.id"), primary_key=True)
    agreed_on: Mapped[date] = column(AGREED)
    regulation: Mapped[str] = column(AGREED)
    run: Mapped[int] = column(LOADED, ForeignKey("load_run.id"))


class Module(Base):
    """One delivery of a module: a unit of credit with a first and a last day."""

    __tablename__ = "module"
    __table_args__ = table(person=None)

    id: Mapped[int] = column(COURSE, primary_key=True)
    code: Mapped[str] = column(COURSE, unique=True)
    title: Mapped[str] = column(COURSE)
    credits: Mapped[int] = column(COURSE)
    starts: Mapped[date] = column(COURSE)
    ends: Mapped[date] = column(COURSE)
    run: Mapped[int | None] = column(LOADED, ForeignKey("load_run.id"))


class Registration(Base):
    """One student on one module, under one enrolment, from one day to another, both included."""

    __tablename__ = "registration"
    __table_args__ = (
        Index(None, "module"),
        Index(None, "enrolment"),
        table(person="student", clustered=True),
    )

    student: Mapped[int] = column(IDENTITY, ForeignKey("person.number"), primary_key=True)
    module: Mapped[int] = column(COURSE, ForeignKey("module.id"), primary_key=True)
    enrolment: Mapped[int] = column(COURSE, ForeignKey("enrolment.id"))
    first: Mapped[date] = column(COURSE)
    last: Mapped[date | None] = column(COURSE)
    run: Mapped[int] = column(LOADED, ForeignKey("load_run.id"))


class Tutoring(Base):
    """Who is the personal tutor of an enrolment, from one day to another, both included.

    Student records tell of it (`run`), or an administrator gives cover for a while (`given_by`, `reason`).
    """

    __tablename__ = "tutoring"
    __table_args__ = (
        Index(None, "tutor", "first"),
        table(person="enrolment.student"),
    )

    id: Mapped[int] = column(COURSE, primary_key=True)
    enrolment: Mapped[int] = column(COURSE, ForeignKey("enrolment.id"), index=True)
    tutor: Mapped[int] = column(IDENTITY, ForeignKey("person.number"))
    first: Mapped[date] = column(COURSE)
    last: Mapped[date | None] = column(COURSE)
    given_by: Mapped[str | None] = column(COVERED)
    reason: Mapped[str | None] = column(COVERED)
    run: Mapped[int | None] = column(LOADED, ForeignKey("load_run.id"))

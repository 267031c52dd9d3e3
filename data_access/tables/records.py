"""What student records tell beside modules: research milestones, supervision, sittings, awards; and service use.

Days are day numbers.
"""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped

from data_access.tables.base import (
    COURSE,
    EXAMINED,
    IDENTITY,
    LOADED,
    QUALIFIED,
    RESEARCH,
    SERVED,
    Base,
    column,
    table,
)


class Milestone(Base):
    """A milestone of a research student: due on one day, met on another or not yet."""

    __tablename__ = "milestone"
    __table_args__ = table(person="student", clustered=True)

    student: Mapped[int] = column(IDENTITY, ForeignKey("person.number"), primary_key=True)
    title: Mapped[str] = column(RESEARCH, primary_key=True)
    due_day: Mapped[int] = column(RESEARCH, primary_key=True)
    met_day: Mapped[int | None] = column(RESEARCH)
    run: Mapped[int] = column(LOADED, ForeignKey("load_run.id"))


class Supervision(Base):
    """A supervision meeting that was to be held by a day, and the day it was."""

    __tablename__ = "supervision"
    __table_args__ = table(person="student", clustered=True)

    student: Mapped[int] = column(IDENTITY, ForeignKey("person.number"), primary_key=True)
    due_day: Mapped[int] = column(RESEARCH, primary_key=True)
    held_day: Mapped[int | None] = column(RESEARCH)
    run: Mapped[int] = column(LOADED, ForeignKey("load_run.id"))


class Sitting(Base):
    """A student's sitting of an examination. `mark` is a whole per cent, once released."""

    __tablename__ = "sitting"
    __table_args__ = (Index(None, "assessment"), table(person="student", clustered=True))

    student: Mapped[int] = column(IDENTITY, ForeignKey("person.number"), primary_key=True)
    assessment: Mapped[int] = column(EXAMINED, ForeignKey("assessment.id"), primary_key=True)
    day: Mapped[int] = column(EXAMINED, primary_key=True)
    attended: Mapped[bool] = column(EXAMINED)
    mark: Mapped[int | None] = column(EXAMINED)
    run: Mapped[int] = column(LOADED, ForeignKey("load_run.id"))


class Award(Base):
    """A qualification awarded on an enrolment."""

    __tablename__ = "award"
    __table_args__ = (Index(None, "student"), table(person="student", clustered=True))

    enrolment: Mapped[int] = column(COURSE, ForeignKey("enrolment.id"), primary_key=True)
    title: Mapped[str] = column(QUALIFIED, primary_key=True)
    student: Mapped[int] = column(IDENTITY, ForeignKey("person.number"))
    classification: Mapped[str | None] = column(QUALIFIED)
    awarded_day: Mapped[int] = column(QUALIFIED)
    run: Mapped[int] = column(LOADED, ForeignKey("load_run.id"))


class ServiceUse(Base):
    """How often a student used a service that policy lists, on one day."""

    __tablename__ = "service_use"
    __table_args__ = table(person="student", clustered=True)

    student: Mapped[int] = column(IDENTITY, ForeignKey("person.number"), primary_key=True)
    service: Mapped[str] = column(SERVED, primary_key=True)
    day: Mapped[int] = column(SERVED, primary_key=True)
    count: Mapped[int] = column(SERVED)
    run: Mapped[int] = column(LOADED, ForeignKey("load_run.id"))

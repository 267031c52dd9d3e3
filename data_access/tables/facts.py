"""What the four systems report, and the sparse daily facts that are derived from it. Days are day numbers."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped

from data_access.tables.base import (
    ASSESSED,
    ATTENDED,
    DERIVED,
    IDENTITY,
    LOADED,
    ONLINE,
    TIMETABLE,
    Base,
    column,
    table,
)
from engagement.studies import Register


class TimetableEvent(Base):
    """A class, as the timetable has it."""

    __tablename__ = "timetable_event"
    __table_args__ = (Index(None, "module", "day"), table(person=None))

    id: Mapped[int] = column(TIMETABLE, primary_key=True)
    key: Mapped[str] = column(TIMETABLE, unique=True)
    module: Mapped[int] = column(TIMETABLE, ForeignKey("module.id"))
    day: Mapped[int] = column(TIMETABLE)
    starts_at: Mapped[datetime] = column(TIMETABLE)
    ends_at: Mapped[datetime] = column(TIMETABLE)
    kind: Mapped[str] = column(TIMETABLE)
    room: Mapped[str | None] = column(TIMETABLE)
    cancelled: Mapped[bool] = column(TIMETABLE)
    run: Mapped[int] = column(LOADED, ForeignKey("load_run.id"))


class Attendance(Base):
    """One row for each class at which a student was expected."""

    __tablename__ = "attendance"
    __table_args__ = (Index(None, "event"), table(person="student", clustered=True))

    student: Mapped[int] = column(IDENTITY, ForeignKey("person.number"), primary_key=True)
    event: Mapped[int] = column(ATTENDED, ForeignKey("timetable_event.id"), primary_key=True)
    register: Mapped[Register] = column(ATTENDED)
    run: Mapped[int] = column(LOADED, ForeignKey("load_run.id"))


class VleDay(Base):
    """How often a student used a module's pages on one day. No addresses, no texts, no hours."""

    __tablename__ = "vle_day"
    __table_args__ = (
        Index(None, "day"),
        Index(None, "module", "day"),
        table(person="student", clustered=True),
    )

    student: Mapped[int] = column(IDENTITY, ForeignKey("person.number"), primary_key=True)
    module: Mapped[int] = column(ONLINE, ForeignKey("module.id"), primary_key=True)
    day: Mapped[int] = column(ONLINE, primary_key=True)
    views: Mapped[int] = column(ONLINE)
    run: Mapped[int] = column(LOADED, ForeignKey("load_run.id"))


class Assessment(Base):
    """A piece of work of a module. Without a due day nothing is expected. Weight in hundredths of a per cent."""

    __tablename__ = "assessment"
    __table_args__ = (Index(None, "module", "due_day"), table(person=None))

    id: Mapped[int] = column(ASSESSED, primary_key=True)
    key: Mapped[str] = column(ASSESSED, unique=True)
    module: Mapped[int] = column(ASSESSED, ForeignKey("module.id"))
    title: Mapped[str] = column(ASSESSED)
    due_day: Mapped[int | None] = column(ASSESSED)
    weight: Mapped[int] = column(ASSESSED)
    exam: Mapped[bool] = column(ASSESSED)
    run: Mapped[int] = column(LOADED, ForeignKey("load_run.id"))


class Submission(Base):
    """What is known of a student's work for one assessment: handed in, extended, or both.

    `late` is judged against the deadline or the extension; `mark` is a whole per cent, once released.
    """

    __tablename__ = "submission"
    __table_args__ = (Index(None, "assessment"), table(person="student", clustered=True))

    student: Mapped[int] = column(IDENTITY, ForeignKey("person.number"), primary_key=True)
    assessment: Mapped[int] = column(ASSESSED, ForeignKey("assessment.id"), primary_key=True)
    handed_in_day: Mapped[int | None] = column(ASSESSED)
    late: Mapped[bool] = column(ASSESSED)
    extension_day: Mapped[int | None] = column(ASSESSED)
    carried_over: Mapped[bool] = column(ASSESSED)
    mark: Mapped[int | None] = column(ASSESSED)
    run: Mapped[int] = column(LOADED, ForeignKey("load_run.id"))


class DailyFact(Base):
    """One student, one module, one day on which anything happened or was expected: counts by source.

    The primary key carries the previous-day joins; an index on the day alone makes them quadratic on SQLite.
    """

    __tablename__ = "daily_fact"
    __table_args__ = (Index(None, "module", "day"), table(person="student", clustered=True))

    student: Mapped[int] = column(IDENTITY, ForeignKey("person.number"), primary_key=True)
    module: Mapped[int] = column(DERIVED, ForeignKey("module.id"), primary_key=True)
    day: Mapped[int] = column(DERIVED, primary_key=True)
    views: Mapped[int] = column(DERIVED)
    expected: Mapped[int] = column(DERIVED)
    attended: Mapped[int] = column(DERIVED)
    authorised: Mapped[int] = column(DERIVED)
    cancelled: Mapped[int] = column(DERIVED)
    unrecorded: Mapped[int] = column(DERIVED)
    due: Mapped[int] = column(DERIVED)
    handed_in: Mapped[int] = column(DERIVED)
    handed_in_late: Mapped[int] = column(DERIVED)

"""Data that a student says are wrong: which datum, what it was, what is said of it, and how the question ended."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped

from data_access.tables.base import COURSE, DISPUTED, IDENTITY, LOADED, RIGHTS, Base, column, table
from privacy.dispute import Field, Kind, State
from privacy.labels import Source


class Dispute(Base):
    """One disputed datum of one student; its request by law is `case`.

    Of `event`, `assessment`, `module`, `day`, `note`, `item`, `name` and `field` those are filled that say which
    datum; `item` is the number of a plan, an action or a meeting. `open_key` is the datum as text while it is
    disputed: one cannot be disputed twice at a time. `value` is what was recorded when it was disputed, in words;
    `now` what another load brought; `answer` why it was kept.
    """

    __tablename__ = "dispute"
    __table_args__ = (Index(None, "student", "state"), table(person="student"))

    id: Mapped[int] = column(RIGHTS, primary_key=True)
    reference: Mapped[str] = column(RIGHTS, unique=True)
    student: Mapped[int] = column(IDENTITY, ForeignKey("person.number"))
    enrolment: Mapped[int] = column(COURSE, ForeignKey("enrolment.id"))
    case: Mapped[int] = column(RIGHTS, ForeignKey("rights_case.id"), index=True)
    kind: Mapped[Kind] = column(DISPUTED)
    system: Mapped[Source] = column(RIGHTS)
    event: Mapped[int | None] = column(DISPUTED, ForeignKey("timetable_event.id"))
    assessment: Mapped[int | None] = column(DISPUTED, ForeignKey("assessment.id"))
    module: Mapped[int | None] = column(DISPUTED, ForeignKey("module.id"))
    day: Mapped[int | None] = column(DISPUTED)
    note: Mapped[int | None] = column(RIGHTS, ForeignKey("note.id"))
    item: Mapped[int | None] = column(RIGHTS)
    name: Mapped[str | None] = column(DISPUTED)
    field: Mapped[Field | None] = column(RIGHTS)
    open_key: Mapped[str | None] = column(RIGHTS, unique=True)
    about: Mapped[str] = column(RIGHTS)
    value: Mapped[str] = column(RIGHTS)
    claim: Mapped[str] = column(RIGHTS)
    text: Mapped[str] = column(RIGHTS, default="")
    state: Mapped[State] = column(DISPUTED)
    raised_at: Mapped[datetime] = column(DISPUTED)
    now: Mapped[str | None] = column(RIGHTS)
    answer: Mapped[str | None] = column(RIGHTS)


class DisputeStep(Base):
    """One step: into which state, when, by whom and why; `run` is the load that put the datum right."""

    __tablename__ = "dispute_step"
    __table_args__ = table(person="dispute.student")

    id: Mapped[int] = column(RIGHTS, primary_key=True)
    dispute: Mapped[int] = column(RIGHTS, ForeignKey("dispute.id"), index=True)
    state: Mapped[State] = column(RIGHTS)
    at: Mapped[datetime] = column(RIGHTS)
    person: Mapped[int | None] = column(IDENTITY, ForeignKey("person.number"))
    run: Mapped[int | None] = column(LOADED, ForeignKey("load_run.id"))
    why: Mapped[str] = column(RIGHTS, default="")


class CorrectionNews(Base):
    """Somebody with whom a part of the student's plan was shared, told once that a datum was put right."""

    __tablename__ = "correction_news"
    __table_args__ = table(person="dispute.student")

    dispute: Mapped[int] = column(RIGHTS, ForeignKey("dispute.id"), primary_key=True)
    recipient: Mapped[int] = column(IDENTITY, ForeignKey("person.number"), primary_key=True, index=True)
    shared_on: Mapped[date] = column(RIGHTS)
    at: Mapped[datetime] = column(RIGHTS)

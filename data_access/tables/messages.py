"""Messages: written in the transaction of what they tell of, sent by a job, kept on the student's page."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped

from data_access.tables.base import COURSE, IDENTITY, MESSAGE, Base, column, table
from privacy.purposes import Purpose
from support.message import State as MessageState


class Message(Base):
    """One message. `key` is its own for good: what is told twice is written once. No address is ever kept here.

    `enrolment` is empty in a digest to a colleague, which names no student. `problem` is a class of fault, never a
    server's words.
    """

    __tablename__ = "message"
    __table_args__ = (Index(None, "state", "not_before"), table(person="to"))

    id: Mapped[int] = column(MESSAGE, primary_key=True)
    key: Mapped[str] = column(MESSAGE, unique=True)
    to: Mapped[int] = column(IDENTITY, ForeignKey("person.number"), index=True)
    enrolment: Mapped[int | None] = column(COURSE, ForeignKey("enrolment.id"), index=True)
    by: Mapped[int | None] = column(IDENTITY, ForeignKey("person.number"))
    template: Mapped[str] = column(MESSAGE)
    purpose: Mapped[Purpose] = column(MESSAGE)
    subject: Mapped[str] = column(MESSAGE)
    body: Mapped[str] = column(MESSAGE)
    calendar: Mapped[str | None] = column(MESSAGE)
    made_at: Mapped[datetime] = column(MESSAGE)
    not_before: Mapped[datetime] = column(MESSAGE)
    state: Mapped[MessageState] = column(MESSAGE)
    tries: Mapped[int] = column(MESSAGE, default=0)
    claimed_at: Mapped[datetime | None] = column(MESSAGE)
    sent_at: Mapped[datetime | None] = column(MESSAGE)
    problem: Mapped[str | None] = column(MESSAGE)

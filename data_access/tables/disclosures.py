"""What was given to organisations outside the university: to whom, which data, on which ground, who allowed it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped

from data_access.tables.base import IDENTITY, REGISTERED, Base, column, table
from privacy.disclosed import Ground


class Disclosure(Base):
    """One disclosure of one student's data. `approved_by` is empty where the student agreed to it themselves.

    The student sees it from the day `shown_from`; one later than the day it was written down has its reason.
    """

    __tablename__ = "disclosure"
    __table_args__ = table(person="student")

    id: Mapped[int] = column(REGISTERED, primary_key=True)
    student: Mapped[int] = column(IDENTITY, ForeignKey("person.number"), index=True)
    recipient: Mapped[str] = column(REGISTERED)
    items: Mapped[str] = column(REGISTERED)
    ground: Mapped[Ground] = column(REGISTERED)
    evidence: Mapped[str] = column(REGISTERED)
    given_on: Mapped[date] = column(REGISTERED)
    recorded_at: Mapped[datetime] = column(REGISTERED)
    recorded_by: Mapped[int] = column(IDENTITY, ForeignKey("person.number"))
    approved_by: Mapped[int | None] = column(IDENTITY, ForeignKey("person.number"))
    shown_from: Mapped[date] = column(REGISTERED)
    why_later: Mapped[str] = column(REGISTERED, default="")

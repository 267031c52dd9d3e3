"""Emergencies: who opened which student's record for an hour, on which ground and why, and what the review found."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped

from auth.viewer import Role
from data_access.tables.base import IDENTITY, REGISTERED, Base, column, table
from privacy.break_glass import Ground, State


class Emergency(Base):
    """One student's record opened by one colleague, from `began_at` up to but not including `ends_at`.

    The student is told at `told_at`; while `hold_until` lies ahead they are not, with the reason `hold_why`.
    """

    __tablename__ = "emergency"
    __table_args__ = (Index(None, "person", "ends_at"), table(person="student"))

    id: Mapped[int] = column(REGISTERED, primary_key=True)
    student: Mapped[int] = column(IDENTITY, ForeignKey("person.number"), index=True)
    person: Mapped[int] = column(IDENTITY, ForeignKey("person.number"))
    role: Mapped[Role] = column(REGISTERED)
    ground: Mapped[Ground] = column(REGISTERED)
    why: Mapped[str] = column(REGISTERED)
    began_at: Mapped[datetime] = column(REGISTERED)
    ends_at: Mapped[datetime] = column(REGISTERED)
    review_by: Mapped[date] = column(REGISTERED)
    state: Mapped[State] = column(REGISTERED)
    told_at: Mapped[datetime | None] = column(REGISTERED)
    hold_until: Mapped[date | None] = column(REGISTERED)
    hold_why: Mapped[str] = column(REGISTERED, default="")


class EmergencyStep(Base):
    """One step of its review: what was found, when, by whom and why. A step into the same state holds the telling."""

    __tablename__ = "emergency_step"
    __table_args__ = table(person="emergency.student")

    id: Mapped[int] = column(REGISTERED, primary_key=True)
    emergency: Mapped[int] = column(REGISTERED, ForeignKey("emergency.id"), index=True)
    state: Mapped[State] = column(REGISTERED)
    at: Mapped[datetime] = column(REGISTERED)
    person: Mapped[int | None] = column(IDENTITY, ForeignKey("person.number"))
    why: Mapped[str] = column(REGISTERED, default="")

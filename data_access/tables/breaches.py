"""Breaches of personal data, each with its clock of 72 hours, and what was decided."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped

from data_access.tables.base import IDENTITY, RIGHTS, Base, column, table
from privacy.breach import State


class Breach(Base):
    """One breach. `due_at` is 72 hours after the university became aware of it."""

    __tablename__ = "breach"
    __table_args__ = table(person=None)

    id: Mapped[int] = column(RIGHTS, primary_key=True)
    state: Mapped[State] = column(RIGHTS)
    what: Mapped[str] = column(RIGHTS)
    people: Mapped[int | None] = column(RIGHTS)
    aware_at: Mapped[datetime] = column(RIGHTS)
    due_at: Mapped[datetime] = column(RIGHTS)


class BreachStep(Base):
    """What was decided about a breach, by whom and why."""

    __tablename__ = "breach_step"
    __table_args__ = table(person="person")

    id: Mapped[int] = column(RIGHTS, primary_key=True)
    breach: Mapped[int] = column(RIGHTS, ForeignKey("breach.id"), index=True)
    state: Mapped[State] = column(RIGHTS)
    at: Mapped[datetime] = column(RIGHTS)
    person: Mapped[int] = column(IDENTITY, ForeignKey("person.number"))
    why: Mapped[str] = column(RIGHTS)

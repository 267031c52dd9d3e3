"""Requests under the law: what was asked, each step of the answer, what was searched, and the letters sent."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped

from data_access.tables.base import IDENTITY, RIGHTS, Base, column, table
from privacy.labels import Source
from privacy.request import Channel, Kind, State


class RightsCase(Base):
    """One request or complaint of one student. `received_at` is when it truly reached the university.

    `target`, `due` and `latest` follow from its steps and are kept for lists; empty where bank holidays are not
    loaded. While `ended_at` is empty it is open, and compliance may read the student's records. A complaint
    `about_team` is the data protection officer's alone. With `marks_by` it is what of the request `about_case` waits
    for marks to be announced, and that day is its own.
    """

    __tablename__ = "rights_case"
    __table_args__ = table(person="student")

    id: Mapped[int] = column(RIGHTS, primary_key=True)
    reference: Mapped[str] = column(RIGHTS, unique=True)
    student: Mapped[int] = column(IDENTITY, ForeignKey("person.number"), index=True)
    kind: Mapped[Kind] = column(RIGHTS)
    state: Mapped[State] = column(RIGHTS)
    channel: Mapped[Channel] = column(RIGHTS)
    text: Mapped[str] = column(RIGHTS)
    received_at: Mapped[datetime] = column(RIGHTS)
    entered_at: Mapped[datetime] = column(RIGHTS)
    entered_by: Mapped[int | None] = column(IDENTITY, ForeignKey("person.number"))
    target: Mapped[date | None] = column(RIGHTS)
    due: Mapped[date | None] = column(RIGHTS)
    latest: Mapped[date | None] = column(RIGHTS)
    ended_at: Mapped[datetime | None] = column(RIGHTS, index=True)
    about_team: Mapped[bool] = column(RIGHTS, default=False)
    about_case: Mapped[int | None] = column(RIGHTS, ForeignKey("rights_case.id"))
    marks_by: Mapped[date | None] = column(RIGHTS)


class CaseStep(Base):
    """One step: who brought the request into which state, and why. `on` is the day that counts for the clock.

    Steps are only added. A step into the same state is progress, or a receipt that was put right.
    """

    __tablename__ = "case_step"
    __table_args__ = table(person="case.student")

    id: Mapped[int] = column(RIGHTS, primary_key=True)
    case: Mapped[int] = column(RIGHTS, ForeignKey("rights_case.id"), index=True)
    state: Mapped[State] = column(RIGHTS)
    on: Mapped[date] = column(RIGHTS)
    at: Mapped[datetime] = column(RIGHTS)
    person: Mapped[int | None] = column(IDENTITY, ForeignKey("person.number"))
    why: Mapped[str] = column(RIGHTS, default="")


class CaseSearch(Base):
    """One system that was searched for an answer, or that was not, and why not."""

    __tablename__ = "case_search"
    __table_args__ = table(person="case.student")

    id: Mapped[int] = column(RIGHTS, primary_key=True)
    case: Mapped[int] = column(RIGHTS, ForeignKey("rights_case.id"), index=True)
    system: Mapped[Source] = column(RIGHTS)
    searched: Mapped[bool] = column(RIGHTS)
    terms: Mapped[str] = column(RIGHTS, default="")
    first: Mapped[date | None] = column(RIGHTS)
    last: Mapped[date | None] = column(RIGHTS)
    why: Mapped[str] = column(RIGHTS, default="")
    at: Mapped[datetime] = column(RIGHTS)
    person: Mapped[int] = column(IDENTITY, ForeignKey("person.number"))


class CaseLetter(Base):
    """A letter as it was sent, word for word, and the state that it told of."""

    __tablename__ = "case_letter"
    __table_args__ = table(person="case.student")

    id: Mapped[int] = column(RIGHTS, primary_key=True)
    case: Mapped[int] = column(RIGHTS, ForeignKey("rights_case.id"), index=True)
    state: Mapped[State] = column(RIGHTS)
    text: Mapped[str] = column(RIGHTS)
    sent_at: Mapped[datetime] = column(RIGHTS)
    sent_by: Mapped[int | None] = column(IDENTITY, ForeignKey("person.number"))

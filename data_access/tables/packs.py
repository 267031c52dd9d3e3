"""Copies of what is held about a student: each step to its issue, and what two officers decided to cover."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped

from data_access.tables.base import IDENTITY, RIGHTS, Base, column, table
from privacy.pack_state import State
from privacy.redaction import Reason


class AccessPack(Base):
    """One copy. The files are made when they are fetched and kept nowhere; this says what they leave out.

    `id` is the opaque one of its link.
    """

    __tablename__ = "access_pack"
    __table_args__ = table(person="student")

    id: Mapped[str] = column(RIGHTS, primary_key=True)
    student: Mapped[int] = column(IDENTITY, ForeignKey("person.number"), index=True)
    state: Mapped[State] = column(RIGHTS)
    begun_at: Mapped[datetime] = column(RIGHTS)
    checked_by: Mapped[int | None] = column(IDENTITY, ForeignKey("person.number"))
    issued_at: Mapped[datetime | None] = column(RIGHTS)
    ends_at: Mapped[datetime | None] = column(RIGHTS)


class PackStep(Base):
    """One step of a copy: who brought it into which state, when, and what they said about it."""

    __tablename__ = "pack_step"
    __table_args__ = table(person="pack.student")

    id: Mapped[int] = column(RIGHTS, primary_key=True)
    pack: Mapped[str] = column(RIGHTS, ForeignKey("access_pack.id"), index=True)
    state: Mapped[State] = column(RIGHTS)
    at: Mapped[datetime] = column(RIGHTS)
    person: Mapped[int] = column(IDENTITY, ForeignKey("person.number"))
    said: Mapped[str] = column(RIGHTS, default="")


class Redaction(Base):
    """What was decided about some letters of one text: covered, or looked at and left.

    `place` names table, key and column, `sha256` the very text; a text that has changed since is another one.
    """

    __tablename__ = "redaction"
    __table_args__ = table(person="pack.student")

    id: Mapped[int] = column(RIGHTS, primary_key=True)
    pack: Mapped[str] = column(RIGHTS, ForeignKey("access_pack.id"), index=True)
    place: Mapped[str] = column(RIGHTS)
    sha256: Mapped[str] = column(RIGHTS)
    start: Mapped[int] = column(RIGHTS)
    end: Mapped[int] = column(RIGHTS)
    reason: Mapped[Reason] = column(RIGHTS)
    hidden: Mapped[bool] = column(RIGHTS)
    person: Mapped[int] = column(IDENTITY, ForeignKey("person.number"))
    at: Mapped[datetime] = column(RIGHTS)

"""Holds, proposals to dispose of records, whom a proposal is about until it is done, and what must not come back."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped

from data_access.tables.base import DISPOSED, IDENTITY, Base, column, table
from privacy.labels import Retention
from privacy.retention import State, Why


class LegalHold(Base):
    """While it is not lifted nothing it names is disposed of, but ways to reach somebody."""

    __tablename__ = "legal_hold"
    __table_args__ = table(person="student")

    id: Mapped[int] = column(DISPOSED, primary_key=True)
    student: Mapped[int | None] = column(IDENTITY, ForeignKey("person.number"), index=True)
    kind: Mapped[str] = column(DISPOSED, default="")
    reason: Mapped[str] = column(DISPOSED)
    placed_by: Mapped[int] = column(IDENTITY, ForeignKey("person.number"))
    placed_at: Mapped[datetime] = column(DISPOSED)
    lifted_by: Mapped[int | None] = column(IDENTITY, ForeignKey("person.number"))
    lifted_at: Mapped[datetime | None] = column(DISPOSED)


class Disposal(Base):
    """A proposal and, when it is done, the certificate: `counts` are rows by table as JSON, `sha256` seals it."""

    __tablename__ = "disposal"
    __table_args__ = table(person="decided_by")

    id: Mapped[int] = column(DISPOSED, primary_key=True)
    why: Mapped[Why] = column(DISPOSED)
    kind: Mapped[str] = column(DISPOSED)
    version: Mapped[str] = column(DISPOSED)
    people: Mapped[int] = column(DISPOSED)
    state: Mapped[State] = column(DISPOSED)
    proposed_at: Mapped[datetime] = column(DISPOSED)
    proposed_by: Mapped[int | None] = column(IDENTITY, ForeignKey("person.number"))
    decided_by: Mapped[int | None] = column(IDENTITY, ForeignKey("person.number"))
    decided_at: Mapped[datetime | None] = column(DISPOSED)
    reason: Mapped[str] = column(DISPOSED, default="")
    done_at: Mapped[datetime | None] = column(DISPOSED)
    counts: Mapped[str] = column(DISPOSED, default="")
    sha256: Mapped[str] = column(DISPOSED, default="")


class DisposalPerson(Base):
    """Whom a proposal is about. The rows go when it is done: a certificate names nobody."""

    __tablename__ = "disposal_person"
    __table_args__ = table(person="person")

    disposal: Mapped[int] = column(DISPOSED, ForeignKey("disposal.id"), primary_key=True)
    person: Mapped[int] = column(IDENTITY, ForeignKey("person.number"), primary_key=True, index=True)


class DisposedClass(Base):
    """A class of records that was disposed of, of a person who is still here.

    No load brings again what it tells of days up to `day`.
    """

    __tablename__ = "disposed_class"
    __table_args__ = table(person="person")

    person: Mapped[int] = column(IDENTITY, ForeignKey("person.number"), primary_key=True)
    kind: Mapped[Retention] = column(DISPOSED, primary_key=True)
    day: Mapped[date] = column(DISPOSED)


class BuriedKey(Base):
    """A key of somebody whose core records were disposed of, hashed: no load brings them again."""

    __tablename__ = "buried_key"
    __table_args__ = table(person=None)

    digest: Mapped[str] = column(DISPOSED, primary_key=True)


class Watermark(Base):
    """How far something has got, for good. It never goes down, whatever is deleted."""

    __tablename__ = "watermark"
    __table_args__ = table(person=None)

    name: Mapped[str] = column(DISPOSED, primary_key=True)
    number: Mapped[int] = column(DISPOSED)

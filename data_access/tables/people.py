"""People, and the keys by which the four systems know them."""

from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped

from data_access.tables.base import CONTACT, IDENTITY, LOADED, Base, column, table
from privacy.labels import Source


class Person(Base):
    """Anyone: students and staff. `number` joins tables; `id` is the opaque one that links show."""

    __tablename__ = "person"
    __table_args__ = table(person="number")

    number: Mapped[int] = column(IDENTITY, primary_key=True)
    id: Mapped[str] = column(IDENTITY, unique=True)
    given_name: Mapped[str] = column(IDENTITY)
    family_name: Mapped[str] = column(IDENTITY)
    run: Mapped[int | None] = column(LOADED, ForeignKey("load_run.id"))


class SourceKey(Base):
    """A key by which one system knows a person."""

    __tablename__ = "source_key"
    __table_args__ = table(person="person")

    system: Mapped[Source] = column(IDENTITY, primary_key=True)
    key: Mapped[str] = column(IDENTITY, primary_key=True)
    person: Mapped[int] = column(IDENTITY, ForeignKey("person.number"), index=True)
    run: Mapped[int | None] = column(LOADED, ForeignKey("load_run.id"))


class ContactKind(StrEnum):
    """How a student can be reached."""

    EMAIL = "university e-mail"
    PHONE = "phone"


class ContactDetail(Base):
    """How a student can be reached, for as long as the enrolment is active; after that it is not here."""

    __tablename__ = "contact_detail"
    __table_args__ = table(person="enrolment.student", clustered=True)

    enrolment: Mapped[int] = column(CONTACT, ForeignKey("enrolment.id"), primary_key=True)
    kind: Mapped[ContactKind] = column(CONTACT, primary_key=True)
    value: Mapped[str] = column(CONTACT)
    run: Mapped[int] = column(LOADED, ForeignKey("load_run.id"))

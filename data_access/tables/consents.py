"""Consent to sensitive information: a ledger to which lines are only added, and what is written under it, sealed."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped

from data_access.tables.base import ASKED, CONSENTED, COURSE, IDENTITY, SEALED, Base, column, table
from privacy.consent import Method, State


class Consent(Base):
    """One consent that was asked for; what it covers never changes. What became of it are its steps.

    What was asked, why, and the whole text are sealed: they tell of what is sensitive. Once it is over they are
    destroyed, at `destroyed_at`; that it was asked, and the digest of the text, stay as proof.
    """

    __tablename__ = "consent"
    __table_args__ = table(person="enrolment.student")

    id: Mapped[int] = column(CONSENTED, primary_key=True)
    enrolment: Mapped[int] = column(COURSE, ForeignKey("enrolment.id"), index=True)
    plan: Mapped[int | None] = column(CONSENTED, ForeignKey("support_plan.id"), index=True)
    asked_by: Mapped[int] = column(IDENTITY, ForeignKey("person.number"), index=True)
    asked_at: Mapped[datetime] = column(CONSENTED)
    last_day: Mapped[date] = column(CONSENTED)
    version: Mapped[str] = column(CONSENTED)
    sha256: Mapped[str] = column(CONSENTED)
    key: Mapped[str] = column(ASKED)
    sealed: Mapped[bytes] = column(ASKED, LargeBinary)
    destroyed_at: Mapped[datetime | None] = column(CONSENTED)


class ConsentRecipient(Base):
    """Somebody of staff who may read what is written under a consent."""

    __tablename__ = "consent_recipient"
    __table_args__ = table(person="consent.enrolment.student")

    consent: Mapped[int] = column(CONSENTED, ForeignKey("consent.id"), primary_key=True)
    person: Mapped[int] = column(IDENTITY, ForeignKey("person.number"), primary_key=True, index=True)


class ConsentStep(Base):
    """A line of the ledger, the `n`th of its consent: two who decide at once cannot both have it.

    `person` is empty for a job. The database refuses to change a line.
    """

    __tablename__ = "consent_step"
    __table_args__ = table(person="consent.enrolment.student")

    consent: Mapped[int] = column(CONSENTED, ForeignKey("consent.id"), primary_key=True)
    n: Mapped[int] = column(CONSENTED, primary_key=True)
    state: Mapped[State] = column(CONSENTED)
    at: Mapped[datetime] = column(CONSENTED)
    person: Mapped[int | None] = column(IDENTITY, ForeignKey("person.number"))
    method: Mapped[Method | None] = column(CONSENTED)
    typed: Mapped[str] = column(CONSENTED, default="")


class SensitiveNote(Base):
    """A sensitive note: its text is sealed, and `key` names the key, which lies elsewhere.

    `locked_at` is the moment from which nobody reads it, `destroyed_at` that from which nobody can.
    """

    __tablename__ = "sensitive_note"
    __table_args__ = table(person="consent.enrolment.student")

    id: Mapped[int] = column(SEALED, primary_key=True)
    consent: Mapped[int] = column(SEALED, ForeignKey("consent.id"), index=True)
    author: Mapped[int] = column(IDENTITY, ForeignKey("person.number"))
    at: Mapped[datetime] = column(SEALED)
    key: Mapped[str] = column(SEALED, unique=True)
    sealed: Mapped[bytes] = column(SEALED, LargeBinary)
    locked_at: Mapped[datetime | None] = column(SEALED)
    destroyed_at: Mapped[datetime | None] = column(SEALED)


class SensitiveExtract(Base):
    """Some sentences of a note and why they are needed, for one action that is shared with one adviser, sealed."""

    __tablename__ = "sensitive_extract"
    __table_args__ = table(person="note.consent.enrolment.student")

    id: Mapped[int] = column(SEALED, primary_key=True)
    note: Mapped[int] = column(SEALED, ForeignKey("sensitive_note.id"), index=True)
    share: Mapped[int | None] = column(SEALED, ForeignKey("shared_action.id"), index=True)
    shared_by: Mapped[int] = column(IDENTITY, ForeignKey("person.number"))
    at: Mapped[datetime] = column(SEALED)
    key: Mapped[str] = column(SEALED, unique=True)
    sealed: Mapped[bytes] = column(SEALED, LargeBinary)
    ended_at: Mapped[datetime | None] = column(SEALED)
    destroyed_at: Mapped[datetime | None] = column(SEALED)

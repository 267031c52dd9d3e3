"""Accounts, roles, sessions and the confidentiality agreement. No password and no token is kept, only digests."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped

from auth.viewer import Role
from data_access.tables.base import ACCOUNT, ROLES, Base, column, table


class Ceremony(StrEnum):
    """How a person proved who they are."""

    PASSWORD = "password"  # noqa: S105 - the name of a ceremony


class Account(Base):
    """What a person signs in with. `wrong_tries` and `wrong_at` make the wait after wrong passwords.

    From `made_at` counts how long it is kept of whoever was never given a role, and never studied here.
    """

    __tablename__ = "account"
    __table_args__ = table(person="person")

    person: Mapped[int] = column(ACCOUNT, ForeignKey("person.number"), primary_key=True)
    username: Mapped[str] = column(ACCOUNT, unique=True)
    password_hash: Mapped[str] = column(ACCOUNT)
    must_change: Mapped[bool] = column(ACCOUNT, default=False)
    active: Mapped[bool] = column(ACCOUNT, default=True)
    wrong_tries: Mapped[int] = column(ACCOUNT, default=0)
    wrong_at: Mapped[datetime | None] = column(ACCOUNT)
    made_at: Mapped[datetime | None] = column(ACCOUNT)


class RoleGrant(Base):
    """A role given to a person from one day to another, both included, by somebody, for a reason.

    Each year somebody says again that it is still needed: `reviewed_on` and `reviewed_by` are the last time.
    """

    __tablename__ = "role_grant"
    __table_args__ = (Index(None, "person", "role"), table(person="person"))

    id: Mapped[int] = column(ROLES, primary_key=True)
    person: Mapped[int] = column(ROLES, ForeignKey("person.number"))
    role: Mapped[Role] = column(ROLES)
    first: Mapped[date] = column(ROLES)
    last: Mapped[date | None] = column(ROLES)
    granted_by: Mapped[str] = column(ROLES)
    reason: Mapped[str] = column(ROLES)
    reviewed_on: Mapped[date | None] = column(ROLES)
    reviewed_by: Mapped[str | None] = column(ROLES)


class Ticket(Base):
    """A sign-in that has succeeded and waits, for seconds, to be turned into a cookie; good for once."""

    __tablename__ = "ticket"
    __table_args__ = table(person="person")

    digest: Mapped[str] = column(ACCOUNT, primary_key=True)
    person: Mapped[int] = column(ACCOUNT, ForeignKey("person.number"))
    ceremony: Mapped[Ceremony] = column(ACCOUNT)
    expires_at: Mapped[datetime] = column(ACCOUNT)


class SignIn(Base):
    """A session, known by the digest of its token. Its role is the one active role."""

    __tablename__ = "sign_in"
    __table_args__ = table(person="person")

    digest: Mapped[str] = column(ACCOUNT, primary_key=True)
    person: Mapped[int] = column(ACCOUNT, ForeignKey("person.number"), index=True)
    role: Mapped[Role] = column(ACCOUNT)
    ceremony: Mapped[Ceremony] = column(ACCOUNT)
    browser: Mapped[str] = column(ACCOUNT)
    began_at: Mapped[datetime] = column(ACCOUNT)
    seen_at: Mapped[datetime] = column(ACCOUNT)
    ended_at: Mapped[datetime | None] = column(ACCOUNT)


class AgreementAcceptance(Base):
    """One person's acceptance of one version of the confidentiality agreement, until it expires."""

    __tablename__ = "agreement_acceptance"
    __table_args__ = (Index(None, "person", "version"), table(person="person"))

    id: Mapped[int] = column(ACCOUNT, primary_key=True)
    person: Mapped[int] = column(ACCOUNT, ForeignKey("person.number"))
    version: Mapped[str] = column(ACCOUNT)
    sha256: Mapped[str] = column(ACCOUNT)
    typed_name: Mapped[str] = column(ACCOUNT)
    accepted_at: Mapped[datetime] = column(ACCOUNT)
    expires_at: Mapped[datetime] = column(ACCOUNT)

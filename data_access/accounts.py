"""Accounts: what people see of their own, and what administrators do with those of others."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from auth.refusals.accounts import AccountExists, NoSuchAccount, NoSuchPerson
from auth.viewer import Role, Viewer
from data_access import database, gate, passwords, roles, tombstones, watermarks
from data_access.roles import HeldRole
from data_access.scope import covers
from data_access.sessions import end_sessions
from data_access.tables import Account, Person, RoleGrant, SourceKey
from data_access.tombstones import What
from policy.days import london_day
from privacy.labels import Source


@dataclass(frozen=True)
class OwnAccount:
    """What a person sees of their own account. `agreed` is the confidentiality agreement now in force."""

    name: str
    username: str
    roles: tuple[HeldRole, ...]
    must_change: bool
    agreed: bool


def own(viewer: Viewer, at: datetime) -> OwnAccount:
    """The viewer's own account, the roles in the order in which sessions take them up."""
    with database.reading() as session:
        account = session.execute(
            select(Person.given_name, Person.family_name, Account.username, Account.must_change)
            .join(Account, Account.person == Person.number)
            .where(Person.number == viewer.person)
        ).one()
        return OwnAccount(
            name=f"{account.given_name} {account.family_name}",
            username=account.username,
            roles=roles.held(session, viewer.person, at),
            must_change=account.must_change,
            agreed=not viewer.role.staff or gate.has_agreed(session, viewer, at),
        )


def add(
    viewer: Viewer,
    key: str,
    username: str,
    password: str,
    given: Iterable[Role],
    at: datetime,
    *,
    reason: str = "Given when the account was opened",
    must_change: bool = False,
) -> None:
    """Open an account for the person with that key in student records, with these roles from today.

    NoSuchPerson without such a person, AccountExists where they or somebody else has it, WeakPassword.
    """
    with roles.administering(viewer, at) as session:
        known = session.get(SourceKey, (Source.STUDENT_RECORDS, key))
        if known is None:
            raise NoSuchPerson
        account = Account(person=known.person, username=passwords.username(username), must_change=must_change)
        _open(session, viewer, account, password, at)
        for role in given:
            roles.give(session, viewer, known.person, role, reason, at)


def add_colleague(
    viewer: Viewer,
    given_name: str,
    family_name: str,
    username: str,
    password: str,
    given: Iterable[Role],
    at: datetime,
    *,
    reason: str,
) -> None:
    """As `add`, for somebody whom student records does not know; the password is to be changed at once."""
    with roles.administering(viewer, at) as session:
        person = Person(
            number=watermarks.next_person(session),
            id=secrets.token_urlsafe(9),
            given_name=given_name,
            family_name=family_name,
        )
        session.add(person)
        session.flush()
        account = Account(person=person.number, username=passwords.username(username), must_change=True)
        _open(session, viewer, account, password, at)
        for role in given:
            roles.give(session, viewer, person.number, role, reason, at)


def new_password(viewer: Viewer, username: str, password: str, at: datetime) -> None:
    """Give somebody else a password for once, which they change at once; all their sessions end."""
    with roles.administering(viewer, at) as session:
        person = roles.another(session, viewer, username)
        account = session.get_one(Account, person)
        account.password_hash, account.must_change = passwords.digest(password), True
        end_sessions(session, person, at)
        roles.note(session, viewer, "password_given", person, at)


def disable(viewer: Viewer, username: str, at: datetime) -> None:
    """Close an account, and with it all its roles and sessions at once. What it did stays on record."""
    with roles.administering(viewer, at) as session:
        person = roles.another(session, viewer, username)
        session.get_one(Account, person).active = False
        roles.end_all(session, person, at)
        end_sessions(session, person, at)
        tombstones.add(session, [person], What.ACCOUNT, "", at)
        roles.note(session, viewer, "account_closed", person, at)


def sign_out(viewer: Viewer, username: str, at: datetime) -> None:
    """End all sessions of an account."""
    with roles.administering(viewer, at) as session:
        person = roles.account_of(session, username)
        end_sessions(session, person, at)
        roles.note(session, viewer, "signed_out_by_administrator", person, at)


def administered(viewer: Viewer, at: datetime) -> bool:
    """Whether anybody is an administrator today; the first one is added without one."""
    grants = select(RoleGrant.id).join(Account, Account.person == RoleGrant.person)
    held = grants.where(
        RoleGrant.role == Role.ADMINISTRATOR, Account.active, covers(RoleGrant.first, RoleGrant.last)
    )
    with database.reading() as session:
        return session.scalar(held.limit(1), {"today": london_day(at)}) is not None


def acting(username: str, role: Role, at: datetime) -> Viewer:
    """The named person in that role on the command line; NoSuchAccount when they have it not today."""
    with database.reading() as session:
        person = roles.account_of(session, username)
        if role not in {held.role for held in roles.held(session, person, at)}:
            raise NoSuchAccount
    return Viewer(person, role, "command-line")


def _open(session: Session, viewer: Viewer, account: Account, password: str, at: datetime) -> None:
    names = session.get_one(Person, account.person)
    passwords.check_new(password, names.given_name, names.family_name, account.username)
    taken = (Account.username == account.username) | (Account.person == account.person)
    if session.scalar(select(Account.person).where(taken)) is not None:
        raise AccountExists
    account.password_hash, account.made_at = passwords.digest(password), at
    session.add(account)
    roles.note(session, viewer, "account_opened", account.person, at)

"""Accounts and the roles they hold: who gets one, from when, by whose hand, and for what reason."""

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from auth.permissions import Act, Action
from auth.refusals import AccountExists, NoSuchAccount, NoSuchPerson, NotYourself
from auth.viewer import Role, Viewer
from data_access import access_log, database, gate, passwords
from data_access.access_log import Line
from data_access.scope import covers
from data_access.sessions import ORDER, end_sessions
from data_access.tables import Account, Person, RoleGrant, SourceKey
from policy.days import london_day
from privacy.labels import Category, Source
from privacy.purposes import Duty

_ADMINISTER = Act(Action.WRITE, Category.ROLES, Duty.SECURITY)


@dataclass(frozen=True)
class HeldRole:
    """A role that a person holds today, from which day, by whom, and why."""

    role: Role
    since: date
    granted_by: str
    reason: str


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
            roles=_held(session, viewer.person, at),
            must_change=account.must_change,
            agreed=not viewer.role.staff or gate.has_agreed(session, viewer, at),
        )


def add(
    viewer: Viewer,
    key: str,
    username: str,
    password: str,
    roles: Iterable[Role],
    at: datetime,
    *,
    reason: str = "Given when the account was opened",
    must_change: bool = False,
) -> None:
    """Open an account for the person with that key in student records, with these roles from today.

    NoSuchPerson without such a person, AccountExists where they or somebody else has it, WeakPassword.
    """
    with _administering(viewer, at) as session:
        known = session.get(SourceKey, (Source.STUDENT_RECORDS, key))
        if known is None:
            raise NoSuchPerson
        account = Account(person=known.person, username=_plain(username), must_change=must_change)
        _open(session, viewer, account, password, at)
        for role in roles:
            _grant(session, viewer, known.person, role, reason, at)


def add_colleague(
    viewer: Viewer,
    given_name: str,
    family_name: str,
    username: str,
    password: str,
    roles: Iterable[Role],
    at: datetime,
    *,
    reason: str,
) -> None:
    """As `add`, for somebody whom student records does not know; the password is to be changed at once."""
    with _administering(viewer, at) as session:
        person = Person(id=secrets.token_urlsafe(9), given_name=given_name, family_name=family_name)
        session.add(person)
        session.flush()
        account = Account(person=person.number, username=_plain(username), must_change=True)
        _open(session, viewer, account, password, at)
        for role in roles:
            _grant(session, viewer, person.number, role, reason, at)


def new_password(viewer: Viewer, username: str, password: str, at: datetime) -> None:
    """Give somebody else a password for once, which they change at once; all their sessions end."""
    with _administering(viewer, at) as session:
        person = _another(session, viewer, username)
        account = session.get_one(Account, person)
        account.password_hash, account.must_change = passwords.digest(password), True
        end_sessions(session, person, at)
        _note(session, viewer, "password_given", person, at)


def grant_role(viewer: Viewer, username: str, role: Role, reason: str, at: datetime) -> None:
    """Give an account a role from today on; a role that it holds already is left as it is."""
    with _administering(viewer, at) as session:
        person = _another(session, viewer, username)
        if role not in {held.role for held in _held(session, person, at)}:
            _grant(session, viewer, person, role, reason, at)


def revoke_role(viewer: Viewer, username: str, role: Role, reason: str, at: datetime) -> None:
    """Take a role away. It is gone at once, and with it each session in that role."""
    with _administering(viewer, at) as session:
        person = _another(session, viewer, username)
        grants = select(RoleGrant).where(RoleGrant.person == person, RoleGrant.role == role)
        for grant in session.scalars(grants.where(covers(RoleGrant.first, RoleGrant.last)), _today(at)):
            grant.last = london_day(at) - timedelta(days=1)  # both days count, so today is no longer one
            grant.reason += f"; taken away by {_actor(session, viewer)}: {reason}"
        _note(session, viewer, f"role_taken_away:{role}", person, at)


def disable(viewer: Viewer, username: str, at: datetime) -> None:
    """Close an account, and with it all its sessions at once. What it did stays on record."""
    with _administering(viewer, at) as session:
        person = _another(session, viewer, username)
        session.get_one(Account, person).active = False
        end_sessions(session, person, at)
        _note(session, viewer, "account_closed", person, at)


def sign_out(viewer: Viewer, username: str, at: datetime) -> None:
    """End all sessions of an account."""
    with _administering(viewer, at) as session:
        person = _person(session, username)
        end_sessions(session, person, at)
        _note(session, viewer, "signed_out_by_administrator", person, at)


def administered(viewer: Viewer, at: datetime) -> bool:
    """Whether anybody is an administrator today; the first one is added without one."""
    grants = select(RoleGrant.id).join(Account, Account.person == RoleGrant.person)
    held = grants.where(
        RoleGrant.role == Role.ADMINISTRATOR, Account.active, covers(RoleGrant.first, RoleGrant.last)
    )
    with database.reading() as session:
        return session.scalar(held.limit(1), _today(at)) is not None


def administrator(username: str, at: datetime) -> Viewer:
    """The named person as an administrator on the command line; NoSuchAccount when they are none today."""
    with database.reading() as session:
        person = _person(session, username)
        if Role.ADMINISTRATOR not in {held.role for held in _held(session, person, at)}:
            raise NoSuchAccount
    return Viewer(person, Role.ADMINISTRATOR, "command-line")


def _open(session: Session, viewer: Viewer, account: Account, password: str, at: datetime) -> None:
    names = session.get_one(Person, account.person)
    passwords.check_new(password, names.given_name, names.family_name, account.username)
    taken = (Account.username == account.username) | (Account.person == account.person)
    if session.scalar(select(Account.person).where(taken)) is not None:
        raise AccountExists
    account.password_hash = passwords.digest(password)
    session.add(account)
    _note(session, viewer, "account_opened", account.person, at)


@contextmanager
def _administering(viewer: Viewer, at: datetime) -> Iterator[Session]:
    with gate.writing(viewer, None, _ADMINISTER, at) as opened:
        yield opened.session


def _another(session: Session, viewer: Viewer, username: str) -> int:
    person = _person(session, username)
    if person == viewer.person:
        raise NotYourself
    return person


def _person(session: Session, username: str) -> int:
    found = session.scalar(select(Account.person).where(Account.username == _plain(username), Account.active))
    if found is None:
        raise NoSuchAccount
    return found


def _held(session: Session, person: int, at: datetime) -> tuple[HeldRole, ...]:
    grants = select(RoleGrant).where(RoleGrant.person == person, covers(RoleGrant.first, RoleGrant.last))
    rows = sorted(session.scalars(grants, _today(at)), key=lambda g: (ORDER.index(g.role), g.first))
    return tuple(HeldRole(g.role, g.first, g.granted_by, g.reason) for g in rows)


def _grant(session: Session, viewer: Viewer, person: int, role: Role, reason: str, at: datetime) -> None:
    if role not in ORDER:
        raise ValueError("no person has the role of a job")
    session.add(
        RoleGrant(
            person=person,
            role=role,
            first=london_day(at),
            granted_by=_actor(session, viewer),
            reason=reason,
        )
    )
    session.flush()
    _note(session, viewer, f"role_given:{role}", person, at)


def _actor(session: Session, viewer: Viewer) -> str:
    if not viewer.person:
        return viewer.session
    return session.get_one(Account, viewer.person).username


def _note(session: Session, viewer: Viewer, event: str, person: int, at: datetime) -> None:
    session.flush()
    access_log.append(session.connection(), Line(viewer, event, (person,), at))


def _today(at: datetime) -> dict[str, date]:
    return {"today": london_day(at)}


def _plain(username: str) -> str:
    return username.strip().lower()

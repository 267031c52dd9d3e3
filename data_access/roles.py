"""Roles: what a person holds, and the administrator's hand that gives and takes them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from auth.permissions import Act, Action
from auth.refusals import DaysDoNotFit, ReasonNeeded
from auth.refusals.accounts import NoSuchAccount, NotYourself
from auth.viewer import Role, Viewer
from data_access import access_log, gate, passwords, tombstones
from data_access.access_log import Line
from data_access.scope import TODAY, covers
from data_access.sessions import ORDER
from data_access.tables import Account, RoleGrant
from data_access.tombstones import What
from policy.days import london_day
from privacy.labels import Category
from privacy.purposes import Duty

_ADMINISTER = Act(Action.WRITE, Category.ROLES, Duty.SECURITY)


@dataclass(frozen=True)
class HeldRole:
    """A role that a person holds today, from which day, by whom, and why."""

    role: Role
    since: date
    granted_by: str
    reason: str


def grant(viewer: Viewer, username: str, role: Role, reason: str, at: datetime) -> None:
    """Give an account a role from today on; a role that it holds already is left as it is."""
    with administering(viewer, at) as session:
        person = another(session, viewer, username)
        if role not in {other.role for other in held(session, person, at)}:
            give(session, viewer, person, role, reason, at)


def revoke(viewer: Viewer, username: str, role: Role, reason: str, at: datetime) -> None:
    """Take a role away. It is gone at once, and with it each session in that role; one still to come, too."""
    with administering(viewer, at) as session:
        person = another(session, viewer, username)
        grants = select(RoleGrant).where(RoleGrant.person == person, RoleGrant.role == role)
        for given in session.scalars(grants.where(not_over()), {"today": london_day(at)}):
            given.last = london_day(at) - timedelta(days=1)  # both days count, so today is no longer one
            given.reason += f"; taken away by {actor(session, viewer)}: {why(reason)}"
        tombstones.add(session, [person], What.ROLE, role, at)
        note(session, viewer, f"role_taken_away:{role}", person, at)


@contextmanager
def administering(viewer: Viewer, at: datetime) -> Iterator[Session]:
    """The gate for whoever opens, changes or closes the accounts of others: administrators, and jobs."""
    with gate.writing(viewer, None, _ADMINISTER, at) as opened:
        yield opened.session


def another(session: Session, viewer: Viewer, username: str) -> int:
    """The number of somebody else with an open account; NotYourself, NoSuchAccount."""
    person = account_of(session, username)
    if person == viewer.person:
        raise NotYourself
    return person


def account_of(session: Session, username: str) -> int:
    """The number of the person with this open account; NoSuchAccount."""
    found = session.scalar(
        select(Account.person).where(Account.username == passwords.username(username), Account.active)
    )
    if found is None:
        raise NoSuchAccount
    return found


def held(session: Session, person: int, at: datetime) -> tuple[HeldRole, ...]:
    """The roles of a person today, in the order in which sessions take them up."""
    grants = select(RoleGrant).where(RoleGrant.person == person, covers(RoleGrant.first, RoleGrant.last))
    rows = sorted(
        session.scalars(grants, {"today": london_day(at)}), key=lambda g: (ORDER.index(g.role), g.first)
    )
    return tuple(HeldRole(g.role, g.first, g.granted_by, g.reason) for g in rows)


def end_all(session: Session, person: int, at: datetime) -> None:
    """Whoever's account is closed has had no role since the day before, and none to come."""
    grants = select(RoleGrant).where(RoleGrant.person == person)
    for given in session.scalars(grants.where(not_over()), {"today": london_day(at)}).all():
        given.last = london_day(at) - timedelta(days=1)


def not_over() -> ColumnElement[bool]:
    """Whether a grant holds today or later; execute with `today`."""
    lasting: ColumnElement[bool] = RoleGrant.last.is_(None) | (RoleGrant.last >= TODAY)
    return lasting


def give(
    session: Session,
    viewer: Viewer,
    person: int,
    role: Role,
    reason: str,
    at: datetime,
    *,
    first: date | None = None,
    last: date | None = None,
) -> None:
    """Write down the grant and its line of the log; without days it holds from today until taken away."""
    if role not in ORDER:
        raise ValueError("no person has the role of a job")
    first = first or london_day(at)
    fitting(first, last, at)
    session.add(
        RoleGrant(
            person=person,
            role=role,
            first=first,
            last=last,
            granted_by=actor(session, viewer),
            reason=why(reason),
        )
    )
    session.flush()
    note(session, viewer, f"role_given:{role}", person, at)


def why(reason: str) -> str:
    """The reason on one line; ReasonNeeded where there is none."""
    if not (said := " ".join(reason.split())):
        raise ReasonNeeded
    return said


def fitting(first: date, last: date | None, at: datetime) -> None:
    """DaysDoNotFit unless the days begin today or later, and end no earlier than they begin."""
    if first < london_day(at) or (last is not None and last < first):
        raise DaysDoNotFit


def actor(session: Session, viewer: Viewer) -> str:
    """The username of the viewer, or the name of the job."""
    if not viewer.person:
        return viewer.session
    return session.get_one(Account, viewer.person).username


def note(session: Session, viewer: Viewer, event: str, person: int, at: datetime) -> None:
    """Add what was done to whom to the log, in the same transaction."""
    session.flush()
    access_log.append(session.connection(), Line(viewer, event, (person,), at))

"""Sessions: a ticket for a moment, then a token in a cookie. Only their digests are kept.

What is asked at every message is one row; whatever ends a session (sign-out, an idle half hour, a role
taken away, an account closed) is part of that question, so that nothing need be hunted down.
"""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import ColumnElement, bindparam, delete, exists, select, update
from sqlalchemy.orm import Session

import policy
from auth.refusals.accounts import NoRole
from auth.viewer import Role, Viewer
from data_access import access_log, database
from data_access.access_log import Line
from data_access.scope import covers
from data_access.tables import Account, Ceremony, RoleGrant, SignIn, Ticket
from policy.days import london_day

# Where a session begins for a person with several roles: daily work first, duties over others last.
ORDER = (
    Role.TUTOR,
    Role.STUDENT,
    Role.SENIOR_TUTOR,
    Role.ADVISER,
    Role.MANAGER,
    Role.COMPLIANCE,
    Role.ADMINISTRATOR,
)
_SIGN_OF_LIFE = timedelta(minutes=1)

_HOLDS_ROLE = exists().where(
    RoleGrant.person == SignIn.person,
    RoleGrant.role == SignIn.role,
    covers(RoleGrant.first, RoleGrant.last),
)
ALIVE: tuple[ColumnElement[bool], ...] = (
    SignIn.ended_at.is_(None),
    SignIn.began_at > bindparam("began_after"),
    SignIn.seen_at > bindparam("seen_after"),
    exists().where(Account.person == SignIn.person, Account.active),
    _HOLDS_ROLE,
)
_LIVING = select(SignIn.person, SignIn.role, SignIn.digest, SignIn.seen_at).where(
    SignIn.digest == bindparam("digest"), *ALIVE
)


def begin_session(person: int, ceremony: Ceremony, at: datetime) -> str:
    """A ticket for someone who has just proved who they are; good once, for seconds. NoRole without a role."""
    ticket = secrets.token_urlsafe(32)
    with database.writing() as session:
        if not roles_held(session, person, at):
            raise NoRole
        session.execute(delete(Ticket).where(Ticket.expires_at <= at))
        expires = at + policy.current().access.ticket
        session.add(Ticket(digest=_digest(ticket), person=person, ceremony=ceremony, expires_at=expires))
    return ticket


def redeem(ticket: str, browser: str, at: datetime) -> str | None:
    """The token of a new session for a ticket; None when it is unknown, used or too old."""
    token = secrets.token_urlsafe(32)
    with database.writing() as session:
        taken = delete(Ticket).where(Ticket.digest == _digest(ticket), Ticket.expires_at > at)
        row = session.execute(taken.returning(Ticket.person, Ticket.ceremony)).one_or_none()
        held = roles_held(session, row.person, at) if row else ()
        if row is None or not held:
            return None
        viewer = Viewer(row.person, held[0], _digest(token))
        session.add(
            SignIn(
                digest=viewer.session,
                person=viewer.person,
                role=viewer.role,
                ceremony=row.ceremony,
                browser=browser,
                began_at=at,
                seen_at=at,
            )
        )
        session.flush()
        access_log.append(session.connection(), Line(viewer, "signed_in", (), at))
    return token


def viewer_of(token: str, at: datetime) -> Viewer | None:
    """Who holds this token, in the session's active role; None when the session is over."""
    with database.reading() as session:
        row = session.execute(_LIVING, {"digest": _digest(token)} | moment(at)).one_or_none()
    return Viewer(row.person, row.role, row.digest) if row else None


def seen(token: str, at: datetime) -> Viewer | None:
    """As `viewer_of`, for a message that a person sent: it keeps the session from growing idle."""
    with database.reading() as session:
        row = session.execute(_LIVING, {"digest": _digest(token)} | moment(at)).one_or_none()
    if row is None:
        return None
    if at - row.seen_at >= _SIGN_OF_LIFE:
        _touch(row.digest, at)
    return Viewer(row.person, row.role, row.digest)


def roles_held(session: Session, person: int, at: datetime) -> tuple[Role, ...]:
    """The roles that an active account holds today, in the order in which a session takes them up."""
    held = (
        select(RoleGrant.role)
        .join(Account, Account.person == RoleGrant.person)
        .where(RoleGrant.person == person, Account.active, covers(RoleGrant.first, RoleGrant.last))
    )
    return tuple(sorted(set(session.scalars(held, {"today": london_day(at)})), key=ORDER.index))


def end_sessions(session: Session, person: int, at: datetime) -> None:
    """End all sessions of a person, in somebody else's transaction; tickets that nobody has used too."""
    session.execute(
        update(SignIn).where(SignIn.person == person, SignIn.ended_at.is_(None)).values(ended_at=at)
    )
    session.execute(delete(Ticket).where(Ticket.person == person))


def _touch(digest: str, at: datetime) -> None:
    """Write the sign of life down, unless somebody else is writing: the next message will do."""
    with database.trying() as connection:
        connection.execute(update(SignIn).where(SignIn.digest == digest).values(seen_at=at))


def moment(at: datetime) -> dict[str, object]:
    """The parameters of `ALIVE` at that instant."""
    access = policy.current().access
    return {
        "began_after": at - access.absolute,
        "seen_after": at - access.idle,
        "today": london_day(at),
    }


def _digest(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()

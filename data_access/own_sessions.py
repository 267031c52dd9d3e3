"""What a person does with their own sessions: look at them, switch the role, end one or all."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, select, update
from sqlalchemy.orm import Session

from auth.refusals import NotOpenToYourRole
from auth.viewer import Role, Viewer
from data_access import access_log, database, gate
from data_access.access_log import Line
from data_access.sessions import ALIVE, end_sessions, moment, roles_held
from data_access.tables import SignIn

_OWN = select(SignIn).where(SignIn.person == bindparam("who"), *ALIVE).order_by(SignIn.began_at.desc())


@dataclass(frozen=True)
class OwnSession:
    """One of a person's living sessions. `handle` names it on the account page; `here` is the one asking."""

    handle: str
    browser: str
    role: Role
    began_at: datetime
    seen_at: datetime
    here: bool


def living(viewer: Viewer, at: datetime) -> tuple[OwnSession, ...]:
    """The viewer's living sessions, the latest first."""
    with database.reading() as session:
        rows = session.scalars(_OWN, {"who": viewer.person} | moment(at)).all()
        return tuple(
            OwnSession(r.digest[:16], r.browser, r.role, r.began_at, r.seen_at, r.digest == viewer.session)
            for r in rows
        )


def switch_role(viewer: Viewer, role: Role, at: datetime) -> None:
    """Make another role that the person holds the active one of this session; it takes effect at once."""
    with gate.noting(viewer, "role_switched", at), database.writing() as session:
        if role not in roles_held(session, viewer.person, at):
            raise NotOpenToYourRole
        session.execute(update(SignIn).where(SignIn.digest == viewer.session).values(role=role))
        _note(session, viewer, "role_switched", at)


def end(viewer: Viewer, at: datetime) -> None:
    """Sign out: end this session."""
    with database.writing() as session:
        _end(session, SignIn.digest == viewer.session, at)
        _note(session, viewer, "signed_out", at)


def end_one(viewer: Viewer, handle: str, at: datetime) -> None:
    """End one of the viewer's own sessions; another person's is never found."""
    with database.writing() as session:
        _end(
            session, (SignIn.person == viewer.person) & SignIn.digest.startswith(handle, autoescape=True), at
        )
        _note(session, viewer, "signed_out_elsewhere", at)


def end_all(viewer: Viewer, at: datetime) -> None:
    """Sign out everywhere: end all sessions of the viewer, this one too."""
    with database.writing() as session:
        end_sessions(session, viewer.person, at)
        _note(session, viewer, "signed_out_everywhere", at)


def _end(session: Session, which: ColumnElement[bool], at: datetime) -> None:
    session.execute(update(SignIn).where(which, SignIn.ended_at.is_(None)).values(ended_at=at))


def _note(session: Session, viewer: Viewer, event: str, at: datetime) -> None:
    access_log.append(session.connection(), Line(viewer, event, (), at))

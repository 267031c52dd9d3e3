"""A person's meetings at an address of their own, for the calendar they use; who has the address reads them.

Only the token's digest is kept, so the address is shown once. It ends with the role, with the enrolment of a
student, when it is stopped or made anew, and after `calendar_months`.
"""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, update

import policy
from auth.permissions import Act, Action
from auth.refusals import NotYoursToSee
from auth.viewer import Role, Viewer
from data_access import gate, tombstones
from data_access.credentials import months_after
from data_access.gate import Opened
from data_access.offers import READ
from data_access.prepared import ENROLMENTS, Statement, once, parameter, run
from data_access.scope import covers
from data_access.tables import Account, CalendarFeed, Meeting, RoleGrant
from data_access.tombstones import What
from policy.days import london_day
from privacy.labels import Category
from privacy.purposes import Duty, Purpose
from support.invitation import Entry
from support.meeting import State

ROLES = (Role.STUDENT, Role.TUTOR)
"""Whose meetings there are."""

_ASK = Act(Action.READ, Category.ACCOUNT, Duty.SECURITY)
_CHANGE = Act(Action.WRITE, Category.ACCOUNT, Duty.SECURITY)
_FIND = Act(Action.READ, Category.SUPPORT, Purpose.FOLLOW_UP)
_JOB = Viewer.service("calendar")


def since(viewer: Viewer, at: datetime) -> datetime | None:
    """When the address of this role was made; None where none opens any more."""
    with gate.reading(viewer, None, _ASK, at, only=ROLES) as opened:
        return opened.session.scalar(select(CalendarFeed.made_at).where(*_own(viewer), _runs(at)))


def make(viewer: Viewer, at: datetime) -> str:
    """The token of a new address, which nobody can be told again; the one before it ends."""
    token = secrets.token_urlsafe(32)
    with gate.writing(viewer, None, _CHANGE, at, only=ROLES) as opened:
        _revoke(opened, at)
        opened.session.add(
            CalendarFeed(digest=_digest(token), person=viewer.person, role=viewer.role, made_at=at)
        )
    return token


def stop(viewer: Viewer, at: datetime) -> None:
    """End the address of this role. There may be none."""
    with gate.writing(viewer, None, _CHANGE, at, only=ROLES) as opened:
        _revoke(opened, at)


def owner(token: str, at: datetime) -> Viewer | None:
    """Who made the address, in the role it is for; None where it is unknown, ended or too old."""
    running = (
        select(CalendarFeed.person, CalendarFeed.role, CalendarFeed.digest)
        .join(Account, Account.person == CalendarFeed.person)
        .join(RoleGrant, and_(RoleGrant.person == Account.person, RoleGrant.role == CalendarFeed.role))
        .where(CalendarFeed.digest == _digest(token), _runs(at))
        .where(Account.active, covers(RoleGrant.first, RoleGrant.last))
        .limit(1)
    )
    with gate.reading(_JOB, None, _FIND, at) as opened:
        row = opened.session.execute(running, {"today": london_day(at)}).one_or_none()
    return Viewer(row.person, row.role, row.digest) if row else None


def entries(viewer: Viewer, at: datetime) -> tuple[Entry, ...]:
    """The viewer's own meetings that are planned or were held as planned, the first first; no other tutor's.

    Raises NotYoursToSee for a student who is enrolled no more.
    """
    with gate.reading(viewer, None, READ, at, only=ROLES) as opened:
        if viewer.role is Role.STUDENT and not opened.enrolments:
            raise NotYoursToSee
        theirs = {"enrolments": opened.enrolments, "tutor": viewer.person}
        return tuple(
            Entry(
                row.id,
                row.sequence,
                row.starts_at,
                row.starts_at + timedelta(minutes=row.minutes),
                row.place or row.format.value,
            )
            for row in run(opened, _meetings, theirs)
        )


@once
def _meetings(opened: Opened) -> Statement:
    m = Meeting
    asked: Statement = (
        select(*opened.columns(m.id, m.sequence, m.starts_at, m.minutes, m.format, m.place))
        .where(m.enrolment.in_(ENROLMENTS))
        .where(or_(m.state == State.PLANNED, and_(m.state == State.HELD, m.offer.is_not(None))))
        .order_by(m.starts_at, m.id)
    )
    return asked.where(m.tutor == parameter("tutor")) if opened.viewer.role is Role.TUTOR else asked


def _own(viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    return CalendarFeed.person == viewer.person, CalendarFeed.role == viewer.role


def _runs(at: datetime) -> ColumnElement[bool]:
    oldest = months_after(at, -policy.current().access.calendar_months)
    return and_(CalendarFeed.revoked_at.is_(None), CalendarFeed.made_at > oldest)


def _revoke(opened: Opened, at: datetime) -> None:
    viewer = opened.viewer
    mine = *_own(viewer), CalendarFeed.revoked_at.is_(None)
    ended: Any = opened.session.execute(update(CalendarFeed).where(*mine).values(revoked_at=at))
    if ended.rowcount:
        tombstones.add(opened.session, [viewer.person], What.CALENDAR, viewer.role, at)


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()

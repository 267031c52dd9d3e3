"""After an older database was put back: what has ended since it was made ends again, and no number is used twice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from auth.viewer import Viewer
from data_access import (
    access_log,
    burials,
    consent_rows,
    database,
    disposing,
    equality,
    erasing,
    gate,
    plan_states,
    restrictions,
    roles,
    sharing,
    tombstones,
    watermarks,
)
from data_access.gate import Opened
from data_access.legal_holds import DECIDE
from data_access.tables import (
    Account,
    CalendarFeed,
    Consent,
    ConsentStep,
    ContactDetail,
    Enrolment,
    Person,
    Restriction,
    RoleGrant,
    SignIn,
    SupportAction,
    SupportPlan,
    Ticket,
)
from data_access.tombstones import Tombstone, What
from policy.days import london_day
from privacy.consent import WAITS, State
from privacy.labels import Retention
from privacy.purposes import Purpose
from support.plan import IN_FORCE
from support.plan import State as PlanState

_ANEW = 1_000_000
"""So many numbers are left out: whoever came since the older database was made had one of them, and is in the log."""


@dataclass(frozen=True)
class Ended:
    """How many rows were deleted again, and how many lines of the list were carried out."""

    rows: int
    lines: int


def carry_out(viewer: Viewer, at: datetime) -> Ended:
    """End and delete anew all that the database has missed, in one transaction. For `restore`.

    Ways to reach somebody whose course has ended go too, whether or not the list speaks of them; and everybody
    signs in again.
    """
    with gate.writing(viewer, None, DECIDE, at) as opened:
        session = opened.session
        missed = tombstones.missed(session)
        watermarks.raise_to(session, watermarks.PERSON, watermarks.last_person(session) + _ANEW)
        session.execute(update(SignIn).where(SignIn.ended_at.is_(None)).values(ended_at=at))
        session.execute(delete(Ticket))
        known = {access_log.pseudonym(one): one for one in session.scalars(select(Person.number))}
        rows = 0
        for stone in missed:
            if stone.what is What.KEY:
                burials.keep_out(session, [stone.of])
            elif stone.person in known:
                rows += _AGAIN[stone.what](opened, known[stone.person], stone, at)
        _not_counted(opened)
        disposing.contacts(opened, at)
    database.settle(*erasing.tables())
    return Ended(rows, len(missed))


def _not_counted(opened: Opened) -> None:
    """The store of characteristics was put back too."""
    stopped = Restriction.purpose == Purpose.EQUALITY, Restriction.lifted_at.is_(None)
    for person in opened.session.scalars(select(Restriction.student).where(*stopped)).all():
        equality.drop(_of(opened, person), person)


def _disposed(opened: Opened, person: int, stone: Tombstone, at: datetime) -> int:
    kind = Retention(stone.of)
    if kind is not Retention.CORE:
        burials.note(opened.session, [person], kind, stone.at)
    return sum(erasing.erase(_of(opened, person), [person], kind, at).values())


def _contact(opened: Opened, person: int, stone: Tombstone, at: datetime) -> int:
    own = select(Enrolment.id).where(Enrolment.id == int(stone.of), Enrolment.student == person)
    return _changed(opened, delete(ContactDetail).where(ContactDetail.enrolment.in_(own)))


def _no(opened: Opened, person: int, stone: Tombstone, at: datetime) -> int:
    number, digest = stone.of.split()
    mine = (
        select(Consent.id, consent_rows.last(ConsentStep.state).label("state"))
        .join(Enrolment, Enrolment.id == Consent.enrolment)
        .where(Consent.id == int(number), Consent.sha256 == digest, Enrolment.student == person)
    )
    row = opened.session.execute(mine).one_or_none()
    if row and row.state in {State.GIVEN, *WAITS}:
        ended = State.WITHDRAWN if row.state is State.GIVEN else State.REFUSED
        consent_rows.end(opened, row.id, ended, stone.at)
    return 0


def _undone(opened: Opened, person: int, stone: Tombstone, at: datetime) -> int:
    own = select(Enrolment.id).where(Enrolment.student == person)
    mine = select(SupportPlan).where(SupportPlan.id == int(stone.of), SupportPlan.enrolment.in_(own))
    plan = opened.session.scalar(mine)
    if plan and plan.state in IN_FORCE:
        opened.session.execute(
            update(SupportAction).where(SupportAction.plan == plan.id).values(may_share_at=None)
        )
        plan_states.move(opened, plan, PlanState.PROPOSED, "", at, **plan_states.NOT_AGREED)
    return 0


def _not_shared(opened: Opened, person: int, stone: Tombstone, at: datetime) -> int:
    mine = (
        select(SupportAction)
        .join(SupportPlan, SupportPlan.id == SupportAction.plan)
        .join(Enrolment, Enrolment.id == SupportPlan.enrolment)
        .where(SupportAction.id == int(stone.of), Enrolment.student == person)
    )
    if action := opened.session.scalar(mine):
        action.may_share_at = None
        sharing.end_lost(opened, action.plan, at)
    return 0


def _unused(opened: Opened, person: int, stone: Tombstone, at: datetime) -> int:
    restrictions.begin_again(_of(opened, person), person, stone.of, stone.at)
    return 0


def _used(opened: Opened, person: int, stone: Tombstone, at: datetime) -> int:
    r = Restriction
    mine = r.student == person, r.purpose == Purpose(stone.of), r.lifted_at.is_(None)
    _changed(opened, update(r).where(*mine).values(lifted_at=stone.at))
    return 0


def _account(opened: Opened, person: int, stone: Tombstone, at: datetime) -> int:
    opened.session.execute(update(Account).where(Account.person == person).values(active=False))
    roles.end_all(opened.session, person, stone.at)
    return 0


def _role(opened: Opened, person: int, stone: Tombstone, at: datetime) -> int:
    grants = select(RoleGrant).where(RoleGrant.person == person, RoleGrant.role == stone.of)
    day = london_day(stone.at)
    for grant in opened.session.scalars(grants.where(roles.not_over()), {"today": day}).all():
        grant.last = day - timedelta(days=1)
    return 0


def _calendar(opened: Opened, person: int, stone: Tombstone, at: datetime) -> int:
    c = CalendarFeed
    mine = c.person == person, c.role == stone.of, c.revoked_at.is_(None), c.made_at <= stone.at
    _changed(opened, update(c).where(*mine).values(revoked_at=stone.at))
    return 0


_AGAIN: Mapping[What, Callable[[Opened, int, Tombstone, datetime], int]] = {
    What.DISPOSED: _disposed,
    What.CONTACT: _contact,
    What.NO: _no,
    What.UNDONE: _undone,
    What.NOT_SHARED: _not_shared,
    What.UNUSED: _unused,
    What.USED: _used,
    What.ACCOUNT: _account,
    What.ROLE: _role,
    What.CALENDAR: _calendar,
}


def _of(opened: Opened, person: int) -> Opened:
    """The same door, opened for this person by what they or the schedule decided."""
    return replace(opened, students=(person,))


def _changed(opened: Opened, change: Any) -> int:
    return int(opened.session.connection().execute(change).rowcount)

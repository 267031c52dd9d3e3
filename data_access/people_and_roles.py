"""Who has which role, as an administrator looks after it: given for a time, found needed once a year, or not.

Colleagues only. Whoever studies here and never held a role of staff is not listed, by name or otherwise.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import exists, or_, select

import policy
from auth.permissions import Act, Action
from auth.refusals import GoneMeanwhile
from auth.refusals.accounts import HeldAlready, NotYourself
from auth.viewer import Role, Viewer
from data_access import gate, roles
from data_access.credentials import months_after
from data_access.sessions import ORDER
from data_access.tables import Account, Enrolment, Person, RoleGrant
from policy.days import london_day, london_noon
from privacy.grants import Colleague, Grant
from privacy.labels import Category
from privacy.purposes import Duty

STAFF = tuple(role for role in ORDER if role.staff)
"""The roles that are given here. That of a student comes with an account and is nobody's to give."""

_LOOK = Act(Action.READ, Category.ROLES, Duty.SECURITY)
_GRANTED = exists().where(RoleGrant.person == Account.person)
_STAFF = exists().where(RoleGrant.person == Account.person, RoleGrant.role.in_(STAFF))
_STUDIES = exists().where(Enrolment.student == Account.person)
_COLLEAGUES = (
    select(Person.number, Person.given_name, Person.family_name, Account.username)
    .join(Account, Account.person == Person.number)
    .where(Account.active, or_(_STAFF, ~_GRANTED & ~_STUDIES))
    .order_by(Person.family_name, Person.given_name, Person.number)
)
_GRANTS = select(RoleGrant).where(RoleGrant.role.in_(STAFF), roles.not_over())


def colleagues(viewer: Viewer, at: datetime) -> list[Colleague]:
    """Everybody of staff with an open account, by name, and the roles they hold or will hold."""
    with gate.reading(viewer, None, _LOOK, at) as opened:
        people = opened.session.execute(_COLLEAGUES).all()
        held: Mapping[int, list[RoleGrant]] = defaultdict(list)
        for given in opened.session.scalars(_GRANTS, {"today": london_day(at)}):
            held[given.person].append(given)
        return [
            Colleague(
                name=(name := f"{p.given_name} {p.family_name}"),
                username=p.username,
                own=p.number == viewer.person,
                grants=tuple(
                    _grant(viewer, name, p.username, g, at) for g in sorted(held[p.number], key=_order)
                ),
            )
            for p in people
        ]


def give(
    viewer: Viewer, username: str, role: Role, first: date, last: date | None, reason: str, at: datetime
) -> None:
    """Give a colleague a role from one day to another, or with None until it is taken away.

    NotYourself, NoSuchAccount, ReasonNeeded, DaysDoNotFit; HeldAlready where the days meet those of the
    same role.
    """
    with roles.administering(viewer, at) as session:
        person = roles.another(session, viewer, username)
        same = _GRANTS.where(RoleGrant.person == person, RoleGrant.role == role)
        held = session.scalars(same, {"today": london_day(at)})
        if any(_meet(given, first, last) for given in held):
            raise HeldAlready
        roles.give(session, viewer, person, role, reason, at, first=first, last=last)


def keep(viewer: Viewer, grant: int, at: datetime) -> None:
    """Say that somebody else's role is still needed; GoneMeanwhile when it holds no longer, NotYourself."""
    with roles.administering(viewer, at) as session:
        given = session.scalar(_GRANTS.where(RoleGrant.id == grant), {"today": london_day(at)})
        if given is None:
            raise GoneMeanwhile
        if given.person == viewer.person:
            raise NotYourself
        given.reviewed_on, given.reviewed_by = london_day(at), roles.actor(session, viewer)
        roles.note(session, viewer, f"role_kept:{given.role}", given.person, at)


def _meet(given: RoleGrant, first: date, last: date | None) -> bool:
    begins_in_time = last is None or given.first <= last
    return begins_in_time and (given.last is None or given.last >= first)


def _order(given: RoleGrant) -> tuple[int, date]:
    return ORDER.index(given.role), given.first


def _grant(viewer: Viewer, name: str, username: str, given: RoleGrant, at: datetime) -> Grant:
    looked_at = london_noon(given.reviewed_on or given.first)
    months = policy.current().access.review_months
    return Grant(
        id=given.id,
        name=name,
        username=username,
        role=given.role.value,
        title=given.role.words,
        first=given.first,
        last=given.last,
        given_by=given.granted_by,
        reason=given.reason,
        reviewed_on=given.reviewed_on,
        reviewed_by=given.reviewed_by,
        due=london_day(months_after(looked_at, months)) <= london_day(at),
        own=given.person == viewer.person,
    )

"""Whose records of a class are due by the schedule, and who of them is held back: by a hold, a request or a copy."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

import policy
from data_access import erasing, leavers, legal_holds, ownerless
from data_access.gate import Opened
from data_access.tables import (
    AccessPack,
    Account,
    Enrolment,
    EnrolmentStatus,
    Person,
    RightsCase,
    RoleGrant,
)
from engagement.studies import Status
from policy.days import london_day
from policy.retention import Rule
from privacy.labels import Retention
from privacy.pack_state import State as PackState
from privacy.request import Kind
from privacy.retention import Why, last_end_due

_OVER = (Status.COMPLETED, Status.WITHDRAWN, Status.TRANSFERRED, Status.DECEASED)
_UNDER_WAY = (PackState.LOOKED_AT, PackState.CHECKED)


def rules(opened: Opened) -> list[tuple[str, Rule]]:
    """The schedule; what hangs on others goes first, the core records last."""
    return sorted(
        policy.current().retention.rules.items(), key=lambda one: (one[0] == Retention.CORE, one[0])
    )


def everybody(opened: Opened, kind: str, rule: Rule, at: datetime) -> list[int]:
    """Of whom there is something of the class whose time is over, whether or not it is held back."""
    by, kind = last_end_due(london_day(at), rule), Retention(kind)
    found = (opened.session.scalars(question) for question in (_ended(by, kind), _left(by, kind)))
    return sorted(one for some in found for one in some)


def people(opened: Opened, kind: str, rule: Rule, at: datetime) -> list[int]:
    """Whose records of the class are due, and nothing holds them back."""
    found = everybody(opened, kind, rule, at)
    kept = held(opened, found, kind, at)
    return [one for one in found if one not in kept]


def of_nobody(opened: Opened, kind: str, rule: Rule, at: datetime) -> Mapping[str, int]:
    """The rows of the class by table that are over their time and about nobody; none while everybody's are held."""
    if None in kept(opened, [kind], at):
        return {}
    return ownerless.over(opened, kind, rule, at)


def held(
    opened: Opened, people: Collection[int], kind: str, at: datetime, why: Why = Why.DUE
) -> frozenset[int]:
    """Those of the people whose records may not go now: a hold, a request that is not answered, a copy to be fetched.

    `kind` may be several classes with spaces between. Ways to reach somebody nothing holds back.
    """
    kinds = kind.split()
    if kinds == [Retention.CONTACT]:
        return frozenset()
    found = kept(opened, kinds, at, why)
    return frozenset(people) if None in found else frozenset(people) & found


def kept(opened: Opened, kinds: Collection[str], at: datetime, why: Why = Why.DUE) -> frozenset[int | None]:
    """Whose records of the classes may not go now, whoever's are due; None among them stands for everybody's."""
    cases = select(RightsCase.student).where(RightsCase.ended_at.is_(None))
    if why is Why.ERASURE:  # the request itself is still open while it is carried out
        cases = cases.where(RightsCase.kind != Kind.ERASURE)
    # A copy is made when it is fetched: until its link has ended, what it is about stays.
    p = AccessPack
    copies = select(p.student).where(
        p.state.in_(_UNDER_WAY) | ((p.state == PackState.ISSUED) & (p.ends_at > at))
    )
    asking = *opened.session.scalars(cases), *opened.session.scalars(copies)
    return legal_holds.running(opened, *_with(kinds)) | frozenset(asking)


def _with(kinds: Collection[str]) -> Collection[str]:
    """The classes, and those that cannot outlast them: a hold on one of these is a hold on what it hangs on."""
    if Retention.CORE in kinds:
        return [kind.value for kind in Retention]
    return [*kinds, Retention.SENSITIVE] if Retention.CONSENT in kinds else kinds


def _ended(by: date, kind: Retention) -> Select[int]:
    """Who has finished every course by that day, and of whom there is anything of the class still."""
    last = (
        select(Enrolment.student, func.max(EnrolmentStatus.first).label("first"))
        .join(EnrolmentStatus, EnrolmentStatus.enrolment == Enrolment.id)
        .where(EnrolmentStatus.superseded_at.is_(None))
        .group_by(Enrolment.student)
        .subquery()
    )
    running = (
        select(EnrolmentStatus.id)
        .join(Enrolment, Enrolment.id == EnrolmentStatus.enrolment)
        .where(
            Enrolment.student == last.c.student,
            EnrolmentStatus.superseded_at.is_(None),
            EnrolmentStatus.status.not_in(_OVER),
            EnrolmentStatus.last.is_(None) | (EnrolmentStatus.last > by),
        )
        .exists()
    )
    there = erasing.any_of(kind, last.c.student)
    return (
        select(last.c.student)
        .where(~running, last.c.first <= by + timedelta(days=1), there)
        .order_by(last.c.student)
    )


def _left(by: date, kind: Retention) -> Select[int]:
    """Who never studied here, left by that day or had no role since, and of whom the class holds anything still.

    The name is what other records hang on: it goes last, once none of them says what this person did.
    """
    number: ColumnElement[int] = Person.__table__.c.number
    if kind is Retention.CORE:
        account = or_(exists().where(RoleGrant.person == number), exists().where(Account.person == number))
        told = Person.run.is_(None) | Person.run.in_(ownerless.loads(by))
        there = and_(~account, ~leavers.named(number), told)
    else:
        left = and_(leavers.worked(number), ~leavers.works(number, by))
        over = or_(left, leavers.idle(number, ownerless.midnight(by)))
        there = and_(over, erasing.any_of(kind, number))
    return select(number).where(~exists().where(Enrolment.student == number), there).order_by(number)

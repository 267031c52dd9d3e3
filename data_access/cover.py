"""Cover for a tutor who is away: somebody else sees their tutees from one day to another, and not after.

Student records say who tutors whom; cover stands beside that, and loads leave it alone. Whoever arranges it
sees how many tutees there are, and never who they are.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from auth.permissions import Act, Action
from auth.refusals import GoneMeanwhile
from auth.refusals.accounts import CoveredAlready, NoSuchPerson, NotATutor, NothingToCover, NotYourself
from auth.viewer import Role, Viewer
from data_access import gate, roles
from data_access.scope import active, covers
from data_access.tables import Enrolment, Person, RoleGrant, Tutoring
from policy.days import london_day
from privacy.grants import Cover, Tutor
from privacy.labels import Category
from privacy.purposes import Duty

_LOOK = Act(Action.READ, Category.ROLES, Duty.SECURITY)
_TOLD = Tutoring.run.is_not(None)
_BY_HAND = Tutoring.run.is_(None)
# Cover that was arranged in one go has all of these in common.
_SAME = (Tutoring.tutor, Tutoring.given_by, Tutoring.reason, Tutoring.first)


def tutors(viewer: Viewer, at: datetime) -> list[Tutor]:
    """The personal tutors of today as student records tell them, by name, with how many tutees each has."""
    number = func.count(Enrolment.id.distinct()).label("tutees")
    question = (
        select(Person.id, Person.given_name, Person.family_name, number)
        .join(Tutoring, Tutoring.tutor == Person.number)
        .join(Enrolment, Enrolment.id == Tutoring.enrolment)
        .where(_TOLD, covers(Tutoring.first, Tutoring.last), active())
        .group_by(Person.id, Person.given_name, Person.family_name)
        .order_by(Person.family_name, Person.given_name, Person.id)
    )
    with gate.reading(viewer, None, _LOOK, at) as opened:
        rows = opened.session.execute(question, {"today": london_day(at)})
        return [Tutor(r.id, f"{r.given_name} {r.family_name}", r.tutees) for r in rows]


def arranged(viewer: Viewer, at: datetime) -> list[Cover]:
    """The cover of today and later, the earliest first."""
    number = func.count(Tutoring.enrolment.distinct()).label("tutees")
    question = (
        select(func.min(Tutoring.id).label("id"), func.max(Tutoring.last).label("last"), number, *_SAME)
        .add_columns(Person.given_name, Person.family_name)
        .join(Person, Person.number == Tutoring.tutor)
        .where(_BY_HAND, Tutoring.last >= london_day(at))
        .group_by(*_SAME, Person.given_name, Person.family_name)
        .order_by(Tutoring.first, Person.family_name, func.min(Tutoring.id))
    )
    with gate.reading(viewer, None, _LOOK, at) as opened:
        return [
            Cover(
                id=row.id,
                covering=f"{row.given_name} {row.family_name}",
                reason=row.reason,
                first=row.first,
                last=row.last,
                tutees=row.tutees,
                given_by=row.given_by,
            )
            for row in opened.session.execute(question)
        ]


def arrange(
    viewer: Viewer, absent: str, covering: str, first: date, last: date, reason: str, at: datetime
) -> int:
    """Let a colleague see the tutees of an absent tutor from one day to another; how many tutees these are.

    `absent` is the tutor's opaque id, `covering` a username. The tutees are those of the first day; cover
    of one ends early where student records already say that the absent tutor's time with them does.
    """
    with roles.administering(viewer, at) as session:
        person = roles.account_of(session, covering)
        if person == viewer.person:
            raise NotYourself("Nobody arranges cover by themselves. Please ask another administrator.")
        roles.fitting(first, last, at)
        _tutor_throughout(session, person, first, last)
        away = session.scalar(select(Person).where(Person.id == absent))
        if away is None:
            raise NoSuchPerson
        rows = _tutees(session, away.number, person, first, last)
        said = f"For {away.given_name} {away.family_name}: {roles.why(reason)}"
        by = roles.actor(session, viewer)
        session.add_all(
            Tutoring(enrolment=one, tutor=person, first=first, last=until, given_by=by, reason=said)
            for one, until in rows
        )
        roles.note(session, viewer, "cover_given", person, at)
        roles.note(session, viewer, "covered", away.number, at)
        return len(rows)


def end(viewer: Viewer, cover: int, at: datetime) -> None:
    """End cover at once, or call it off before it begins; GoneMeanwhile when it is over already."""
    with roles.administering(viewer, at) as session:
        one = session.get(Tutoring, cover)
        if one is None or one.run is not None or one.last is None or one.last < london_day(at):
            raise GoneMeanwhile
        together = (column == getattr(one, column.key) for column in _SAME)
        lasting = select(Tutoring).where(_BY_HAND, *together, Tutoring.last >= london_day(at))
        for row in session.scalars(lasting).all():
            row.last = london_day(at) - timedelta(days=1)  # both days count, so today is no longer one
        roles.note(session, viewer, "cover_ended", one.tutor, at)


def _tutor_throughout(session: Session, person: int, first: date, last: date) -> None:
    """NotATutor unless one grant of the role holds on all the days: cover without it would show nothing."""
    held = select(RoleGrant.id).where(
        RoleGrant.person == person,
        RoleGrant.role == Role.TUTOR,
        RoleGrant.first <= first,
        RoleGrant.last.is_(None) | (RoleGrant.last >= last),
    )
    if session.scalar(held.limit(1)) is None:
        raise NotATutor


def _tutees(
    session: Session, absent: int, covering: int, first: date, last: date
) -> Sequence[tuple[int, date]]:
    """The absent tutor's enrolments on the first day, each with the last day of its cover."""
    told = select(Tutoring.enrolment, Tutoring.last).where(
        _TOLD, Tutoring.tutor == absent, Tutoring.first <= first, _lasts_to(first)
    )
    theirs = {enrolment: min(until or last, last) for enrolment, until in session.execute(told)}
    mine = select(Tutoring.enrolment, Tutoring.run).where(
        Tutoring.tutor == covering,
        Tutoring.enrolment.in_(theirs),
        Tutoring.first <= last,
        _lasts_to(first),
    )
    seen = session.execute(mine).all()
    if any(row.run is None for row in seen):
        raise CoveredAlready
    already = {row.enrolment for row in seen}
    rows = [(enrolment, until) for enrolment, until in theirs.items() if enrolment not in already]
    if not rows:
        raise NothingToCover
    return rows


def _lasts_to(day: date) -> ColumnElement[bool]:
    lasting: ColumnElement[bool] = Tutoring.last.is_(None) | (Tutoring.last >= day)
    return lasting

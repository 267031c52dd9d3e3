"""The access log as information compliance reads it: by pseudonym, a day at a time, and what stands out in it."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select

import policy
from auth.permissions import Act, Action
from auth.refusals import GoneMeanwhile
from auth.viewer import Role, Viewer
from data_access import access_log, gate
from data_access.access_log import Line, pseudonym
from data_access.gate import Opened
from data_access.tables import AccessLine, Enrolment, Person, RoleGrant, SuggestionStep
from engagement.suggestion import State
from policy.days import LONDON
from privacy import watching
from privacy.labels import Category
from privacy.logged import SESSION, Day, Entry, Wanted
from privacy.purposes import Duty
from privacy.watching import Confirmations, Seen, Warned

LOOK = Act(Action.READ, Category.ACCESS_LOG, Duty.AUDIT)
_MOST = 500
"""Lines shown at a time."""


def on(viewer: Viewer, wanted: Wanted, at: datetime) -> Day:
    """The lines of one day that are wanted, at most the latest 500, and how many there are."""
    with gate.reading(viewer, None, LOOK, at) as opened:
        which = _which(wanted)
        question = select(AccessLine).where(*which).order_by(AccessLine.seq.desc()).limit(_MOST)
        rows = opened.session.scalars(question).all()
        number = opened.session.scalar(select(func.count()).select_from(AccessLine).where(*which))
    return Day(tuple(map(_entry, rows)), number or 0)


def standing_out(viewer: Viewer, at: datetime) -> tuple[Warned, ...]:
    """What stands out in the days of policy up to now, the latest first."""
    watch = policy.current().access.watch
    line, staff = AccessLine, [role for role in Role if role.staff]
    question = select(line.at, line.actor, line.role, line.students, line.allowed).where(
        line.at > at - timedelta(days=watch.days), line.at <= at, line.role.in_(staff), line.students != ""
    )
    with gate.reading(viewer, None, LOOK, at) as opened:
        seen = [
            Seen(row.at, row.actor, row.role.words, tuple(row.students.split()), row.allowed)
            for row in opened.session.execute(question)
        ]
        return watching.warnings(seen, _namesakes(opened), watch)


def confirmations(viewer: Viewer, at: datetime) -> Confirmations:
    """How many suggestions people confirmed in the days of policy, and how many too soon after opening them."""
    watch, s = policy.current().access.watch, SuggestionStep
    question = select(s.at, s.opened_at).where(
        s.state == State.CONFIRMED,
        s.opened_at.is_not(None),
        s.at > at - timedelta(days=watch.days),
        s.at <= at,
    )
    with gate.reading(viewer, None, LOOK, at) as opened:
        took = [row.at - row.opened_at for row in opened.session.execute(question)]
    return watching.confirmations(took, watch)


def colleague(viewer: Viewer, actor: str, at: datetime) -> str:
    """The name of the colleague behind a pseudonym; that it was asked for is a line of the log. GoneMeanwhile."""
    with gate.reading(viewer, None, LOOK, at, only={Role.COMPLIANCE}) as opened:
        found = next((row for row in _staff(opened) if pseudonym(row.number) == actor), None)
    if found is None:
        raise GoneMeanwhile
    access_log.record(Line(viewer, "colleague_named", (found.number,), at))
    return f"{found.given_name} {found.family_name}"


def _which(wanted: Wanted) -> list[ColumnElement[bool]]:
    line = AccessLine
    begins = datetime.combine(wanted.day, time(), LONDON)
    ends = datetime.combine(wanted.day + timedelta(days=1), time(), LONDON)
    found = [line.at >= begins, line.at < ends]
    if wanted.role:
        found.append(line.role == Role(wanted.role))
    if wanted.action == SESSION:
        found.append(line.category == SESSION)
    elif wanted.action:
        found.append(line.action == wanted.action)
    if wanted.allowed is not None:
        found.append(line.allowed == wanted.allowed)
    return found


def _entry(row: AccessLine) -> Entry:
    return Entry(
        number=row.seq,
        at=row.at,
        actor=row.actor,
        role=row.role.words if row.role else "",
        action=row.action,
        category=row.category,
        basis=row.basis,
        students=tuple(row.students.split()),
        allowed=row.allowed,
        reason=row.reason,
    )


def _namesakes(opened: Opened) -> Mapping[str, frozenset[str]]:
    """By each colleague's pseudonym those of the students with the same surname."""
    families: dict[str, list[int]] = defaultdict(list)
    for row in _staff(opened):
        families[row.family_name.casefold()].append(row.number)
    found: dict[str, set[str]] = defaultdict(set)
    students = select(Person.number, Person.family_name).where(
        Person.number.in_(select(Enrolment.student).distinct())
    )
    for row in opened.session.execute(students):
        for colleague in families.get(row.family_name.casefold(), ()):
            if colleague != row.number:
                found[pseudonym(colleague)].add(pseudonym(row.number))
    return {one: frozenset(same) for one, same in found.items()}


def _staff(opened: Opened) -> list[Any]:
    question = (
        select(Person.number, Person.given_name, Person.family_name)
        .join(RoleGrant, RoleGrant.person == Person.number)
        .where(RoleGrant.role != Role.STUDENT)
        .distinct()
    )
    return list(opened.session.execute(question))

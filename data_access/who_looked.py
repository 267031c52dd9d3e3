"""Who looked at a student's record or tried to: the lines of the access log that are about them, for themselves."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from auth.permissions import Act, Action
from auth.viewer import Role, Viewer
from data_access import gate, held_back
from data_access.access_log import pseudonym
from data_access.gate import Opened
from data_access.tables import AccessLine, Person, RoleGrant
from privacy import looked
from privacy.labels import Category
from privacy.looked import Look
from privacy.purposes import Duty, basis

_READ = Act(Action.READ, Category.ACCESS_LOG, Duty.RIGHTS)


def of(viewer: Viewer, at: datetime) -> tuple[Look, ...]:
    """Every look at the viewer's own record, refused ones too, the latest first; this one is the first of them.

    Without those that they are told of later, for a recorded reason.
    """
    with gate.reading(viewer, None, _READ, at, only={Role.STUDENT}) as opened:
        return lines(opened, viewer.person, at)


def lines(opened: Opened, person: int, until: datetime) -> tuple[Look, ...]:
    """The same for a copy of what is held: looks up to `until`."""
    name = pseudonym(person)
    question = (
        select(AccessLine)
        # A name in the log is 16 hexadecimal digits, so it is no part of another.
        .where(
            AccessLine.students.contains(name),
            AccessLine.at <= until,
            held_back.lines_shown(opened, person, until),
        )
        .order_by(AccessLine.at.desc(), AccessLine.seq.desc())
    )
    people = _staff(opened) | {name: "You"}
    return tuple(_look(row, name, people) for row in opened.session.scalars(question))


def _look(row: AccessLine, own: str, people: Mapping[str, str]) -> Look:
    return Look(
        at=row.at,
        name=looked.JOB if row.role is Role.SERVICE else people.get(row.actor, looked.UNKNOWN),
        role=row.role.words if row.role else "",
        own=row.actor == own,
        wrote=row.action != Action.READ,
        what=looked.what(row.category),
        why=basis(row.basis).words,
        in_list=" " in row.students,
        allowed=row.allowed,
        reason=looked.why_not(row.reason),
    )


def _staff(opened: Opened) -> dict[str, str]:
    """The names of everybody who has or had a role of staff, by their name in the log."""
    question = (
        select(Person.number, Person.given_name, Person.family_name)
        .join(RoleGrant, RoleGrant.person == Person.number)
        .where(RoleGrant.role != Role.STUDENT)
        .distinct()
    )
    return {pseudonym(r.number): f"{r.given_name} {r.family_name}" for r in opened.session.execute(question)}

"""Colleagues who hold a role today and can sign in: those who may be asked to help a student."""

from datetime import datetime

from sqlalchemy import Row, select

from auth.viewer import Role
from data_access.gate import Opened
from data_access.scope import covers
from data_access.tables import Account, Person, RoleGrant
from policy.days import london_day


def holding(opened: Opened, role: Role, at: datetime) -> list[Row[tuple[int, str, str, str]]]:
    """Number, id, given and family name of each, by name."""
    question = (
        select(Person.number, Person.id, Person.given_name, Person.family_name)
        .join(Account, Account.person == Person.number)
        .join(RoleGrant, RoleGrant.person == Person.number)
        .where(Account.active, RoleGrant.role == role, covers(RoleGrant.first, RoleGrant.last))
        .distinct()
        .order_by(Person.family_name, Person.given_name, Person.id)
    )
    return list(opened.session.execute(question, {"today": london_day(at)}))


def holder(opened: Opened, person: str, role: Role, at: datetime) -> int | None:
    """The number of the colleague with this id if they hold the role today; otherwise None."""
    return next((row.number for row in holding(opened, role, at) if row.id == person), None)

"""Colleagues who have left or never began: whose account is kept, and whose name, as records say what they did."""

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import Column, ColumnElement, Table, and_, exists, or_, select

import policy
from auth.viewer import Role
from data_access import person_paths
from data_access.gate import Opened
from data_access.tables import Account, Person, RoleGrant
from policy.days import london_day
from privacy.labels import Retention
from privacy.retention import last_end_due


def keeps_account(opened: Opened, person: int, at: datetime) -> bool:
    """Whether somebody works here, or did until lately: account, roles and agreements stay."""
    rule = policy.current().retention.rules[Retention.GOVERNANCE]
    by = last_end_due(london_day(at), rule)
    return bool(opened.session.scalar(select(works(person, by))))


def keeps_name(opened: Opened, person: int) -> bool:
    """Whether a record of somebody else's, or one about nobody, says that this person did something."""
    return bool(opened.session.scalar(select(named(person))))


def worked(person: int | ColumnElement[int]) -> ColumnElement[bool]:
    """Whether a person ever had a role."""
    return exists().where(RoleGrant.person == person, RoleGrant.role != Role.STUDENT)


def works(person: int | ColumnElement[int], by: date) -> ColumnElement[bool]:
    """Whether a person has a role still, or had one after that day."""
    later = RoleGrant.last.is_(None) | (RoleGrant.last > by)
    return exists().where(RoleGrant.person == person, RoleGrant.role != Role.STUDENT, later)


def idle(person: int | ColumnElement[int], since: datetime) -> ColumnElement[bool]:
    """Whether a person has had an account since before that moment, and never a role."""
    account = exists().where(Account.person == person, Account.made_at < since)
    return and_(account, ~exists().where(RoleGrant.person == person))


def named(person: int | ColumnElement[int]) -> ColumnElement[bool]:
    """Whether a record that is not about the person names them, and cannot do without."""
    return or_(*[exists().where(*_about(column, table, person)) for column, table in _naming()])


def _about(
    column: Column[int], table: Table, person: int | ColumnElement[int]
) -> Iterator[ColumnElement[bool]]:
    yield column == person
    if table.name not in person_paths.DECIDED:
        yield ~person_paths.belongs(table, person)


def _naming() -> Iterator[tuple[Column[int], Table]]:
    number = Person.__table__.c.number
    for table in person_paths.tables():
        for key in table.foreign_keys:
            decided = table.name in person_paths.DECIDED
            names = not key.parent.nullable if decided else key.parent.name != table.info["person"]
            if key.column is number and names:
                yield key.parent, table

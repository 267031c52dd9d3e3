"""A row for every student in every table there is, made from the metadata, with a word of its own in every text."""

import enum
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Boolean, Column, Date, Enum, Integer, LargeBinary, String, Table, insert
from sqlalchemy.orm import Session

from data_access.tables import Base
from data_access.tables.base import Instant
from tests.cast import ADA, NOW, STUDENTS, TODAY, Member
from tests.conftest import University

FIRST = 70_000  # above every number of the cast
_ALREADY = {"person", "account", "access_line"}
"""The cast has these rows already, or the log makes them."""


def word(member: Member, column: Column[Any]) -> str:
    """The word that only this student's row holds in this column."""
    return f"canary-{member.given.lower()}-{column.table.name}-{column.name}"


def texts(table: Table) -> Iterator[Column[Any]]:
    """The columns of a table that hold text and point at nothing."""
    return (c for c in table.columns if isinstance(c.type, String) and _free(c))


def planted_tables() -> list[Table]:
    """The tables that get rows, in the order in which they point at each other."""
    return [table for table in Base.metadata.sorted_tables if table.name not in _ALREADY]


def plant(university: University) -> None:
    """One row in every table for each of the students."""
    with university.session() as session, session.begin():
        for place, member in enumerate(STUDENTS):
            keys: dict[str, Any] = {"person": member.number}
            for table in planted_tables():
                keys[table.name] = _plant(session, table, member, FIRST + place, keys)


def _plant(session: Session, table: Table, member: Member, number: int, keys: dict[str, Any]) -> Any:
    """The row's key, or the first column of it."""
    row = {column.name: _value(column, member, number, keys) for column in table.columns}
    session.execute(insert(table).values(**row))
    return row[next(iter(table.primary_key)).name]


def _value(column: Column[Any], member: Member, number: int, keys: dict[str, Any]) -> object:
    target = next((key.column.table for key in column.foreign_keys), None)
    if target is not None:
        path = column.table.info["person"]
        if target.name == "person" and path != column.name:
            return ADA.number
        return None if target is column.table else keys[target.name]
    match column.type:
        case Enum(enum_class=kinds) if kinds is not None:
            return _member(kinds)
        case String():
            return word(member, column)
        case Boolean():
            return False
        case Integer():
            return number
        case Date():
            return TODAY
        case Instant():
            return NOW
        case LargeBinary():
            return word(member, column).encode()
    raise TypeError(f"no value for {column}")


def _member(kinds: type[enum.Enum]) -> enum.Enum:
    return next(iter(kinds))


def _free(column: Column[Any]) -> bool:
    return not isinstance(column.type, Enum) and not column.foreign_keys

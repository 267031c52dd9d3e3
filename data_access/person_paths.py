"""The way from every table to the person it tells of, walked from the labels: one condition for any table."""

from collections.abc import Iterator

from sqlalchemy import Column, ColumnElement, Select, Table, select

from data_access.tables import Base

DECIDED = frozenset({"breach_step", "disposal", "notice_version", "release"})
"""Tables that lead to a colleague for what they decided: their rows do not go with whoever decided it."""


def tables() -> Iterator[Table]:
    """Every table with a path to a person; what others point at comes first, so delete them in reverse."""
    return (table for table in Base.metadata.sorted_tables if table.info["person"] is not None)


def belongs(table: Table, person: int | ColumnElement[int]) -> ColumnElement[bool]:
    """Whether a row of `table` leads to the person, a number or a column of numbers. LookupError without a path."""
    path = table.info["person"]
    if path is None:
        raise LookupError(f"{table.fullname} leads to no person")
    return _follow(table, path.split("."), person)


def rows_of(table: Table, person: int) -> Select[tuple[object, ...]]:
    """The rows of `table` that lead to the person, whole, in the order of the primary key."""
    return select(table).where(belongs(table, person)).order_by(*table.primary_key)


def _follow(table: Table, steps: list[str], person: int | ColumnElement[int]) -> ColumnElement[bool]:
    """The last step holds the person's number; each before it is a key into the next table."""
    column = table.c[steps[0]]
    if len(steps) == 1:
        return column == person
    target = _target(column)
    # A column of numbers belongs to the query around all of these, however deep it stands.
    inner = select(target).where(_follow(target.table, steps[1:], person))
    return column.in_(inner.correlate_except(target.table))


def _target(column: Column[object]) -> Column[object]:
    return next(iter(column.foreign_keys)).column

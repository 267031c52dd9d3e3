"""The rows that lead to one student, table by table, as a copy of them holds them. The labels say which and whose."""

from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, select, true

from data_access import held_back, person_paths
from data_access.gate import Opened
from data_access.pack_columns import plain, plan, told
from data_access.pack_names import Names
from privacy import pack_words
from privacy.pack import Section


def sections(opened: Opened, person: int, told_by: datetime | None = None) -> tuple[Section, ...]:
    """Every table that has a row of the person; what others point at comes first.

    With `told_by` without what the person is not told of by then.
    """
    names = Names(opened, person)
    tables = (table for table in person_paths.tables() if told(opened, table))
    found = (_section(opened, table, names, _rows(table, person, told_by)) for table in tables)
    return tuple(one for one in found if one.rows)


def _section(opened: Opened, table: Table, names: Names, where: ColumnElement[bool]) -> Section:
    shown, joined = plan(opened, table, names)
    wanted = [one.read.label(f"c{place}") for place, one in enumerate(shown)]
    keys = [column.label(f"k{place}") for place, column in enumerate(_keys(table))]
    question = select(*wanted, *keys).select_from(joined).where(where)
    rows = opened.session.execute(question.order_by(*table.primary_key)).all()
    return Section(
        table.name,
        pack_words.title(table.name),
        tuple(one.field for one in shown),
        tuple(tuple(one.make(value) for one, value in zip(shown, row, strict=False)) for row in rows),
        tuple(":".join(str(plain(value)) for value in row[len(wanted) :]) for row in rows),
    )


def _rows(table: Table, person: int, told_by: datetime | None) -> ColumnElement[bool]:
    shown = held_back.shown(table, told_by) if told_by else true()
    return person_paths.belongs(table, person) & shown


def _keys(table: Table) -> list[Column[Any]]:
    """What tells a row from the others: the primary key, without the student, who is the same in all."""
    return [column for column in table.primary_key if column.name != table.info["person"]]

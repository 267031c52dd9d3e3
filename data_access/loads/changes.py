"""What a load changes in one table: found by comparing what it brings with what is stored, then carried out."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, cast

from sqlalchemy import Connection, Row, Select, Table, and_, bindparam, delete, func, insert, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

Values = dict[str, Any]
Fact = tuple[Any, ...]
Column = InstrumentedAttribute[Any]
Question = Select[*tuple[Any, ...]]

_KEYS = 2_000  # keys in one question
_ROWS = 10_000  # rows in one statement


@dataclass(frozen=True)
class Change:
    """Rows to delete, insert and update in one table; those to delete or update are found by `key`.

    `was` is what the updated rows were before, as far as it makes a difference.
    """

    table: Table
    key: tuple[str, ...]
    insert: Sequence[Values] = ()
    update: Sequence[Values] = ()
    delete: Sequence[Values] = ()
    was: Sequence[Values] = ()

    @property
    def size(self) -> int:
        """How many rows it touches."""
        return len(self.insert) + len(self.update) + len(self.delete)

    def apply(self, connection: Connection) -> Iterator[int]:
        """Carry it out, saying after each step how many rows that was."""
        at = and_(*(self.table.c[name] == bindparam(f"at_{name}") for name in self.key))
        for rows in _chunks(self.delete, _ROWS):
            connection.execute(delete(self.table).where(at), [self._key(row) for row in rows])
            yield len(rows)
        for rows in _chunks(self.insert, _ROWS):
            connection.execute(insert(self.table), rows)
            yield len(rows)
        for rows in _chunks(self.update, _ROWS):
            names: Values = {name: bindparam(name) for name in rows[0] if name not in self.key}
            connection.execute(
                update(self.table).where(at).values(names),
                [self._key(row) | _only(row, names) for row in rows],
            )
            yield len(rows)
        if self.insert:
            _advance(connection, self.table)

    def _key(self, row: Values) -> Values:
        return {f"at_{name}": row[name] for name in self.key}


def compare(session: Session, rows: Sequence[Values], key: tuple[Column, ...], by: Column) -> Change:
    """What makes the stored rows equal to `rows`, which are full rows of one table with different keys.

    Stored rows are looked up by the column `by`. One that `rows` does not have stays; the column `run`
    makes no difference, so that a row keeps the run that last changed it.
    """
    table, names = table_of(key[0]), tuple(column.key for column in key)
    if not rows:
        return Change(table, names)
    wanted = {tuple(row[name] for name in names): row for row in rows}
    if len(wanted) != len(rows):
        raise ValueError(f"two rows of {table.name} have the same key")
    compared = [name for name in rows[0] if name != "run"]
    question = select(*(table.c[name] for name in compared))
    stored = {
        tuple(row[name] for name in names): row
        for row in (
            found._asdict() for found in look_up(session, question, by, {row[by.key] for row in rows})
        )
    }
    fresh = [row for found, row in wanted.items() if found not in stored]
    other = [
        row for found, row in wanted.items() if found in stored and _only(row, compared) != stored[found]
    ]
    was = [stored[tuple(row[name] for name in names)] for row in other]
    return Change(table, names, insert=fresh, update=other, was=was)


def differ(told: Iterable[Fact], stored: Mapping[Fact, int]) -> tuple[list[Fact], list[Values]]:
    """What is told and not stored yet, in its order; and the `id`s of what is stored and told no longer."""
    told = dict.fromkeys(told)
    fresh = [fact for fact in told if fact not in stored]
    return fresh, [{"id": number} for fact, number in stored.items() if fact not in told]


def look_up(
    session: Session, question: Question, by: Column, values: Collection[Any]
) -> Iterator[Row[*tuple[Any, ...]]]:
    """The rows of the question in which `by` is one of the values, however many they are."""
    for some in _chunks(sorted(values), _KEYS):
        yield from session.connection().execute(question.where(by.in_(some)))


def _chunks(values: Sequence[Any], size: int) -> Iterator[list[Any]]:
    rest = iter(values)
    while some := list(islice(rest, size)):
        yield some


def _only(row: Values, names: Collection[str]) -> Values:
    return {name: row[name] for name in names}


def table_of(column: Column) -> Table:
    """The table of a column."""
    return cast(Table, column.property.columns[0].table)


def _advance(connection: Connection, table: Table) -> None:
    """Numbers are minted before the transaction; PostgreSQL's own counter has to follow."""
    counted = table.autoincrement_column
    if counted is None or connection.dialect.name != "postgresql":
        return
    sequence = func.pg_get_serial_sequence(table.name, counted.name)
    connection.execute(select(func.setval(sequence, select(func.max(counted)).scalar_subquery())))

"""Changes of a table that are too many for objects: they wait in DuckDB, in columns, until they are carried out."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

import duckdb
import pyarrow as pa
from psycopg import Connection as PostgresConnection
from pyarrow import csv
from sqlalchemy import Connection, Table, and_, bindparam, update
from sqlalchemy.orm import Session

from data_access.engine.bounded import Columns, distinct
from data_access.loads.changes import Question
from data_access.loads.numbers import Numbers

SLICE = "student BETWEEN getvariable('first') AND getvariable('last')"
"""Which rows of a table are of the students that are asked about at a time."""

_ROWS = 50_000  # rows in one statement
_SLICE = 1_000_000  # rows told of the students of one slice


@dataclass(frozen=True)
class Bulk:
    """Rows to insert and update in one table. They wait in the table `waiting` of `scratch`, in the order of the key;
    its columns are the key, the `value`, and whether the row is `fresh` or replaces another.

    `told` says how many rows are fresh, and how many replace others, by the columns of the key in `by`.
    """

    table: Table
    key: tuple[str, ...]
    value: str
    run: int
    by: tuple[str, ...]
    scratch: duckdb.DuckDBPyConnection
    waiting: str
    told: tuple[tuple[tuple[int, ...], int, int], ...]

    @property
    def size(self) -> int:
        """How many rows it touches."""
        return sum(fresh + others for _, fresh, others in self.told)

    @property
    def corrected(self) -> int:
        """How many rows replace others."""
        return sum(others for _, _, others in self.told)

    def apply(self, connection: Connection) -> Iterator[int]:
        """Carry it out, saying after each step how many rows that was."""
        for rows in self._rows("fresh"):
            self._insert(connection, rows)
            yield rows.num_rows
        names = [*(f"at_{name}" for name in self.key), f"new_{self.value}", "new_run"]
        for rows in self._rows("NOT fresh"):
            connection.execute(self._replacing(), rows.rename_columns(names).to_pylist())
            yield rows.num_rows

    def _rows(self, which: str) -> Iterator[pa.RecordBatch]:
        question = f"SELECT {', '.join(self.key)}, {self.value}, {self.run} FROM {self.waiting} WHERE {which}"  # noqa: S608
        yield from self.scratch.sql(question).to_arrow_reader(_ROWS)

    def _insert(self, connection: Connection, rows: pa.RecordBatch) -> None:
        into = f"{self.table.name} ({', '.join((*self.key, self.value, 'run'))})"
        if connection.dialect.name == "postgresql":
            _copy(connection, f"COPY {into} FROM STDIN (FORMAT csv)", rows)
            return
        values = zip(*(column.to_pylist() for column in rows.columns), strict=True)
        places = ", ".join("?" * rows.num_columns)
        connection.exec_driver_sql(f"INSERT INTO {into} VALUES ({places})", list(values))  # noqa: S608

    def _replacing(self) -> Any:
        at = and_(*(self.table.c[name] == bindparam(f"at_{name}") for name in self.key))
        return (
            update(self.table)
            .where(at)
            .values({name: bindparam(f"new_{name}") for name in (self.value, "run")})
        )


def number(scratch: duckdb.DuckDBPyConnection, name: str, told: Columns, **numbers: Numbers) -> None:
    """Make a table of what is told, with numbers in the place of the keys in these columns. Raises NotLoadedYet."""
    scratch.register("told", told)
    for column, known in numbers.items():
        keys = sorted(distinct(told, column))
        known.learn(keys)
        mine = pa.array(keys, pa.string()), pa.array(map(known.__getitem__, keys), pa.int32())
        scratch.register(f"{column}_number", pa.table(list(mine), names=["key", "number"]))
    places = ", ".join(f"{column}_number.number AS {column}" for column in numbers)
    joins = " ".join(f"JOIN {column}_number ON {column}_number.key = told.{column}" for column in numbers)
    scratch.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT told.* REPLACE ({places}) FROM told {joins}")  # noqa: S608


def waiting(
    scratch: duckdb.DuckDBPyConnection,
    table: Table,
    value: str,
    run: int,
    by: tuple[str, ...],
    found: str,
    *told: str,
) -> Bulk:
    """The changes that the question `found` finds: the key of the table, the value, and `fresh`.

    It is asked about some students at a time, as many as fit into memory, of all in the tables `told`.
    """
    key = ", ".join(column.name for column in table.primary_key)
    name = f"{table.name}_{run}"
    nobody = (0, -1)  # asked about first, which makes the table
    for first, last in (nobody, *_slices(scratch, told)):
        scratch.execute(f"SET VARIABLE first = {first}; SET VARIABLE last = {last}")
        begin = f"CREATE TABLE {name} AS" if (first, last) == nobody else f"INSERT INTO {name}"
        scratch.execute(f"{begin} SELECT * FROM ({found}) ORDER BY {key}")  # noqa: S608
    counts = "count(*) FILTER (fresh), count(*) FILTER (NOT fresh)"
    question = f"SELECT {', '.join(by)}, {counts} FROM {name} GROUP BY ALL ORDER BY ALL"  # noqa: S608
    counted = tuple((row[:-2], row[-2], row[-1]) for row in scratch.execute(question).fetchall())
    return Bulk(table, tuple(key.split(", ")), value, run, by, scratch, name, counted)


def _slices(scratch: duckdb.DuckDBPyConnection, told: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The first and the last number of some students after others, of whom about as many rows tell."""
    every = " UNION ALL ".join(f"SELECT student FROM {name}" for name in told)  # noqa: S608
    question = f"SELECT student, count(*) FROM ({every}) GROUP BY ALL ORDER BY ALL"  # noqa: S608
    first, last, many = None, 0, 0
    for last, rows in scratch.execute(question).fetchall():
        first, many = last if first is None else first, many + rows
        if many >= _SLICE:
            yield first, last
            first, many = None, 0
    if first is not None:
        yield first, last


def store(session: Session, scratch: duckdb.DuckDBPyConnection, question: Question, into: str) -> None:
    """Put the rows that the database has into a table of `scratch`, which has their columns."""
    rows = session.connection().execute(question.execution_options(yield_per=_ROWS))
    for part in rows.partitions():
        columns = zip(*part, strict=True)
        table = pa.table([pa.array(column) for column in columns], names=list(rows.keys()))
        scratch.register("part", table)
        scratch.execute(f"INSERT INTO {into} BY NAME SELECT * FROM part")  # noqa: S608


def _copy(connection: Connection, into: str, rows: pa.RecordBatch) -> None:
    text = io.BytesIO()
    csv.write_csv(rows, text, csv.WriteOptions(include_header=False))
    driver = cast("PostgresConnection[Any]", connection.connection.driver_connection)
    with driver.cursor() as cursor, cursor.copy(into) as copy:
        copy.write(text.getvalue())

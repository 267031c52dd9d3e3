"""VLE days as rows: millions of them, so they stay in columns from the file to the database."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc
from psycopg import Connection as PostgresConnection
from pyarrow import csv
from sqlalchemy import Connection, Row, Update, and_, bindparam, select, update
from sqlalchemy.orm import Session

from data_access.loads.numbers import Nouns, Numbers
from data_access.tables import VleDay

_KEY = ["student", "module", "day"]
_ROWS = 50_000  # rows in one statement
_FEW_DAYS = 31  # up to so many days the index on the day finds what is stored; beyond, all is read
_INSERT = "INSERT INTO vle_day (student, module, day, views, run) VALUES (?, ?, ?, ?, ?)"
_COPY = "COPY vle_day (student, module, day, views, run) FROM STDIN (FORMAT csv)"
_SCHEMA = pa.schema([(name, pa.int64()) for name in (*_KEY, "views")])


@dataclass(frozen=True)
class Change:
    """Days to insert, in the order of the key, and days whose number of views is another now."""

    insert: pa.Table
    update: pa.Table

    @property
    def size(self) -> int:
        """How many rows it touches."""
        return int(self.insert.num_rows + self.update.num_rows)

    def apply(self, connection: Connection) -> Iterator[int]:
        """Carry it out, saying after each step how many rows that was."""
        write = _copy if connection.dialect.name == "postgresql" else _insert
        for rows in self.insert.to_batches(max_chunksize=_ROWS):
            write(connection, rows)
            yield rows.num_rows
        for rows in self.update.to_batches(max_chunksize=_ROWS):
            connection.execute(_replacing(), rows.to_pylist())
            yield rows.num_rows


def codes(days: pa.Table | None) -> set[str]:
    """The codes of the modules that the days belong to."""
    return set(pc.unique(days["module"]).to_pylist()) if days is not None else set()


def change(
    session: Session, nouns: Nouns, days: pa.Table | None, run: int, added: pa.Table | None = None
) -> Change:
    """What makes the stored days those of `days`, and adds the views of `added`; any other day stays."""
    told, more = (_SCHEMA.empty_table() if some is None else _numbered(nouns, some) for some in (days, added))
    stored = _stored(session, pa.concat_tables([told, more]))
    told = _with(told, more, stored)
    other = told.join(stored, [*_KEY, "views"], join_type="left anti")
    insert = other.join(stored, _KEY, join_type="left anti").sort_by([(name, "ascending") for name in _KEY])
    update = other.join(stored.select(_KEY), _KEY, join_type="left semi")
    update = update.rename_columns(["at_student", "at_module", "at_day", "new_views"])
    return Change(_stamped(insert, "run", run), _stamped(update, "new_run", run))


def _with(told: pa.Table, more: pa.Table, stored: pa.Table) -> pa.Table:
    """The days that are told, and those to which views are added: to what is told, else to what is stored."""
    if not more.num_rows:
        return told
    so_far = stored.join(more, _KEY, join_type="left semi").join(told, _KEY, join_type="left anti")
    every = pa.concat_tables([told, more, so_far.select(_SCHEMA.names)])
    return every.group_by(_KEY).aggregate([("views", "sum")]).rename_columns(_SCHEMA.names)


def _numbered(nouns: Nouns, days: pa.Table) -> pa.Table:
    columns = (
        _looked_up(nouns.people, days["student"]),
        _looked_up(nouns.modules, days["module"]),
        days["day"].cast(pa.int64()),
        days["views"].cast(pa.int64()),
    )
    return pa.table(columns, schema=_SCHEMA)


def _looked_up(numbers: Numbers, keys: pa.ChunkedArray) -> pa.Array:
    coded = keys.combine_chunks().dictionary_encode()
    words = coded.dictionary.to_pylist()
    numbers.learn(words)
    return pc.take(pa.array([numbers[word] for word in words], pa.int64()), coded.indices)


def _stored(session: Session, told: pa.Table) -> pa.Table:
    if not told.num_rows:
        return _SCHEMA.empty_table()
    question = select(VleDay.student, VleDay.module, VleDay.day, VleDay.views)
    first, last = pc.min_max(told["day"]).as_py().values()
    if last - first < _FEW_DAYS:
        question = question.where(VleDay.day.between(first, last))
    rows = session.connection().execute(question.execution_options(yield_per=_ROWS)).partitions()
    batches = [_SCHEMA.empty_table(), *(_table(part) for part in rows)]
    return pa.concat_tables(batches)


def _table(rows: Sequence[Row[*tuple[Any, ...]]]) -> pa.Table:
    columns = zip(*rows, strict=True)
    return pa.table([pa.array(column, pa.int64()) for column in columns], schema=_SCHEMA)


def _stamped(rows: pa.Table, name: str, run: int) -> pa.Table:
    return rows.append_column(name, pa.repeat(pa.scalar(run, pa.int64()), rows.num_rows))


def _insert(connection: Connection, rows: pa.RecordBatch) -> None:
    values = zip(*(column.to_pylist() for column in rows.columns), strict=True)
    connection.exec_driver_sql(_INSERT, list(values))


def _copy(connection: Connection, rows: pa.RecordBatch) -> None:
    text = io.BytesIO()
    csv.write_csv(rows, text, csv.WriteOptions(include_header=False))
    driver = cast("PostgresConnection[Any]", connection.connection.driver_connection)
    with driver.cursor() as cursor, cursor.copy(_COPY) as copy:
        copy.write(text.getvalue())


def _replacing() -> Update:
    at = and_(*(getattr(VleDay, name) == bindparam(f"at_{name}") for name in _KEY))
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in ("views", "run")}
    return update(VleDay.__table__).where(at).values(values)  # type: ignore[arg-type]

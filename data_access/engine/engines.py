"""The ways to work out the measure over modules: inside the database, in DuckDB. All give the same digits."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import fields
from functools import lru_cache
from typing import Any

import duckdb
import pyarrow as pa
from sqlalchemy import BigInteger, Column, Connection, MetaData, SelectBase, Table, insert

from data_access import reach
from data_access.engine import rating, stored
from data_access.engine.dialects import DuckDB, written
from data_access.engine.inputs import Inputs, columns, named
from data_access.engine.windows import Windows
from policy.engagement import Engagement

Engine = Callable[[Connection, Collection[int], Windows, Engagement], pa.Table]
"""Rates modules: a table with the columns of `rating.COLUMNS`, in no order."""

_KERNEL: dict[str, str | bool | int | float | list[str]] = {
    "memory_limit": "700MB",
    "preserve_insertion_order": "false",
    # The joins are written in a cheap order, facts first. DuckDB knows too little of relations that are handed to it,
    # and would begin with every student on every day of every window: a third more work (bench/results/kernel.txt).
    "disabled_optimizers": "join_order",
}


def in_duckdb(
    connection: Connection, modules: Collection[int], windows: Windows, rules: Engagement
) -> pa.Table:
    """Rate them in this process, outside the database: what is stored of them is read once."""
    relations = {
        "facts": stored.read(connection, "facts", stored.facts(modules, windows.first)),
        "registered": stored.read(connection, "registered", stored.registered(modules)),
        "work": stored.read(connection, "work", stored.work(modules, reach.told_before(connection))),
        **{field.name: getattr(windows, field.name) for field in fields(windows)},
    }
    return over(relations, rules)


def over(relations: Mapping[str, pa.Table], rules: Engagement) -> pa.Table:
    """Rate whoever these relations tell of, in DuckDB; they are named and shaped as in `engine.inputs`."""
    with duckdb.connect(config=_KERNEL) as kernel:
        for name, relation in relations.items():
            kernel.register(name, relation)
        rated = kernel.sql(_question(rules)).to_arrow_table()
    return rated.cast(pa.schema([(name, pa.int64()) for name in rating.COLUMNS]))


@lru_cache(maxsize=4)
def _question(rules: Engagement) -> str:
    """The measure as DuckDB is asked for it: the same for every lot, and dear to write out."""
    return written(rating.module_weeks(named(), rules), DuckDB())


def in_database(
    connection: Connection, modules: Collection[int], windows: Windows, rules: Engagement
) -> pa.Table:
    """Rate them where they are stored."""
    asked = {
        "facts": stored.facts(modules, windows.first),
        "registered": stored.registered(modules),
        "work": stored.work(modules, reach.told_before(connection)),
    }
    return within(connection, asked, windows, rules)


def within(
    connection: Connection, asked: Mapping[str, SelectBase], windows: Windows, rules: Engagement
) -> pa.Table:
    """Rate whoever these questions tell of, in the database; all but the daily facts is laid ready, by key."""
    ready = {
        field.name: temporary(connection, field.name, f"rating_{field.name}")
        for field in fields(Inputs)
        if field.name != "facts"
    }
    for field in fields(windows):
        relation: pa.Table = getattr(windows, field.name)
        if relation.num_rows:
            connection.execute(insert(ready[field.name]), relation.to_pylist())
    for name in ("registered", "work"):
        connection.execute(insert(ready[name]).from_select(columns(name), asked[name]))
    _counted(connection, ready.values())
    inputs = Inputs(facts=asked["facts"].subquery("facts"), **ready)
    rows = connection.execute(rating.module_weeks(inputs, rules)).all()
    for table in ready.values():
        table.drop(connection)
    values: Iterable[Any] = zip(*rows, strict=True) if rows else [()] * len(rating.COLUMNS)
    return pa.table({c: pa.array(v, pa.int64()) for c, v in zip(rating.COLUMNS, values, strict=True)})


def _counted(connection: Connection, ready: Iterable[Table]) -> None:
    """Let PostgreSQL count what was laid ready: else it takes it for next to nothing, and never comes to an end."""
    if connection.dialect.name == "postgresql":
        for table in ready:
            connection.exec_driver_sql(f"ANALYZE {table.name}")


_KEYS = {
    "registered": ("student", "module"),
    "windows": ("module", "mode", "week"),
    "window_days": ("module", "mode", "day", "week"),
    "lost": ("module", "day"),
}


def temporary(connection: Connection, name: str, called: str) -> Table:
    """A table of this connection alone for the relation of that name, by key where it has one."""
    key = _KEYS.get(name, ())
    table = Table(
        called,
        MetaData(),
        *(Column(c, BigInteger, primary_key=c in key, autoincrement=False) for c in columns(name)),
        prefixes=["TEMPORARY"],
        sqlite_with_rowid=not key,
    )
    table.create(connection)
    return table

"""One engine that rates a university's relations, in a process of its own: what it cost, and a checksum of it all.

python -m bench.engine_runs FOLDER duckdb|sqlite|postgresql|spark
"""

import json
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pyarrow as pa
from sqlalchemy import Connection, Select, Table, create_engine, select

import policy
from bench import engine_data, engine_tables, processes
from data_access.engine import engines, rating
from data_access.engine.windows import Windows
from tests import postgres

_SUM = f"SELECT count(*), sum(hash({', '.join(rating.COLUMNS)})) FROM rated"
_WORKER = "4g"
"""Of one worker: it sends its share of all ratings in one piece, and with a gigabyte it died of ten million facts."""
_SPARK = {"spark.executor.memory": "3500m", "spark.driver.memory": "3g", "spark.driver.maxResultSize": "0"}
_ENDED = 1


@dataclass(frozen=True)
class Ready:
    """An engine that is up and has the relations: what it rates, part by part, and the process of its server."""

    rated: Iterator[pa.Table]
    servers: tuple[int, ...] = ()


def main(folder: Path, name: str) -> None:
    """Rate, and print what it cost as JSON. To start an engine and to fill its tables is left out of it."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(_ENDED))  # so that servers are ended too
    with TemporaryDirectory() as scratch, ENGINES[name](folder, Path(scratch)) as ready:
        watch, begun = processes.Watch(*ready.servers), time.perf_counter()
        rows, checksum = summed(ready.rated)
        wall, (cpu, peak) = time.perf_counter() - begun, watch.ended()
    print(json.dumps({"wall": wall, "cpu": cpu, "peak": peak, "rows": rows, "checksum": checksum}))


def summed(parts: Iterator[pa.Table]) -> tuple[int, str]:
    """How many rows these are, and a checksum over all their columns that does not depend on their order."""
    rows, checksum = 0, 0
    for rated in parts:
        counted, hashed = duckdb.execute(_SUM).fetchall()[0]  # DuckDB finds `rated` by its name
        rows, checksum = rows + counted, (checksum + int(hashed or 0)) % 2**64
        del rated
    return rows, f"{checksum:016x}"


@contextmanager
def in_duckdb(folder: Path, scratch: Path) -> Iterator[Ready]:
    """The kernel as the ratings use it."""
    rules = policy.current().engagement
    yield Ready(engines.over(lot, rules) for lot in engine_data.lots(folder))


@contextmanager
def in_sqlite(folder: Path, scratch: Path) -> Iterator[Ready]:
    """SQLite alone, the relations of students in tables by the keys that the stored ones have."""
    with create_engine(f"sqlite:///{scratch / 'bench.db'}").connect() as connection:
        tables = engine_tables.filled(connection, folder)
        yield Ready(_within(connection, tables, folder))


@contextmanager
def in_postgresql(folder: Path, scratch: Path) -> Iterator[Ready]:
    """The same on a server of its own."""
    home = scratch / "postgresql"
    with (
        postgres.server(home) as url,
        create_engine(url % "postgres").connect() as connection,
    ):
        tables = engine_tables.filled(connection, folder)
        server = int((home / "data" / "postmaster.pid").read_text("utf-8").split()[0])
        yield Ready(_within(connection, tables, folder), (server,))


@contextmanager
def in_spark(folder: Path, scratch: Path) -> Iterator[Ready]:
    """A cluster of a master and two workers on this machine, which rates everybody at once."""
    # An optional extra: the other engines run without it.
    from data_access.engine import on_spark
    from tests.spark import cluster

    with cluster.running(scratch, _WORKER) as running:
        spark = on_spark.session(running.address, **_SPARK)
        try:
            yield Ready(on_spark.over(spark, folder, policy.current().engagement) for _ in range(1))
        finally:
            spark.stop()


def _within(connection: Connection, tables: dict[str, Table], folder: Path) -> Iterator[pa.Table]:
    def of(table: Table, those: list[int]) -> Select[Any]:
        return select(table).where(table.c.module.in_(those))

    for lot in engine_data.lots(folder):
        asked = {name: of(table, engine_data.modules(lot)) for name, table in tables.items()}
        looked_at = Windows(**{field.name: lot[field.name] for field in fields(Windows)})
        yield engines.within(connection, asked, looked_at, policy.current().engagement)


ENGINES: dict[str, Callable[[Path, Path], AbstractContextManager[Ready]]] = {
    "duckdb": in_duckdb,
    "sqlite": in_sqlite,
    "postgresql": in_postgresql,
    "spark": in_spark,
}

if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])

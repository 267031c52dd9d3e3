"""DuckDB in bounded memory: what does not fit waits in a folder, and what comes out can be kept there in columns."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import duckdb
import pyarrow as pa


@dataclass(frozen=True)
class InFile:
    """The rows of an Arrow file, however many: a reader holds some at a time, and to DuckDB it is a table."""

    path: Path

    def to_reader(self) -> pa.RecordBatchReader:
        """The rows from the first on."""
        file = pa.ipc.open_file(pa.OSFile(str(self.path)))
        batches = (file.get_batch(number) for number in range(file.num_record_batches))
        return pa.RecordBatchReader.from_batches(file.schema, batches)

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.to_reader().__arrow_c_stream__(requested_schema)


Columns: TypeAlias = pa.Table | InFile
"""Rows in columns: a few in memory, or any number of them in a file."""

_MEMORY = "256MB"
_ROWS = 50_000  # rows of a file that are held at a time


@contextmanager
def opened(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB of its own, with times in UTC; what does not fit into its memory is spilled into the folder."""
    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": 2,
        "memory_limit": _MEMORY,
        "temp_directory": str(folder / "spilled"),
        # Keys are looked up for rows that stream by; the optimiser would hold the rows in memory instead.
        "disabled_optimizers": "join_order,build_side_probe_side",
    }
    with duckdb.connect(":memory:", config=settings) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        yield connection


def kept(found: duckdb.DuckDBPyRelation, path: Path) -> InFile:
    """What a question found, in the file."""
    rows = found.to_arrow_reader(_ROWS)
    with pa.ipc.new_file(str(path), rows.schema) as file:
        for batch in rows:
            file.write_batch(batch)
    return InFile(path)


def distinct(rows: Columns, column: str) -> set[str]:
    """The different values of a column."""
    return {value for batch in rows.to_reader() for value in batch[column].unique().to_pylist()}


def keys(leading: Mapping[str, str]) -> pa.Table:
    """Columns `key`, as others call somebody or something, and `own`, as we do."""
    theirs, ours = (pa.array(names, pa.string()) for names in (leading.keys(), leading.values()))
    return pa.table({"key": theirs, "own": ours})


def own(connection: duckdb.DuckDBPyConnection, noun: str, keys: pa.Table) -> None:
    """The keys as a table of the noun's name. `own` is numbered while it is counted, and comes out as what it is."""
    connection.register("keys", keys)
    connection.execute(f"CREATE TYPE own_{noun} AS ENUM (SELECT DISTINCT own FROM keys)")  # noqa: S608
    connection.execute(f"CREATE TABLE {noun} AS SELECT * REPLACE (own::own_{noun} AS own) FROM keys")  # noqa: S608

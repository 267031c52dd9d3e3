"""One way to rate a university's facts, in a process of its own: its time, its memory, a checksum of what it found.

python -m bench.kernel_runs FOLDER ours|query|pandas|day|night
"""

import json
import resource
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

import policy
from bench.kernel_data import LAST, windows_of
from data_access.engine import engines
from data_access.engine.windows import Windows

_RELATIONS = ("facts", "registered", "work")
_QUERY = Path(__file__).with_name("kernel_query.sql").read_text("utf-8")
_SUM = """
SELECT count(*), sum(hash(student, module, week, score, attendance, vle, submissions, marks, last_active)) FROM rated
"""


def main(folder: Path, way: str) -> None:
    """Rate, and print what it cost as JSON; to import the packages is left out of time and CPU."""
    begun, busy = time.perf_counter(), time.process_time()
    ways = {"ours": ours, "day": day, "night": night, "query": query, "pandas": in_pandas}
    rows, checksum = 0, 0
    for rated in ways[way](folder):
        counted, summed = duckdb.execute(_SUM).fetchall()[0]  # DuckDB finds `rated` by its name
        rows, checksum = rows + counted, (checksum + int(summed)) % 2**64
        del rated
    told = {"wall": time.perf_counter() - begun, "cpu": time.process_time() - busy}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(told | {"peak": peak, "rows": rows, "checksum": f"{checksum:016x}"}))


def ours(folder: Path) -> Iterator[pa.Table]:
    """The kernel as the ratings use it: some modules at a time, so that memory does not grow."""
    files = {name: pq.ParquetFile(folder / f"{name}.parquet") for name in _RELATIONS}
    for lot in range(files["facts"].num_row_groups):
        told = {name: file.read_row_group(lot) for name, file in files.items()}
        yield _rated(told, windows_of(_modules(told)))


def day(folder: Path) -> Iterator[pa.Table]:
    """What one more day costs when twenty modules had anything new: only their last week, from the days it needs."""
    yield _last_week({name: pq.ParquetFile(folder / f"{name}.parquet") for name in _RELATIONS}, 0, 20)


def night(folder: Path) -> Iterator[pa.Table]:
    """The same when every module had something new: what a night costs in the middle of a term."""
    files = {name: pq.ParquetFile(folder / f"{name}.parquet") for name in _RELATIONS}
    for lot in range(files["facts"].num_row_groups):
        yield _last_week(files, lot)


def _last_week(files: dict[str, pq.ParquetFile], lot: int, most: int | None = None) -> pa.Table:
    told = {name: file.read_row_group(lot) for name, file in files.items()}
    those = _modules(told)[:most]
    looked_at = windows_of(those, LAST - timedelta(days=1))
    told = {name: rows.filter(pc.field("module").isin(those)) for name, rows in told.items()}
    told["facts"] = told["facts"].filter(pc.field("day") >= looked_at.first)
    return _rated(told, looked_at)


def query(folder: Path) -> Iterator[pa.Table]:
    """One query written by hand for these rows, over the files as they lie."""
    with duckdb.connect() as connection:
        for name in _RELATIONS:
            connection.execute(f"CREATE VIEW {name} AS FROM '{folder}/{name}.parquet'")
        modules = [row[0] for row in connection.sql("SELECT DISTINCT module FROM registered").fetchall()]
        for name, rows in _columns(windows_of(modules)).items():
            connection.register(name, rows)
        yield connection.sql(_QUERY).to_arrow_table()


def in_pandas(folder: Path) -> Iterator[pa.Table]:
    """The costly half alone in pandas: the days of every window counted. No parts, no scores."""
    told = {name: pd.read_parquet(folder / f"{name}.parquet") for name in ("facts", "registered")}
    days = windows_of(told["registered"]["module"].unique().tolist()).window_days.to_pandas()
    told["facts"]["active_days"] = told["facts"]["views"] > 0
    joined = told["facts"].merge(told["registered"][["student", "module", "mode"]], on=["student", "module"])
    joined = joined.merge(days, on=["module", "mode", "day"])
    counted = joined.groupby(["student", "module", "week"], as_index=False)[
        ["expected", "attended", "authorised", "cancelled", "unrecorded", "active_days"]
    ].sum()
    parts = ("score", "attendance", "vle", "submissions", "marks", "last_active")
    yield pa.Table.from_pandas(counted.assign(**dict.fromkeys(parts, 0)))


def _modules(told: dict[str, pa.Table]) -> list[int]:
    return sorted(told["registered"]["module"].unique().to_pylist())


def _rated(told: dict[str, pa.Table], looked_at: Windows) -> pa.Table:
    return engines.over({**told, **_columns(looked_at)}, policy.current().engagement)


def _columns(looked_at: Windows) -> dict[str, pa.Table]:
    return {name: getattr(looked_at, name) for name in ("windows", "window_days", "lost")}


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])

"""The same ratings worked out by every engine: SQLite alone, PostgreSQL, DuckDB and a Spark cluster, to the digit.

python -m bench.engines [FOLDER of OULAD | ROWS ...]

Spark is compared where PySpark is installed (`make test-spark`), PostgreSQL where a server of version 15 or later is.
"""

import json
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from bench import engine_data, machine
from bench.engine_runs import summed
from bench.load_oulad import SAMPLES
from data_access.engine import rating
from tests import postgres

_TITLES = {
    "duckdb": "DuckDB, by lots of modules",
    "sqlite": "SQLite alone, by lots of modules",
    "postgresql": "PostgreSQL, by lots of modules",
    "spark": "Spark, two workers, everybody at once",
}
_MOST = 25 * 60  # seconds for one engine, with the filling of its tables
_STORED = "as the load rated and stored them"
Found = dict[str, Any]


def main(asked: list[str]) -> None:
    """Print a table for each data set."""
    for words in asked:
        with tempfile.TemporaryDirectory() as scratch:
            relations = Path(scratch) / "relations"
            if words.isdecimal():
                engine_data.generated(relations, int(words))
                _table(relations, "generated")
            else:
                engine_data.oulad(relations, Path(words), Path(scratch) / "home")
                _table(relations, "OULAD 2013, from 4,113,756 lines of clicks")


def _table(folder: Path, title: str) -> None:
    facts = pq.read_metadata(folder / "facts.parquet").num_rows
    print(f"\n{facts:,} daily facts: {title}. {machine.words()}\n")
    print(f"{'':40}{'wall s':>8}{'CPU s':>8}{'peak MB':>9}{'rated':>12}  checksum")
    found = [_line(title, _found(folder, engine)) for engine, title in _TITLES.items()]
    stored = folder.with_name(engine_data.STORED)
    if stored.exists():
        rows, checksum = summed(iter([pq.read_table(stored)]))
        print(f"{_STORED:40}{'':25}{rows:12,}  {checksum}")
        found.append(checksum)
    sums = {checksum for checksum in found if checksum}
    print(
        f"\nChecksums over all {len(rating.COLUMNS)} columns, scores among them: "
        f"{'equal' if len(sums) == 1 else 'DIFFERENT'}."
    )


def _line(title: str, found: Found | str) -> str | None:
    """The line of one engine; its checksum, or nothing where it found none."""
    if isinstance(found, str):
        print(f"{title:40}  {found}", flush=True)
        return None
    cost = f"{found['wall']:8.1f}{found['cpu']:8.1f}{found['peak']:9,}"
    print(f"{title:40}{cost}{found['rows']:12,}  {found['checksum']}", flush=True)
    return str(found["checksum"])


def _found(folder: Path, engine: str) -> Found | str:
    """What an engine found and at which cost, or why there is nothing."""
    there = {"postgresql": postgres.binaries() is not None, "spark": find_spec("pyspark") is not None}
    if not there.get(engine, True):
        return "not installed"
    command = [sys.executable, "-m", "bench.engine_runs", str(folder), engine]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            said, _ = process.communicate(timeout=_MOST)
        except subprocess.TimeoutExpired:
            process.terminate()
            process.communicate()
            return f"not done within {_MOST // 60} minutes"
    if process.returncode:
        raise SystemExit(f"{engine} failed")
    found: Found = json.loads(said.splitlines()[-1])
    return found


if __name__ == "__main__":
    main(sys.argv[1:] or [str(SAMPLES / "oulad"), "10700000"])

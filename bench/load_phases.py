"""The parts of a whole OULAD load, each run in a process of its own; and the least that the same rows can cost.

python -m bench.load_phases PHASE HOME FOLDER
"""

import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import duckdb

import data_access
import policy
from auth.viewer import Viewer
from data_access import keys, loads, migrations, ratings
from ingest import oulad
from ingest.oulad import policies
from policy.days import london_day
from policy.settings import Settings

AT = datetime(2027, 8, 1, 12, tzinfo=UTC)  # every click of 2013 lies in the past: nothing is held back
JOB = Viewer.service("bench")
_BARE = """
SELECT id_student AS student, 2 * ascii(code_module) + (code_presentation = '2013J')::integer AS module,
    date AS day, sum(sum_click)::bigint AS views, 1 AS run
FROM read_parquet(?) GROUP BY ALL ORDER BY ALL"""
_TABLE = """
CREATE TABLE vle_day (student INTEGER NOT NULL, module INTEGER NOT NULL, day INTEGER NOT NULL,
    views INTEGER NOT NULL, run INTEGER NOT NULL, PRIMARY KEY (student, module, day)) WITHOUT ROWID;
CREATE INDEX by_day ON vle_day (day)"""


def aggregate(home: Path, folder: Path) -> None:
    """DuckDB alone: the days of the click table, as tuples, by a query of three lines."""
    _days(folder)


def insert(home: Path, folder: Path) -> None:
    """The same, and the driver alone: the days inserted into one table in one transaction."""
    home.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(home / "bare.db")) as connection, connection:
        connection.execute("PRAGMA journal_mode = wal")
        connection.execute("PRAGMA synchronous = full")
        connection.executescript(_TABLE)
        connection.executemany("INSERT INTO vle_day VALUES (?, ?, ?, ?, ?)", _days(folder))


def read(home: Path, folder: Path) -> None:
    """Our reading of all seven tables, every row judged and counted."""
    oulad.read(folder, AT)


def store(home: Path, folder: Path) -> None:
    """The same, and everything stored in an empty installation."""
    settings = Settings(home=home)
    home.mkdir(parents=True, exist_ok=True)
    keys.make(home)
    migrations.upgrade(settings)
    again(home, folder)


def again(home: Path, folder: Path) -> None:
    """Reading and storing where it is stored already: nothing changes."""
    reading = oulad.read(folder, AT)
    data_access.start(Settings(home=home))
    loads.store_together(JOB, reading.batches, AT)
    policies.write(home / "policy", reading.presentations, london_day(AT))


def rate(home: Path, folder: Path) -> None:
    """All ratings of all weeks of 2013, from what is stored."""
    data_access.start(Settings(home=home))
    policy.use(home / "policy")
    ratings.refresh(JOB, AT)


def _days(folder: Path) -> list[tuple[int, ...]]:
    return duckdb.execute(_BARE, [str(next(folder.glob("studentVle*.parquet")))]).fetchall()


PHASES: dict[str, Callable[[Path, Path], None]] = {
    phase.__name__: phase for phase in (aggregate, insert, read, store, again, rate)
}

if __name__ == "__main__":
    PHASES[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))

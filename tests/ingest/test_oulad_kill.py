"""A load that is killed leaves the database as it was before, or as it is after; nothing in between."""

import random
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

import data_access
from auth.viewer import Viewer
from data_access import access_log, database, keys, loads, migrations
from ingest import oulad
from policy.settings import Settings
from tests.cast import NOW
from tests.ingest.oulad_folder import CLICKS, INFO_HEADER, REGISTRATIONS, info, write

ROOT = Path(__file__).parents[2]
KILLS = 4
STUDENTS, DAYS = 600, range(-170, 50)
"""Enough rows for SQLite to write some of them into its files before the transaction ends."""

LOADER = f"""
import sys
from datetime import datetime
from pathlib import Path

import data_access
from auth.viewer import Viewer
from data_access import loads
from ingest import oulad
from policy.settings import Settings

home, folder = map(Path, sys.argv[1:])
at = datetime.fromisoformat("{NOW.isoformat()}")
reading = oulad.read(folder, at)
data_access.start(Settings(home=home))
said = []

def progress(done, total):
    if not said:
        said.append(print("writing", flush=True))

loads.store_together(Viewer.service("load"), reading.batches, at, progress)
print("done", flush=True)
"""


@pytest.fixture(scope="module")
def folders(tmp_path_factory) -> tuple[Path, Path]:
    """A folder, and the same a week later: more students, more days, and some have left."""
    made = tmp_path_factory.mktemp("oulad")
    return (
        _write(made / "first", range(1000, 1000 + STUDENTS // 3), DAYS[:20], left=""),
        _write(made / "second", range(1000, 1000 + STUDENTS), DAYS, left="40"),
    )


@pytest.fixture(scope="module")
def loaded(folders, tmp_path_factory) -> Path:
    """An installation with the first folder in it."""
    settings = Settings(home=tmp_path_factory.mktemp("home"))
    keys.make(settings.home)
    migrations.upgrade(settings)
    data_access.start(settings)
    week_ago = NOW - timedelta(days=7)
    loads.store_together(Viewer.service("load"), oulad.read(folders[0], week_ago).batches, week_ago)
    _close()
    return settings.home


def test_a_load_killed_at_any_moment_has_happened_whole_or_not_at_all(loaded, folders, tmp_path):
    before = _contents(loaded)
    whole = shutil.copytree(loaded, tmp_path / "whole")
    lasted = _load(whole, folders[1], stop_after=None)
    after = _contents(whole)
    assert before != after
    outcomes = []
    for n in range(KILLS):
        home = shutil.copytree(loaded, tmp_path / f"killed-{n}")
        _load(home, folders[1], stop_after=lasted * (n + random.random()) / KILLS)
        found = _contents(home)
        assert found in (before, after)
        outcomes.append(found == before)
        assert _chain_holds(home)
    assert outcomes[0], "no load was killed before it had ended"
    _load(tmp_path / "killed-0", folders[1], stop_after=None)
    assert _contents(tmp_path / "killed-0") == after


def _load(home: Path, folder: Path, stop_after: float | None) -> float:
    """Load in a process of its own, and kill it so many seconds into its transaction; how long that lasted."""
    command = [sys.executable, "-c", LOADER, str(home), str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as loader:
        assert loader.stdout
        assert loader.stdout.readline() == "writing\n"
        began = time.monotonic()
        if stop_after is None:
            assert loader.stdout.readline() == "done\n"
        else:
            time.sleep(stop_after)
            loader.kill()
        return time.monotonic() - began


def _contents(home: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows, but for the opaque ids of people, which are drawn by lot."""
    with closing(sqlite3.connect(home / "learner-analytics.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1"
        ).fetchall()
        contents = {name: _rows(connection, name) for (name,) in tables}
    contents["person"] = [(row[0], *row[2:]) for row in contents["person"]]
    return contents


def _rows(connection: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    return sorted(connection.execute(f"SELECT * FROM {table}"), key=repr)  # noqa: S608 - our own table's name


def _chain_holds(home: Path) -> bool:
    data_access.start(Settings(home=home))
    try:
        return access_log.verify(Viewer.service("audit"), NOW).broken_at is None
    finally:
        _close()


def _close() -> None:
    database.stores().core.dispose()
    database.stores().log.dispose()


def _write(folder: Path, students: range, days: range, left: str) -> Path:
    heads = [text.partition("\n")[0] + "\n" for text in (REGISTRATIONS, CLICKS)]
    gone = {n for n in students if n % 5 == 0}
    return write(
        folder,
        studentInfo=INFO_HEADER + "".join(info("AAA-2013J", n) for n in students),
        studentRegistration=heads[0]
        + "".join(f"AAA,2013J,{n},-10,{left if n in gone else ''}\n" for n in students),
        studentVle=heads[1]
        + "".join(f"AAA,2013J,{n},501,{on},{1 + n % 7}\n" for n in students for on in days),
        studentAssessment="id_assessment,id_student,date_submitted,is_banked,score\n"
        + "".join(f"101,{n},{n % 20},0,{n % 100}\n" for n in students),
    )

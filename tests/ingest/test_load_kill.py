"""`manage.py load` killed at any moment: it has happened whole or not at all, and the next goes through."""

import os
import random
import shutil
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select, text
from sqlalchemy.pool import NullPool

from data_access.tables import Base
from tests.ingest import handing
from tests.tree import ROOT

KILLS, EARLY = 25, 8
"""So many kills in all, and so many of them spread over the whole load; the others fall after the reading."""
MOMENTS = {"started_at", "finished_at", "taken_at", "recorded_at", "superseded_at", "decided_at"}
DERIVED = {"daily_fact", "feed_day", "module_week", "enrolment_week", "stale_module"}
"""What the rating afterwards writes, in transactions of its own."""

DAYS = [date(2026, 9, 21) + timedelta(days=n) for n in range(60)]

Contents = dict[str, list[tuple[object, ...]]]


@dataclass(frozen=True)
class Export:
    """What a system exported."""

    system: str
    folder: Path


@dataclass(frozen=True)
class Installation:
    """Where a load goes to; with a URL to PostgreSQL."""

    home: Path
    url: str = ""

    def load(self, export: Export) -> subprocess.Popen[bytes]:
        """Begin a load."""
        environment = {
            **os.environ,
            "LA_HOME": str(self.home),
            **({"LA_DATABASE_URL": self.url} if self.url else {}),
        }
        words = [sys.executable, "manage.py", "load", export.system, str(export.folder), "--json"]
        return subprocess.Popen(
            words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    def staged(self) -> list[Path]:
        """The folders that loads have left behind, or are at work in."""
        return list((self.home / "staging").glob("*"))

    def contents(self, *but: str) -> Contents:
        """All rows without the moments of loads, and without the opaque ids of people, which are drawn by lot.

        They are as they are together at one moment: PostgreSQL may still store for a client that was killed.
        """
        url = self.url or f"sqlite:///{self.home}/learner-analytics.db"
        engine = create_engine(url, poolclass=NullPool, isolation_level="SERIALIZABLE")
        found = {}
        with engine.connect() as connection:
            for table in Base.metadata.sorted_tables:
                hidden = MOMENTS | ({"id"} if table.name == "person" else set())
                columns = [column for column in table.columns if column.name not in hidden]
                if table.schema is None and table.name not in but:
                    rows = connection.execute(select(*columns)).all()
                    found[table.name] = sorted(map(tuple, rows), key=repr)
        return found


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Export:
    """Student records."""
    return Export(
        "student-records", _written(tmp_path_factory.mktemp("exports") / "first", _records(40), days=2)
    )


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> tuple[Export, Export]:
    """What comes then: student records taken later, more of them and some by other names; and a term of VLE days.

    The first goes row by row into many tables, the second in columns into one.
    """
    made = tmp_path_factory.mktemp("exports")
    second = _records(400)
    second["students.csv"] = second["students.csv"].replace("Oakes", "=1+1")
    views = handing.views(*(f"w{n:04d},MOSS,{day},{1 + n % 7}" for n in range(40) for day in DAYS))
    return (
        Export("student-records", _written(made / "second", second, days=1)),
        Export("vle", _written(made / "views", views, days=1)),
    )


def _records(students: int) -> dict[str, str]:
    return handing.records(*(f"w{n:04d}" for n in range(students)))


def _written(folder: Path, files: dict[str, str], days: int) -> Path:
    folder.mkdir()
    for name, content in files.items():
        path = folder / name
        path.write_text(content, encoding="utf-8")
        os.utime(path, (time.time() - days * 86_400,) * 2)
    return folder


@pytest.fixture(scope="module")
def begun(first: Export, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation on SQLite with the first export in it."""
    made = Installation(tmp_path_factory.mktemp("begun") / "home")
    _whole(made, first)
    return made


@dataclass(frozen=True)
class Whole:
    """A load that was not killed: how long it lasted, how long its reading, and what is there afterwards."""

    export: Export
    lasted: float
    read: float
    contents: Contents

    @property
    def told(self) -> Contents:
        """What is there but for what was worked out from it."""
        return {name: rows for name, rows in self.contents.items() if name not in DERIVED}


def test_a_load_killed_at_any_moment_has_happened_whole_or_not_at_all(begun, exports, tmp_path):
    before, chance = begun.contents(*DERIVED), random.Random(25)
    wholes = [_ended(begun, export, tmp_path) for export in exports]
    assert all(whole.told != before for whole in wholes)
    outcomes = {whole.export.system: set() for whole in wholes}
    for n in range(KILLS):
        whole = wholes[n % len(wholes)]
        killed = Installation(shutil.copytree(begun.home, tmp_path / f"killed-{n}"))
        if n < EARLY:
            _kill(killed, whole.export, (n + chance.random()) / EARLY * whole.lasted, reading_too=True)
        else:
            part = (n - EARLY + chance.random()) / (KILLS - EARLY)
            _kill(killed, whole.export, part * (whole.lasted - whole.read), reading_too=False)
        outcomes[whole.export.system].add(_outcome(killed, before, whole.told))
        if n % 6 == 5:
            _whole(killed, whole.export)
            assert _same(killed.contents(), whole.contents)
    assert {"before", "after"} in outcomes.values(), outcomes
    assert all("before" in found for found in outcomes.values()), outcomes


def _ended(begun: Installation, export: Export, place: Path) -> Whole:
    ended = Installation(shutil.copytree(begun.home, place / f"ended-{export.system}"))
    lasted, read = _whole(ended, export)
    return Whole(export, lasted, read, ended.contents())


def test_the_names_that_a_killed_load_had_staged_are_gone_after_the_next(begun, exports, tmp_path):
    records, _ = exports
    killed = Installation(shutil.copytree(begun.home, tmp_path / "killed"))
    _kill(killed, records, 0, reading_too=False)
    [left] = [folder for folder in killed.staged() if (folder / "summary.json").exists()]
    assert stat.S_IMODE(left.stat().st_mode) == stat.S_IMODE(left.parent.stat().st_mode) == 0o700
    _whole(killed, records)
    assert killed.staged() == []


def _same(found: Contents, wanted: Contents) -> bool:
    """Whether all is as after one whole load, but for the run that a second load adds when the first had ended."""
    recorded = {"load_run", "loaded_sheet", "loaded_module"}
    return all(found[name] == rows for name, rows in wanted.items() if name not in recorded)


def _outcome(killed: Installation, before: Contents, after: Contents) -> str:
    with closing(sqlite3.connect(killed.home / "learner-analytics.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    found = killed.contents(*DERIVED)
    between = {name for name in found if before[name] != found[name] != after[name]}
    assert found in (before, after), f"neither as before nor as after: {sorted(between) or 'some of each'}"
    return "before" if found == before else "after"


def _whole(installation: Installation, export: Export) -> tuple[float, float]:
    """Load to the end: how long it took, and after how long the reading was over."""
    began = time.monotonic()
    with installation.load(export) as process:
        _await_reading(process, installation)
        read = time.monotonic() - began
        _, said = process.communicate()
        assert process.returncode == 0, said.decode()
        return time.monotonic() - began, read


def _kill(installation: Installation, export: Export, after: float, *, reading_too: bool) -> None:
    """Kill a load so many seconds after it began, or after its file was read."""
    with installation.load(export) as process:
        if not reading_too:
            _await_reading(process, installation)
        time.sleep(after)
        process.kill()
        process.communicate()


def _await_reading(process: subprocess.Popen[bytes], installation: Installation) -> None:
    while process.poll() is None and not any((f / "summary.json").exists() for f in installation.staged()):
        time.sleep(0.005)


def test_a_client_of_postgresql_killed_while_it_stores_leaves_nothing_half_done(
    first, exports, postgres_url, tmp_path
):
    outcomes = []
    for n, export in enumerate(exports):
        made = Installation(tmp_path / f"home-{n}", postgres_url % f"killed{n}")
        engine = create_engine(postgres_url % "postgres", isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE killed{n}"))
        _whole(made, first)
        before = made.contents(*DERIVED)
        _kill(made, export, 0.3 + 0.4 * n, reading_too=False)
        between = made.contents(*DERIVED)
        _whole(made, export)
        after = made.contents(*DERIVED)
        assert between == before or _same(between, after)
        outcomes.append(between == before)
    assert any(outcomes), "no load was killed before it had ended"

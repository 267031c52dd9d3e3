"""The stores of the tests: the cast on SQLite, and for data access on PostgreSQL too."""

import gc
import os
import shutil
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from sqlalchemy import Executable, create_engine, text
from sqlalchemy.orm import Session

import data_access
from data_access import database, keys, migrations
from policy.settings import Settings
from tests import busy, cast, monitored, postgres

settings.register_profile("nightly", max_examples=2000)
"""For `make test-properties`: twenty times as many as in an ordinary run, ten times where a university is built."""


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keep what was imported and collected out of every later search for garbage: statsmodels asks for one per call."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


def pytest_unconfigure() -> None:
    """In the end it is garbage like any other."""
    gc.unfreeze()


@dataclass(frozen=True)
class University:
    """A started installation with the cast in it."""

    settings: Settings

    def session(self) -> Session:
        """A session past the gate, for a test to arrange and to look behind."""
        return Session(database.stores().core)

    def change(self, *statements: Executable) -> None:
        """Arrange what is stored."""
        with self.session() as session, session.begin():
            for statement in statements:
                session.execute(statement)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation on SQLite with the cast, to be copied."""
    home = tmp_path_factory.mktemp("template")
    _make(Settings(home=home))
    return home


@pytest.fixture(scope="session")
def busy_template(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with everything in it that can be written about a student, to be copied."""
    home = tmp_path_factory.mktemp("busy") / "home"
    shutil.copytree(template, home)
    for _ in _started(Settings(home=home)):
        busy.fill()
    return home


@pytest.fixture(scope="session")
def monitored_template(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with a university large enough to be told of and its approved releases, to be copied."""
    home = tmp_path_factory.mktemp("monitored") / "home"
    shutil.copytree(template, home)
    for _ in _started(Settings(home=home)):
        monitored.publish()
    return home


@pytest.fixture
def installed(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation with the cast, anew for each test, always at one place: what is compiled serves them all."""
    home = tmp_path_factory.getbasetemp() / "installed"
    shutil.rmtree(home, ignore_errors=True)
    return Path(shutil.copytree(template, home))


@pytest.fixture
def university(installed: Path) -> Iterator[University]:
    """The cast on SQLite, anew for each test."""
    yield from _started(Settings(home=installed))


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the cast in the database `template`, which `store` brings back for each test."""
    if not postgres.binaries() and os.environ.get("LA_POSTGRES_REQUIRED") != "1":
        pytest.skip("PostgreSQL 15 or later is not installed")
    # Not pytest's own temporary folder: a socket's path must be short, and other runs tidy that folder.
    with TemporaryDirectory(prefix="la-pg-") as folder, postgres.server(Path(folder) / "pg") as url:
        home = tmp_path_factory.mktemp("pg-home")
        _sql(url % "postgres", "CREATE DATABASE template")
        _make(Settings(home=home, database_url=url % "template"))
        postgres.keep(url % "template")
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, installed: Path) -> Iterator[University]:
    """The cast on each of the two databases."""
    if request.param == "sqlite":
        yield from _started(Settings(home=installed))
        return
    url: str = request.getfixturevalue("postgres_url")
    postgres.as_kept(url % "template")
    yield from _started(Settings(home=installed, database_url=url % "template"))


def _started(settings: Settings) -> Iterator[University]:
    data_access.start(settings)
    yield University(settings)
    database.stores().core.dispose()
    database.stores().log.dispose()


def _make(settings: Settings) -> None:
    keys.make(settings.home)
    migrations.upgrade(settings)
    data_access.start(settings)
    with database.writing() as session:
        cast.assemble(session)
    database.stores().core.dispose()
    database.stores().log.dispose()


def _sql(url: str, statement: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()

"""The stores of the tests: the cast on SQLite, and for data access on PostgreSQL too."""

import gc
import os
import shutil
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import settings
from sqlalchemy import Connection, Engine, Executable, create_engine, event, text
from sqlalchemy.orm import Session

import data_access
from auth.viewer import Viewer
from data_access import database, keys, migrations, ratings
from data_access.tables import AUDIT
from policy.settings import Settings
from tests import busy, cast, monitored, postgres

settings.register_profile("nightly", max_examples=2000)
"""For `make test-properties`: twenty times as many as in an ordinary run, ten times where a university is built."""


def pytest_configure() -> None:
    """Only a power cut would lose something by it, and no test cuts the power. What tests start writes as ever."""
    database.SYNCHRONOUS = "off"


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Keep what was collected out of every later search for garbage: statsmodels asks for one at each call."""
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


@event.listens_for(Engine, "begin")
def _begun(connection: Connection) -> None:
    """No turn has been taken yet."""
    connection.info["turns"] = set()


@event.listens_for(Engine, "before_cursor_execute")
def _asked(connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
    """A transaction of SQLite that will write a line of the access log reads nothing there before it takes its turn.

    Else the line is refused whenever another was written meanwhile, which happens by chance and under load alone.
    """
    turns = connection.info.get("turns", set())
    if statement.endswith(" WHERE 0"):
        turns.add(statement)
    elif f"{AUDIT}." in statement and len(turns) == 1 and connection.dialect.name == "sqlite":
        raise AssertionError(f"looks into the access log before its turn there: {statement}")


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
def rated_template(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the ratings of the cast's day, to be copied."""
    home = tmp_path_factory.mktemp("rated") / "home"
    shutil.copytree(template, home)
    for _ in _started(Settings(home=home)):
        ratings.refresh(Viewer.service("rate"), cast.NOW)
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
def postgres_url() -> Iterator[str]:
    """A server; the name of a database is to be added."""
    if not postgres.binaries() and os.environ.get("LA_POSTGRES_REQUIRED") != "1":
        pytest.skip("PostgreSQL 15 or later is not installed")
    # Not pytest's own temporary folder: a socket's path must be short, and other runs tidy that folder.
    with TemporaryDirectory(prefix="la-pg-") as folder, postgres.server(Path(folder) / "pg") as url:
        yield url


@pytest.fixture(scope="session")
def postgres_kept(
    postgres_url: str, template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[postgres.Kept]:
    """The cast in the database `template`, as it was put there and rated, which `store` brings back for each test."""
    _sql(postgres_url % "postgres", "CREATE DATABASE template")
    home = tmp_path_factory.mktemp("pg") / "home"
    settings = Settings(home=Path(shutil.copytree(template, home)), database_url=postgres_url % "template")
    _fill(settings)
    with postgres.kept(settings.url) as kept:
        kept.keep("cast")
        for _ in _started(settings):
            ratings.refresh(Viewer.service("rate"), cast.NOW)
        kept.keep("rated")
        yield kept


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, installed: Path) -> Iterator[University]:
    """The cast on each of the two databases."""
    if request.param == "sqlite":
        yield from _started(Settings(home=installed))
        return
    kept: postgres.Kept = request.getfixturevalue("postgres_kept")
    kept.bring_back("cast")
    yield from _started(Settings(home=installed, database_url=kept.url))


@pytest.fixture
def as_rated(rated_template: Path, request: pytest.FixtureRequest) -> Callable[[University], University]:
    """Gives an untouched store the ratings of the cast's day; to work them out for each test takes far longer."""

    def rated(of: University) -> University:
        if of.settings.database_url:
            request.getfixturevalue("postgres_kept").bring_back("rated")
        else:
            assert not [*of.settings.home.glob("*-wal")], "what has been arranged already would be lost"
            shutil.copytree(rated_template, of.settings.home, dirs_exist_ok=True)
        data_access.start(of.settings)
        return of

    return rated


def _started(settings: Settings) -> Iterator[University]:
    data_access.start(settings)
    yield University(settings)
    database.stores().core.dispose()
    database.stores().log.dispose()


def _make(settings: Settings) -> None:
    keys.make(settings.home)
    _fill(settings)


def _fill(settings: Settings) -> None:
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

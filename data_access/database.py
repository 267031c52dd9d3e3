"""The stores: one database, the access log beside it, and the three ways to open them.

On PostgreSQL the log is a schema. On SQLite it is a file of its own, attached to every connection, so that
the log line of a read never waits for somebody else's write.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

import policy
from auth.refusals import StoreBusy
from data_access import keys
from data_access.keys import Keys
from data_access.tables import AUDIT
from policy.settings import Settings

BUSY = 10_000  # milliseconds a writer waits for another
SYNCHRONOUS = "full"  # SQLite: what was promised in the log or withdrawn survives a power cut


class NotStarted(RuntimeError):
    """`data_access.start` has not been called."""


@dataclass(frozen=True)
class Stores:
    """What `start` opened. `log` reaches the access log, through connections of its own."""

    core: Engine
    log: Engine
    keys: Keys
    settings: Settings


_stores: Stores | None = None


def start(settings: Settings) -> None:
    """Open the stores and take up the policy of this installation. Calling again starts anew."""
    global _stores
    if _stores:
        _stores.core.dispose()
        _stores.log.dispose()
    policy.use(settings.home / "policy")
    core, log = engine(settings), _log_engine(settings.url)
    for one in (core, log):
        one.dispose()  # where a store was opened here before, its files may be others by now
    _stores = Stores(core, log, keys.read(settings.home), settings)


def stores() -> Stores:
    """The stores that were started."""
    if _stores is None:
        raise NotStarted("call data_access.start(Settings()) first")
    return _stores


def settings() -> Settings:
    """What this installation was started with."""
    return stores().settings


def engine(settings: Settings) -> Engine:
    """The engine of the database, with the access log attached; the same one each time, with what it has compiled."""
    return _core_engine(settings.url)


def there(settings: Settings) -> bool:
    """Whether SQLite's file lies where it should: to connect would make an empty one. A server says so itself."""
    url = make_url(settings.url)
    return url.get_backend_name() != "sqlite" or Path(url.database or "").is_file()


@lru_cache(maxsize=4)
def _core_engine(address: str) -> Engine:
    url = make_url(address)
    if url.get_backend_name() == "postgresql":
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)
    if not url.database:
        raise ValueError("an SQLite database needs a file")
    made = create_engine(url, hide_parameters=True)  # values never reach a log
    _prepare(made, Path(url.database).with_name("access-log.db"))
    return made


@lru_cache(maxsize=4)
def _log_engine(address: str) -> Engine:
    url = make_url(address)
    if url.get_backend_name() == "postgresql":
        # A pool of its own here too: readers holding the last connections must still reach the log.
        return create_engine(url, pool_pre_ping=True, hide_parameters=True)
    made = create_engine(
        f"sqlite:///{Path(url.database or '').with_name('access-log.db')}", hide_parameters=True
    )
    _prepare(made, None)
    return made.execution_options(schema_translate_map={AUDIT: None})


def _prepare(engine: Engine, log: Path | None) -> None:
    """SQLite's settings for each connection, and transactions that begin when we say so."""

    @event.listens_for(engine, "connect")
    def settings(connection: SqliteConnection, _: object) -> None:
        connection.isolation_level = None
        run = connection.execute
        run(f"pragma busy_timeout={BUSY}")
        run("pragma foreign_keys=on")
        run("pragma secure_delete=on")  # what is deleted is overwritten, whatever this SQLite does by itself
        if log:
            run(f"attach database ? as {AUDIT}", (str(log),))
        for schema in ("main", AUDIT) if log else ("main",):
            run(f"pragma {schema}.journal_mode=wal")
            run(f"pragma {schema}.synchronous={SYNCHRONOUS}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.connection.cursor().execute(
            "BEGIN"
        )  # past SQLAlchemy's own care, which costs more than it


@contextmanager
def reading() -> Iterator[Session]:
    """A session that sees one state of the database and is thrown away."""
    with Session(stores().core) as session:
        yield session


@contextmanager
def writing() -> Iterator[Session]:
    """A session that commits at the end, or leaves nothing; writers take turns. StoreBusy when that takes long."""
    with Session(stores().core) as session, session.begin():
        try:
            take_turn(session.connection(), "person")
        except OperationalError as fault:
            if "locked" in str(fault.orig):
                raise StoreBusy from fault
            raise
        yield session


@contextmanager
def logging() -> Iterator[Connection]:
    """A connection to the access log that commits at the end."""
    with stores().log.begin() as connection:
        yield connection


@contextmanager
def trying() -> Iterator[Connection]:
    """A connection for a small write that may be left undone: it gives way to any other writer at once."""
    with stores().core.connect() as connection:
        _patience(connection, 0)
        try:
            yield connection
            connection.commit()
        except OperationalError:
            connection.rollback()
        finally:
            _patience(connection, BUSY)


def _patience(connection: Connection, milliseconds: int) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"pragma busy_timeout={milliseconds}")


def take_turn(connection: Connection, table: str) -> None:
    """Wait to be the only writer of the file that holds `table`.

    BEGIN IMMEDIATE would lock the log together with the records for the whole of a long load. A first
    statement that changes no row takes the lock of one file only.
    """
    if connection.dialect.name == "sqlite":
        connection.execute(text(f"DELETE FROM {table} WHERE 0"))  # noqa: S608 - our own table's name


def settle(*tables: str) -> None:
    """Let nothing that was deleted linger in the files: the write-ahead log is written back and emptied.

    On PostgreSQL the tables are vacuumed. While somebody reads, what they may still see stays until the next time.
    """
    if dialect() == "sqlite":
        with stores().core.connect() as connection:
            connection.exec_driver_sql("pragma wal_checkpoint(truncate)")
        return
    with stores().core.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for name in tables:
            connection.exec_driver_sql(f"VACUUM {name}")


def dialect() -> str:
    """`sqlite` or `postgresql`."""
    return str(stores().core.dialect.name)


def raw(session: Session) -> Any:
    """The driver's connection under a session, for bulk copies."""
    return session.connection().connection.driver_connection

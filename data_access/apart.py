"""The stores that lie apart from the records: on SQLite a file of its own for each, on PostgreSQL a schema.

They are made with the database, and brought up to date with it. What is deleted in them is overwritten.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from sqlite3 import Connection as SqliteConnection

from sqlalchemy import URL, Connection, Engine, MetaData, create_engine, event, inspect, make_url, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from data_access import database, fences
from data_access.tables.equality import EqualityBase
from data_access.tables.sealing import SealingBase
from policy.settings import Settings


@dataclass(frozen=True)
class Apart:
    """One such store: its schema, the role that owns it where it has one of its own, its file, and its tables.

    Where `told_again` a table of an older shape is made anew: the next load brings what was in it.
    """

    schema: str
    role: str | None
    file: str
    tables: MetaData
    told_again: bool


EQUALITY = Apart("equality", fences.EQUALITY, "equality.db", EqualityBase.metadata, told_again=True)
SEALING = Apart("sealing", None, "note-keys.db", SealingBase.metadata, told_again=False)


@contextmanager
def opened(store: Apart) -> Iterator[Session]:
    """A session with the store, which commits at the end or leaves nothing."""
    with Session(_engine(store, database.settings().url)) as session, session.begin():
        fences.step_in(session.connection(), store.role)
        yield session


def make(settings: Settings) -> None:
    """Make the stores that are not there yet, and bring the others up to date. Safe to call again."""
    for store in (EQUALITY, SEALING):
        url = make_url(settings.url)
        if url.get_backend_name() == "sqlite":
            _file(store, url).touch(mode=0o600)
        with _engine(store, settings.url).begin() as connection:
            _own_schema(connection, store)
            fences.step_in(connection, store.role)
            if store.told_again and not _as_now(connection, store):
                store.tables.drop_all(connection)
            store.tables.create_all(connection)


def current(settings: Settings) -> bool:
    """Whether the stores are there, and as they should be now."""
    url = make_url(settings.url)
    for store in (EQUALITY, SEALING):
        if url.get_backend_name() == "sqlite" and not _file(store, url).is_file():
            return False
        with _engine(store, settings.url).begin() as connection:
            if (
                connection.dialect.name == "postgresql"
                and store.schema not in inspect(connection).get_schema_names()
            ):
                return False
            fences.step_in(connection, store.role)
            if not _as_now(connection, store):
                return False
    return True


def _as_now(connection: Connection, store: Apart) -> bool:
    """Whether every table has the columns that it should have."""
    schema = store.schema if connection.dialect.name == "postgresql" else None
    found = inspect(connection)
    return all(
        found.has_table(table.name, schema)
        and {column["name"] for column in found.get_columns(table.name, schema)} == set(table.columns.keys())
        for table in store.tables.sorted_tables
    )


def _own_schema(connection: Connection, store: Apart) -> None:
    """The schema, and all that is in it, belong to the role of the store where it may be given to it."""
    if connection.dialect.name != "postgresql":
        return
    role = store.role if store.role and fences.may_be(connection, store.role) else None
    owner = fences.owner(connection, store.schema)
    if owner is None:
        connection.execute(text(f"CREATE SCHEMA {store.schema}{f' AUTHORIZATION {role}' if role else ''}"))
    elif role and owner == connection.scalar(text("SELECT session_user")):
        connection.execute(text(f"GRANT CREATE ON SCHEMA {store.schema} TO {role}"))  # to own a table in it
        for table in inspect(connection).get_table_names(store.schema):
            connection.execute(text(f"ALTER TABLE {store.schema}.{table} OWNER TO {role}"))
        connection.execute(text(f"ALTER SCHEMA {store.schema} OWNER TO {role}"))


def _file(store: Apart, url: URL) -> Path:
    return Path(url.database or "").with_name(store.file)


@lru_cache(maxsize=8)
def _engine(store: Apart, address: str) -> Engine:
    """The store's own engine; the same one each time. No connection outlives its use."""
    url = make_url(address)
    if url.get_backend_name() == "postgresql":
        made = create_engine(url, poolclass=NullPool, hide_parameters=True)
        return made.execution_options(schema_translate_map={None: store.schema})
    made = create_engine(f"sqlite:///{_file(store, url)}", poolclass=NullPool, hide_parameters=True)

    @event.listens_for(made, "connect")
    def settings(connection: SqliteConnection, _: object) -> None:
        connection.execute(f"pragma busy_timeout={database.BUSY}")
        connection.execute("pragma secure_delete=on")

    return made

"""The database's own refusals, behind the gate's: what a manager's read and the application itself may not touch.

On PostgreSQL a transaction steps into a role that may do no more: one for managers, who read published figures, and
one that owns the characteristics. On SQLite the connection asks before each table, for as long as the read takes.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from sqlalchemy import Connection, Table, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from data_access import database
from data_access.tables import Base
from policy.settings import Settings
from privacy.labels import Category

MANAGER, EQUALITY = "la_manager", "la_equality"
"""The roles on PostgreSQL. `deploy/postgresql.sql` makes them, or the first start where it may."""
_STEP_IN = text(
    "SELECT set_config('role', rolname, true) FROM pg_roles "
    "WHERE rolname = :role AND pg_has_role(session_user, oid, 'MEMBER')"
)
_MAY_BE = text("SELECT 1 FROM pg_roles WHERE rolname = :role AND pg_has_role(session_user, oid, 'MEMBER')")
_OWNER = text("SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = :schema")
_MAKES_ROLES = text("SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = session_user")
_SUPERUSER = text("SELECT rolsuper FROM pg_roles WHERE rolname = session_user")
_READABLE = text(
    "SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE c.relkind IN ('r', 'v') AND n.nspname IN (current_schema(), 'audit', 'equality', 'sealing') "
    "AND has_table_privilege(:role, c.oid, 'SELECT') ORDER BY 1"
)
_APART = "equality.equality_profile"
_SQL = "deploy/postgresql.sql"


@cache
def published() -> tuple[Table, ...]:
    """The tables that are published figures and nothing else: those whose key is labelled so."""
    return tuple(
        table
        for table in Base.metadata.sorted_tables
        if all(column.info["about"].category is Category.PUBLISHED for column in table.primary_key)
    )


@contextmanager
def published_only(session: Session) -> Iterator[None]:
    """Within this the database refuses the session every table but the published ones, and every change."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        step_in(connection, MANAGER)  # until the transaction ends
        yield
        return
    driver = database.raw(session)
    driver.set_authorizer(_Asked(frozenset(table.name for table in published())))
    try:
        yield
    finally:
        driver.set_authorizer(None)


class _Asked:
    """What SQLite asks before it runs a statement."""

    def __init__(self, tables: frozenset[str]) -> None:
        self._tables = tables

    def __call__(self, action: int, table: str | None, *_: str | None) -> int:
        """Whether it may."""
        if action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE):
            return sqlite3.SQLITE_OK
        read = action == sqlite3.SQLITE_READ and table in self._tables
        return sqlite3.SQLITE_OK if read else sqlite3.SQLITE_DENY


def step_in(connection: Connection, role: str | None) -> None:
    """Go on as that role to the end of the transaction, on PostgreSQL and where the application may."""
    if role and connection.dialect.name == "postgresql":
        connection.execute(_STEP_IN, {"role": role})


def may_be(connection: Connection, role: str) -> bool:
    """Whether there is such a role, and the application may step into it."""
    return connection.scalar(_MAY_BE, {"role": role}) is not None


def owner(connection: Connection, schema: str) -> str | None:
    """Whose the schema is; None where there is none."""
    found: str | None = connection.scalar(_OWNER, {"schema": schema})
    return found


def put_up(settings: Settings) -> None:
    """Make the roles where the application may, and let the managers' read what is theirs. Safe to call again."""
    if _on_sqlite(settings):
        return
    engine = database.engine(settings)
    with engine.begin() as connection:
        if connection.scalar(_MAKES_ROLES):
            _make_roles(connection)
        if may_be(connection, MANAGER):
            _open_published(connection)
    engine.dispose()


def _on_sqlite(settings: Settings) -> bool:
    return make_url(settings.url).get_backend_name() == "sqlite"


def _make_roles(connection: Connection) -> None:
    """The roles, and the application in them; without their rights until it steps in, where that is ours to say."""
    version = int(connection.scalar(text("SHOW server_version_num")) or 0)
    # Before 16 it is a setting of the application's role.
    without = " WITH INHERIT FALSE, SET TRUE" if version >= 160_000 else ""
    for role in (MANAGER, EQUALITY):
        if may_be(connection, role):
            continue
        if not connection.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role}):
            connection.execute(text(f"CREATE ROLE {role} NOLOGIN"))
        connection.execute(text(f"GRANT {role} TO CURRENT_USER{without}"))


def _open_published(connection: Connection) -> None:
    read = set(connection.scalars(_READABLE, {"role": MANAGER}))
    here = connection.scalar(text("SELECT current_schema()"))
    for table in published():
        if f"{here}.{table.name}" not in read:
            connection.execute(text(f"GRANT SELECT ON {table.name} TO {MANAGER}"))


def missing(settings: Settings) -> str:
    """What is missing for the database to refuse by itself, and what to do about it; nothing on SQLite."""
    if _on_sqlite(settings):
        return ""
    try:
        with database.engine(settings).connect() as connection:
            return _missing(connection)
    except OperationalError:
        return "The database does not answer, so nobody knows. Look at LA_DATABASE_URL."


def _missing(connection: Connection) -> str:
    if connection.scalar(_SUPERUSER):
        return f"The application signs in as a superuser, whom nothing keeps out. Give it a role of its own: {_SQL}."
    for role in (MANAGER, EQUALITY):
        if not may_be(connection, role):
            return f"There is no role {role} that the application may step into. Run {_SQL}, and start again."
    if connection.scalar(text("SELECT to_regclass('person')")) is None:
        return "There are no tables yet. Start it once, and look again."
    own, here = connection.execute(text("SELECT session_user, current_schema()")).one()
    if _APART in connection.scalars(_READABLE, {"role": own}):
        return f"The application reads characteristics without stepping into {EQUALITY}. Run {_SQL}, and start again."
    allowed = {f"{here}.{table.name}" for table in published()}
    more = set(connection.scalars(_READABLE, {"role": MANAGER})) - allowed
    said = f"The role {MANAGER} may read more than published figures: REVOKE its rights on "
    return f"{said}{', '.join(sorted(more))}." if more else ""

"""A PostgreSQL server of our own, on a socket in a temporary folder, ended with the tests."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

_KEEP = """
DO $keep$ DECLARE t record; back text := ''; BEGIN
    CREATE SCHEMA {kept};
    FOR t IN SELECT format('%I.%I', s, n) AS ours, format('{kept}.%I', s || '.' || n) AS copy FROM {ours} LOOP
        EXECUTE format('CREATE TABLE %s AS TABLE %s', t.copy, t.ours);
        back := back || format('DELETE FROM %s; ', t.ours)
                     || format('INSERT INTO %s OVERRIDING SYSTEM VALUE TABLE %s; ', t.ours, t.copy);
    END LOOP;
    FOR t IN SELECT format('%I.%I', schemaname, sequencename) AS n, last_value AS at FROM pg_sequences LOOP
        back := back || format('PERFORM setval(%L, %s, %L); ', t.n, coalesce(t.at, 1), t.at IS NOT NULL);
    END LOOP;
    EXECUTE format('CREATE FUNCTION {kept}.back() RETURNS void LANGUAGE plpgsql AS %L', $back$
    DECLARE t record; BEGIN
        PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid();
        FOR t IN SELECT * FROM {ours} WHERE to_regclass(format('{kept}.%I', s || '.' || n)) IS NULL LOOP
            EXECUTE format('DELETE FROM %I.%I', t.s, t.n); -- made since, by a first use
        END LOOP; $back$ || back || 'END');
END $keep$"""
"""Beside the rows lies the function that brings them back. Its statements are written out, so that the server plans
them once and not for each test."""
_OURS = """(
    SELECT schemaname AS s, tablename AS n FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema') AND schemaname NOT LIKE 'kept%') AS ours"""


def binaries() -> Path | None:
    """The folder of the newest server installed, 15 or later."""
    versions = [p for p in Path("/usr/lib/postgresql").glob("*/bin/initdb") if int(p.parts[4]) >= 15]
    return max(versions, key=lambda p: int(p.parts[4])).parent if versions else None


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """Run a server that listens on a socket only; gives the start of its URL, to which a name is added."""
    found = binaries()
    assert found, "no PostgreSQL 15 or later is installed"
    data, socket = folder / "data", folder / "s"
    socket.mkdir(parents=True)
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        shutil.chown(socket, "postgres", "postgres")
        folder.parent.chmod(0o711)
    _run(found / "initdb", "-D", data, "-U", "learner", "--auth=trust", "--no-sync")
    options = (
        f"-c listen_addresses='' -c unix_socket_directories='{socket}' -c max_connections=50"
        " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"  # no test cuts the power
    )
    _run(found / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start")
    try:
        yield f"postgresql+psycopg://learner@/%s?host={socket}"
    finally:
        _run(found / "pg_ctl", "-D", data, "-m", "immediate", "stop")


@dataclass(frozen=True)
class Kept:
    """A database of which states are kept, by name, and one connection that stays open to bring them back."""

    url: str
    connection: Connection

    def keep(self, state: str) -> None:
        """Put a copy of every row beside."""
        kept = f"kept_{state}"
        self.connection.execute(text(_KEEP.replace("{ours}", _OURS).replace("{kept}", kept)))

    def bring_back(self, state: str) -> None:
        """Bring every table and sequence back to what it was; much quicker than a database for each test."""
        self.connection.execute(text(f"SELECT kept_{state}.back()"))


@contextmanager
def kept(url: str) -> Iterator[Kept]:
    """Nothing is kept yet."""
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        # Neither keys nor the guards of ledgers stop this connection.
        connection.execute(text("SET session_replication_role = replica"))
        yield Kept(url, connection)


def _run(*command: object) -> None:
    words = [str(word) for word in command]
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run(as_user + words, check=True, capture_output=True, cwd="/")

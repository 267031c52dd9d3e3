"""A PostgreSQL server of our own, on a socket in a temporary folder, ended with the tests."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

_KEEP = """
DO $$ DECLARE t record; BEGIN
    CREATE SCHEMA kept;
    CREATE VIEW kept.ours AS SELECT schemaname AS s, tablename AS n FROM pg_tables
        WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'kept');
    CREATE TABLE kept.numbers AS SELECT schemaname AS s, sequencename AS n, last_value FROM pg_sequences;
    FOR t IN SELECT * FROM kept.ours LOOP
        EXECUTE format('CREATE TABLE kept.%I AS TABLE %I.%I', t.s || '.' || t.n, t.s, t.n);
    END LOOP;
END $$"""
_BRING_BACK = """
DO $$ DECLARE t record; BEGIN
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid();
    SET LOCAL session_replication_role = replica; -- neither keys nor the guards of ledgers stop this
    FOR t IN SELECT * FROM kept.ours LOOP
        EXECUTE format('DELETE FROM %I.%I', t.s, t.n);
        CONTINUE WHEN to_regclass(format('kept.%I', t.s || '.' || t.n)) IS NULL; -- made since, by a first use
        EXECUTE format('INSERT INTO %I.%I OVERRIDING SYSTEM VALUE TABLE kept.%I', t.s, t.n, t.s || '.' || t.n);
    END LOOP;
    FOR t IN SELECT * FROM kept.numbers LOOP
        PERFORM setval(format('%I.%I', t.s, t.n), coalesce(t.last_value, 1), t.last_value IS NOT NULL);
    END LOOP;
END $$"""


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
        f"-c listen_addresses='' -c unix_socket_directories='{socket}' -c fsync=off -c max_connections=50"
    )
    _run(found / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start")
    try:
        yield f"postgresql+psycopg://learner@/%s?host={socket}"
    finally:
        _run(found / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def keep(url: str) -> None:
    """Put a copy of every row beside, for `as_kept`."""
    _do(url, _KEEP)


def as_kept(url: str) -> None:
    """Bring every table and sequence back to what it was; much quicker than a database for each test."""
    _do(url, _BRING_BACK)


def _do(url: str, statement: str) -> None:
    with create_engine(url, poolclass=NullPool).begin() as connection:
        connection.execute(text(statement))


def _run(*command: object) -> None:
    words = [str(word) for word in command]
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run(as_user + words, check=True, capture_output=True, cwd="/")

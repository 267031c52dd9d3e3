"""All that an installation has at rest: its files, and on PostgreSQL every row of every schema, as raw bytes."""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import text

from data_access import database
from tests.conftest import University

_TABLES = (
    "SELECT table_schema, table_name FROM information_schema.tables "
    "WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema', 'kept')"
)
"""`kept` is what the tests put back between each other: the cast alone."""


def everything(store: University, *besides: Path) -> bytes:
    """It, and what lies in the other folders named."""
    folders = (store.settings.home, *besides)
    files = (p.read_bytes() for folder in folders for p in folder.rglob("*") if p.is_file())
    return b"\n".join([*files, *_rows()])


def _rows() -> Iterator[bytes]:
    """In PostgreSQL's binary form, in which a text is its letters and what is sealed is its bytes."""
    if database.dialect() != "postgresql":
        return
    with database.stores().core.connect() as connection:
        tables = connection.execute(text(_TABLES)).all()
        driver = connection.connection.driver_connection
        for schema, name in tables:
            with driver.cursor().copy(f'COPY "{schema}"."{name}" TO STDOUT (FORMAT BINARY)') as rows:
                yield b"".join(bytes(piece) for piece in rows)

"""What a read asks of the database: its statements, and how SQLite would carry them out."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from data_access import database


@contextmanager
def statements() -> Iterator[list[tuple[str, object]]]:
    """The SELECTs sent to the records, the log's own left out, each with its parameters."""
    sent: list[tuple[str, object]] = []

    def note(connection, cursor, statement, parameters, context, many):
        if statement.startswith("SELECT") and "access_line" not in statement:
            sent.append((statement, parameters))

    core = database.stores().core
    event.listen(core, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(core, "before_cursor_execute", note)


def walked(sent: list[tuple[str, object]]) -> set[str]:
    """The tables that SQLite would read from end to end for these statements."""
    found = set()
    with database.stores().core.connect() as connection:
        for statement, parameters in sent:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            found |= {row[3].split()[1] for row in plan if row[3].startswith("SCAN")}
    return found

"""The modules that a load made stale, marked in its transaction until they have been rated again."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, case, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from data_access.loads.changes import table_of
from data_access.tables import StaleModule

_ROWS = 1_000  # rows in one statement


@dataclass(frozen=True)
class Mark:
    """A stale module, the earliest day that changed, and the load that marked it last."""

    module: int
    since: int
    run: int


def set_(connection: Connection, modules: Mapping[int, int], run: int) -> None:
    """Mark the modules, each since the earliest day that changed; of two marks the earlier day stands."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    adding = insert(table_of(StaleModule.module))
    new, old = adding.excluded, StaleModule
    adding = adding.on_conflict_do_update(
        index_elements=["module"],
        set_={
            "since_day": case((new.since_day < old.since_day, new.since_day), else_=old.since_day),
            "run": new.run,
        },
    )
    rows = [{"module": module, "since_day": day, "run": run} for module, day in sorted(modules.items())]
    for start in range(0, len(rows), _ROWS):
        connection.execute(adding, rows[start : start + _ROWS])


def standing(session: Session) -> list[Mark]:
    """The modules that are stale."""
    marks = session.execute(select(StaleModule.module, StaleModule.since_day, StaleModule.run))
    return [Mark(*mark) for mark in marks]


def clear(session: Session, marks: Collection[Mark]) -> None:
    """Take away these marks, but none that a load has set anew since."""
    for mark in marks:
        same = StaleModule.module == mark.module, StaleModule.run == mark.run
        session.execute(delete(StaleModule).where(*same))

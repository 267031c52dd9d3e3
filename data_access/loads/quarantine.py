"""What a load could not take in, and what it means for the rows that waited, in the transaction of its run."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, update

from data_access.loads.changes import Values
from data_access.records import Batch
from data_access.tables import QuarantinedRow, UnmatchedKey, Waiting

_ONE = (QuarantinedRow.id == bindparam("at_id")) & (QuarantinedRow.state == Waiting.WAITING)
"""A row about which nobody has decided in the meantime."""


def keep(connection: Connection, batch: Batch, run: int, by: str, at: datetime) -> None:
    """Add the refused rows and the unmatched keys of a batch, and decide about those that waited."""
    waited = batch.waited
    _restate(connection, waited.restated)
    settled = {"state": Waiting.REPLAYED, "decided_at": at, "decided_by": by}
    _each(connection, delete(QuarantinedRow).where(_ONE), [{"at_id": row} for row in waited.replaced])
    _each(
        connection,
        update(QuarantinedRow).where(_ONE).values(**{name: bindparam(name) for name in settled}),
        [settled | {"at_id": row} for row in waited.settled],
    )
    _each(connection, insert(QuarantinedRow), list(_rows(batch, run)))
    _each(connection, insert(UnmatchedKey), list(_keys(batch, run)))


def _restate(connection: Connection, restated: Mapping[int, Mapping[str, object]]) -> None:
    """Many rows at a time: all those of which the same columns are told."""
    alike: dict[tuple[str, ...], list[Values]] = defaultdict(list)
    for number, now in restated.items():
        alike[tuple(now)].append({"at_id": number} | {f"new_{name}": value for name, value in now.items()})
    for names, rows in alike.items():
        new: Values = {name: bindparam(f"new_{name}") for name in names}
        _each(connection, update(QuarantinedRow).where(_ONE).values(new), rows)


def _each(connection: Connection, statement: Any, rows: list[Values]) -> None:
    if rows:
        connection.execute(statement, rows)


def _rows(batch: Batch, run: int) -> Iterator[Values]:
    for row in batch.quarantine:
        if not row.decided:
            yield row.columns() | {"run": run, "system": batch.system, "state": Waiting.WAITING}


def _keys(batch: Batch, run: int) -> Iterator[Values]:
    for key in batch.unmatched:
        yield asdict(key) | {"run": run}

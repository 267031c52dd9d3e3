"""What a load could not take in, stored with its run."""

from collections.abc import Iterator
from dataclasses import asdict

from sqlalchemy import Connection, insert

from data_access.loads.changes import Values
from data_access.records import Batch
from data_access.tables import QuarantinedRow, UnmatchedKey, Waiting


def keep(connection: Connection, batch: Batch, run: int) -> None:
    """Add the refused rows and the unmatched keys of a batch, in the transaction of its run."""
    for table, rows in ((QuarantinedRow, list(_rows(batch, run))), (UnmatchedKey, list(_keys(batch, run)))):
        if rows:
            connection.execute(insert(table), rows)


def _rows(batch: Batch, run: int) -> Iterator[Values]:
    for row in batch.quarantine:
        yield asdict(row) | {"run": run, "system": batch.system, "state": Waiting.WAITING}


def _keys(batch: Batch, run: int) -> Iterator[Values]:
    for key in batch.unmatched:
        yield asdict(key) | {"run": run}

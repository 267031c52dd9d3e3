"""The rows in quarantine once more: tried again as a person mended them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path

import policy
from auth.viewer import Viewer
from data_access import loads, quarantine, settings
from data_access.engine import folders
from data_access.loads.known import Known, known
from data_access.quarantine import Held
from data_access.records import Batch, Counted, QuarantineRecord, WaitedRecord
from ingest import batches, tried
from ingest.batches import Handed
from ingest.load import JOB, rated
from ingest.template.vle import VleEvent
from ingest.tried import Tried
from privacy.labels import Source

Progress = Callable[[int, int], None]


def replay(
    viewer: Viewer,
    system: Source,
    mended: Mapping[int, str],
    at: datetime,
    progress: Progress | None = None,
) -> loads.Report:
    """Try every waiting row of the system again, as rows of a file, all in one transaction.

    `mended` leads from a fault on record to what its field should say. A row that fits now comes in; another
    waits on, with the reason that stands now. Events of the VLE are added to the day that is stored.
    """
    rows = list(tried.tried(quarantine.held(JOB, system, at), mended))
    handed = Handed(system, "quarantine", _digest(rows), at)
    with folders.folder(settings().home) as folder:
        batch = _batch(rows, handed, known(JOB, system, at), folder, at)
        stored = loads.store(viewer, batch, at, progress)
    return rated(stored, at, progress)


def _batch(rows: Sequence[Tried], handed: Handed, known: Known, folder: Path, at: datetime) -> Batch:
    rules = policy.current().institution.regulations

    def prepared(name: str, some: Sequence[Tried]) -> Batch:
        return batches.prepare(
            tried.stage(folder / name, some, known), handed, known, (), (), rules, at
        ).batch

    events = [row for row in rows if row.record is VleEvent]
    told = prepared("told", [row for row in rows if row.record not in (VleEvent, None)])
    counted = prepared("events", events)
    faults = _by_row([*told.quarantine, *counted.quarantine])
    waiting = [row for row in rows if row.record is None or row.line in faults]
    decided = _decided(rows, faults)
    return replace(
        told,
        counted=Counted(
            rows=len(rows),
            accepted=len(rows) - len(waiting) - told.counted.repeated,
            quarantined=len(waiting),
            repeated=told.counted.repeated,
            reasons=dict(Counter(told.counted.reasons) + Counter(counted.counted.reasons)),
        ),
        data_up_to=None,
        taken_at=None,
        sheets=(),
        vle_added=counted.vle_days,
        quarantine=_more(waiting, faults),
        waited=decided,
        unmatched=(),
    )


def _by_row(refused: Sequence[QuarantineRecord]) -> dict[int, list[QuarantineRecord]]:
    faults: dict[int, list[QuarantineRecord]] = defaultdict(list)
    for fault in refused:
        faults[fault.line].append(fault)
    return faults


def _decided(rows: Sequence[Tried], faults: Mapping[int, Sequence[QuarantineRecord]]) -> WaitedRecord:
    """Of a row that waits on, its faults on record become those that stand now; one too many is mended."""
    settled: list[int] = []
    restated: dict[int, Mapping[str, object]] = {}
    for row in rows:
        now = faults.get(row.line, ())
        for before, fault in zip_longest(row.faults, now):
            if before is None or row.record is None:
                continue
            if fault and not _as_before(fault, before):
                restated[before.id] = fault.columns() | {"file": before.file, "line": before.line}
            elif not fault:
                settled.append(before.id)
                restated[before.id] = {"cells": batches.as_text(row.cells)}
    return WaitedRecord(settled=settled, restated=restated)


def _as_before(fault: QuarantineRecord, before: Held) -> bool:
    """Whether the same stands on record already: of thousands of rows that wait a person mends a few."""
    same = (fault.field, fault.kind, fault.value) == (before.field, before.kind, before.value)
    return same and fault.cells == batches.as_text(before.cells)


def _more(rows: Sequence[Tried], faults: Mapping[int, Sequence[QuarantineRecord]]) -> list[QuarantineRecord]:
    """Faults of rows that had fewer before."""
    return [
        replace(fault, file=row.faults[0].file, line=row.faults[0].line)
        for row in rows
        for fault in faults.get(row.line, ())[len(row.faults) :]
    ]


def _digest(rows: Sequence[Tried]) -> str:
    """What a replay is known by: what it tried."""
    return sha256("\n".join(batches.as_text(row.cells) for row in rows).encode()).hexdigest()

"""What one batch will change: worked out first, then carried out in the load's one transaction."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import duckdb
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from auth.viewer import Viewer
from data_access.loads import (
    acting,
    attended,
    contacts,
    facts,
    histories,
    marks,
    people,
    quarantine,
    research,
    results,
    snapshots,
    stale,
    studies,
    vle_days,
)
from data_access.loads.bulk import Bulk
from data_access.loads.changes import Change, Values
from data_access.loads.numbers import Nouns
from data_access.records import REPLAY, Batch
from data_access.tables import LoadedModule, LoadedSheet, LoadRun, RunState
from privacy.labels import Source


@dataclass(frozen=True)
class Plan:
    """A batch and the number of its run, the modules that its sheets tell of, its changes, and what these touch."""

    run: int
    batch: Batch
    modules: Sequence[Values]
    changes: Sequence[Change | Bulk]
    touched: stale.Touched

    @property
    def size(self) -> int:
        """How many rows it touches."""
        return sum(change.size for change in self.changes)

    @property
    def state(self) -> RunState:
        """Whether anything changes."""
        return RunState.LOADED if self.size else RunState.UNCHANGED


def plan(
    session: Session, nouns: Nouns, batch: Batch, run: int, at: datetime, scratch: duckdb.DuckDBPyConnection
) -> Plan:
    """What the batch changes. Raises OlderThanStored, and NotLoadedYet.

    What is too much for memory waits in `scratch`.
    """
    snapshots.refuse_older(session, batch)
    changes: list[Change | Bulk] = [
        *people.changes(session, nouns, batch, run),
        *studies.changes(session, nouns, batch, run),
        *histories.changes(session, nouns, batch, run, at),
        *contacts.changes(session, nouns, batch, run, at),
        *facts.changes(session, nouns, batch, run),
        *research.changes(session, nouns, batch, run),
        *results.changes(session, nouns, batch, run),
        attended.change(session, nouns, batch, run, scratch),
        vle_days.change(session, nouns, batch, run, scratch),
    ]
    touched = stale.of(session, changes, batch, _reached(session, batch.system))
    return Plan(run, batch, snapshots.modules(nouns, batch, run), changes, touched)


def _reached(session: Session, system: Source) -> date | None:
    """The last day that the loads of the system reached so far."""
    up_to = select(func.max(LoadRun.data_up_to)).where(LoadRun.system == system, LoadRun.format != REPLAY)
    return session.scalar(up_to)


def carry_out(session: Session, plan: Plan, viewer: Viewer, at: datetime) -> Iterator[int]:
    """Write it, saying after each step how many rows that was."""
    by = acting.name(session, viewer)
    session.execute(insert(LoadRun).values(_run(plan, by, at)))
    sheets = list(snapshots.rows(plan.batch, plan.run))
    if sheets:
        session.execute(insert(LoadedSheet), sheets)
    if plan.modules:
        session.execute(insert(LoadedModule), plan.modules)
    quarantine.keep(session.connection(), plan.batch, plan.run, by, at)
    for change in plan.changes:
        yield from change.apply(session.connection())
    marks.set_(session.connection(), plan.touched.modules, plan.run)


def _run(plan: Plan, by: str, at: datetime) -> Values:
    """The row of the run. Nobody can see a load before it ends, so it begins and ends at one instant."""
    batch, counted = plan.batch, plan.batch.counted
    return {
        "id": plan.run,
        "system": batch.system,
        "format": batch.format,
        "file": batch.file,
        "sha256": batch.sha256,
        "started_at": at,
        "finished_at": at,
        "state": plan.state,
        "started_by": by,
        "rows": counted.rows,
        "accepted": counted.accepted,
        "quarantined": counted.quarantined,
        "held_back": counted.held_back,
        "repeated": counted.repeated,
        "corrected": plan.touched.corrected,
        "late": plan.touched.late,
        "data_up_to": batch.data_up_to,
    }

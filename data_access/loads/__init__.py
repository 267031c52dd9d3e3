"""How rows enter the store: what differs is worked out first, then one transaction writes just that.

A load leaves everything or nothing: its run, its rows and its line in the access log are one transaction, so
a load that fails leaves no run either. Loading the same again adds a run in the state `unchanged` and touches
no other row; a row keeps the run that last changed it. What a load does not speak of stays, but for the
statuses, tutors and feed gaps of the enrolments and modules it does speak of, which it tells whole.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select, text, union
from sqlalchemy.orm import Session

from auth.permissions import Act, Action
from auth.refusals import Refusal
from auth.viewer import Viewer
from data_access import gate
from data_access.loads import facts, histories, people, quarantine, studies, vle_days
from data_access.loads.changes import Change
from data_access.loads.numbers import NotLoadedYet, Nouns
from data_access.records import Batch, Counted
from data_access.tables import Enrolment, LoadRun, Person, RunState
from privacy.labels import Category
from privacy.purposes import Purpose

__all__ = ["LoadedMeanwhile", "NotLoadedYet", "Report", "origins", "store", "store_together"]

Progress = Callable[[int, int], None]

_COMPARE = Act(Action.READ, Category.SOURCES, Purpose.IDENTIFY)
_STORE = Act(Action.WRITE, Category.SOURCES, Purpose.IDENTIFY)


class LoadedMeanwhile(Refusal):
    """Other people or data came in while this load was being prepared. Nothing was stored; please run it again."""


@dataclass(frozen=True)
class Report:
    """What became of a batch: its run, whether anything changed, and its rows as they were counted."""

    run: int
    state: RunState
    counted: Counted


@dataclass(frozen=True)
class _Plan:
    run: int
    batch: Batch
    changes: Sequence[Change | vle_days.Change]

    @property
    def size(self) -> int:
        return sum(change.size for change in self.changes)

    @property
    def state(self) -> RunState:
        return RunState.LOADED if self.size else RunState.UNCHANGED


def store(viewer: Viewer, batch: Batch, at: datetime, progress: Progress | None = None) -> Report:
    """Store what one system brings. Raises NotLoadedYet when it speaks of what nobody has loaded."""
    return store_together(viewer, (batch,), at, progress)[0]


def store_together(
    viewer: Viewer, batches: Sequence[Batch], at: datetime, progress: Progress | None = None
) -> list[Report]:
    """Store what several systems bring, all or nothing; a batch may speak of what one before it brings.

    `progress(done, total)` is told of rows. Raises LoadedMeanwhile when another got in between.
    """
    with gate.reading(viewer, None, _COMPARE, at) as opened:
        found = _newest(opened.session)
        nouns = Nouns(opened.session)
        plans = [_plan(opened.session, nouns, batch, found[0] + n, at) for n, batch in enumerate(batches, 1)]
    with gate.writing(viewer, None, _STORE, at) as opened:
        _one_at_a_time(opened.session, found)
        _carry_out(opened.session, plans, viewer, at, progress)
    return [Report(plan.run, plan.state, plan.batch.counted) for plan in plans]


def origins(viewer: Viewer, at: datetime) -> frozenset[str]:
    """The formats of the loads that the people and enrolments here came from."""
    with gate.reading(viewer, None, _COMPARE, at) as opened:
        runs = union(select(Person.run), select(Enrolment.run)).subquery()
        formats = select(LoadRun.format).where(LoadRun.id.in_(select(runs.c.run))).distinct()
        return frozenset(opened.session.scalars(formats))


def _plan(session: Session, nouns: Nouns, batch: Batch, run: int, at: datetime) -> _Plan:
    changes: list[Change | vle_days.Change] = [
        *people.changes(session, nouns, batch, run),
        *studies.changes(session, nouns, batch, run),
        *histories.changes(session, nouns, batch, run, at),
        *facts.changes(session, nouns, batch, run),
        vle_days.change(session, nouns, batch.vle_days, run),
    ]
    return _Plan(run, batch, changes)


def _newest(session: Session) -> tuple[int, int]:
    """The newest run and the newest person: the numbers that follow are the load's."""
    run = session.scalar(select(func.max(LoadRun.id)))
    person = session.scalar(select(func.max(Person.number)))
    return run or 0, person or 0


def _one_at_a_time(session: Session, found: tuple[int, int]) -> None:
    """What was worked out holds only while nothing else came in. On SQLite writers take turns anyway."""
    if session.connection().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE load_run, person IN SHARE ROW EXCLUSIVE MODE"))
    if _newest(session) != found:
        raise LoadedMeanwhile


def _carry_out(
    session: Session, plans: Sequence[_Plan], viewer: Viewer, at: datetime, progress: Progress | None
) -> None:
    done, total = 0, sum(plan.size for plan in plans)
    for plan in plans:
        session.execute(insert(LoadRun).values(_run(plan, viewer, at)))
        quarantine.keep(session.connection(), plan.batch, plan.run)
        for change in plan.changes:
            for rows in change.apply(session.connection()):
                done += rows
                if progress:
                    progress(done, total)


def _run(plan: _Plan, viewer: Viewer, at: datetime) -> dict[str, object]:
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
        "started_by": viewer.session,
        "rows": counted.rows,
        "accepted": counted.accepted,
        "quarantined": counted.quarantined,
        "held_back": counted.held_back,
        "repeated": counted.repeated,
        "data_up_to": batch.data_up_to,
    }

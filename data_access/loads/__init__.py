"""How rows enter the store: what differs is worked out first, then one transaction writes just that.

A load leaves everything or nothing: its run, its rows and its line in the access log are one transaction, so
a load that fails leaves no run either. Loading the same again adds a run in the state `unchanged` and touches
no other row; a row keeps the run that last changed it. What a load does not speak of stays, but for the
statuses and feed gaps of the enrolments and modules it does speak of, which it tells whole. A whole sheet also
tells all tutors of the enrolments, all registrations between the students and the modules, and from its first day on
all milestones, supervision meetings, sittings and awards of the students that it speaks of: what it tells no longer
is removed, which is a change; but nothing of those of whom a row was refused. Contact details of enrolments that
are not active go with every load of student records. What was disposed of does not come in again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, text, union
from sqlalchemy.orm import Session

from auth.permissions import Action
from auth.refusals import Refusal
from auth.viewer import Role, Viewer
from data_access import contracts, database, disputes_closing, gate, settings, tombstones
from data_access.engine import bounded, folders
from data_access.loads import acting, buried, contacts, plans
from data_access.loads.numbers import NotLoadedYet, Nouns
from data_access.loads.snapshots import OlderThanStored
from data_access.records import Batch, Counted
from data_access.tables import (
    ContactDetail,
    Enrolment,
    FeedGap,
    LoadRun,
    Person,
    RunState,
    SourceKey,
    Tutoring,
)
from policy.processors import Integration
from privacy.labels import Source

__all__ = [
    "LoadedMeanwhile",
    "NotLoadedYet",
    "OlderThanStored",
    "Report",
    "origins",
    "persons",
    "store",
    "store_together",
]

Progress = Callable[[int, int], None]


class LoadedMeanwhile(Refusal):
    """Other people or data came in while this load was being prepared. Nothing was stored; please run it again."""


@dataclass(frozen=True)
class Report:
    """What became of a batch: its run, whether anything changed, and its rows as they were counted.

    Of the rows that were stored, `corrected` replaced what earlier loads had brought, `late` tell of days that
    those had reached already. `rated` modules were worked out again after it. Beside it the `characteristics` of so
    many students are kept; None where it told of none.
    """

    run: int
    state: RunState
    counted: Counted
    corrected: int = 0
    late: int = 0
    rated: int = 0
    characteristics: int | None = None


def store(viewer: Viewer, batch: Batch, at: datetime, progress: Progress | None = None) -> Report:
    """Store what one system brings. Raises NotLoadedYet when it speaks of what nobody has loaded."""
    return store_together(viewer, (batch,), at, progress)[0]


def store_together(
    viewer: Viewer, batches: Sequence[Batch], at: datetime, progress: Progress | None = None
) -> list[Report]:
    """Store what several systems bring, all or nothing; a batch may speak of what one before it brings.

    `progress(done, total)` is told of rows. Raises LoadedMeanwhile when another got in between, and
    OlderThanStored when what is stored is newer; ContractOver where one of the systems is a processor's whose
    contract does not run.
    """
    for batch in batches:
        contracts.needed(Integration(batch.system.value), at)
    with folders.folder(settings().home) as folder, bounded.opened(folder) as scratch:
        with gate.reading(viewer, None, acting.act(viewer, Action.READ), at) as opened:
            session = opened.session
            found = _newest(session)
            nouns = Nouns(session)
            batches = buried.left_out(session, batches)
            planned = [
                plans.plan(session, nouns, batch, found[0] + n, at, scratch)
                for n, batch in enumerate(batches, 1)
            ]
        with gate.writing(viewer, None, acting.act(viewer, Action.WRITE), at) as opened:
            _one_at_a_time(opened.session, found)
            _carry_out(opened.session, planned, viewer, at, progress)
            disputes_closing.after_load(opened, at)
    if any(contacts.gone(plan.changes) for plan in planned):
        database.settle(ContactDetail.__tablename__)
    return [
        Report(plan.run, plan.state, plan.batch.counted, plan.touched.corrected, plan.touched.late)
        for plan in planned
    ]


def origins(viewer: Viewer, at: datetime) -> frozenset[str]:
    """The formats of the loads that the people and enrolments here came from."""
    with gate.reading(viewer, None, acting.act(viewer, Action.READ), at) as opened:
        runs = union(select(Person.run), select(Enrolment.run)).subquery()
        formats = select(LoadRun.format).where(LoadRun.id.in_(select(runs.c.run))).distinct()
        return frozenset(opened.session.scalars(formats))


def persons(viewer: Viewer, at: datetime) -> dict[str, int]:
    """The number of everybody whom student records know, by their key there. For jobs."""
    with gate.reading(viewer, None, acting.act(viewer, Action.READ), at, only={Role.SERVICE}) as opened:
        s = SourceKey
        question = select(s.key, s.person).where(s.system == Source.STUDENT_RECORDS)
        return {row.key: row.person for row in opened.session.execute(question)}


def _newest(session: Session) -> tuple[int, ...]:
    """The newest run, person, tutoring and gap: the numbers that follow are the load's.

    An account gives somebody a number too, a cover a tutoring, and an administrator records gaps.
    """
    newest = (LoadRun.id, Person.number, Tutoring.id, FeedGap.id)
    return tuple(session.scalar(select(func.max(number))) or 0 for number in newest)


def _one_at_a_time(session: Session, found: tuple[int, ...]) -> None:
    """What was worked out holds only while nothing else came in. On SQLite writers take turns anyway."""
    if session.connection().dialect.name == "postgresql":
        session.execute(text("LOCK TABLE load_run, person, tutoring, feed_gap IN SHARE ROW EXCLUSIVE MODE"))
    if _newest(session) != found:
        raise LoadedMeanwhile


def _carry_out(
    session: Session,
    planned: Sequence[plans.Plan],
    viewer: Viewer,
    at: datetime,
    progress: Progress | None,
) -> None:
    done, total = 0, sum(plan.size for plan in planned)
    for plan in planned:
        for rows in plans.carry_out(session, plan, viewer, at):
            done += rows
            if progress:
                progress(done, total)
        if plan.size:
            buried.deleted_again(session.connection(), plan.run)
        tombstones.contacts(session, contacts.ended(session, plan.changes), at)

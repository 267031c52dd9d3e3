"""How far the data of each system reach: behind a gate that is open already, and for the jobs that rate."""

from datetime import date, datetime

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from data_access.gate import Opened
from data_access.prepared import Statement, once, parameter, run
from data_access.records import REPLAY
from data_access.tables import LoadRun, RunState
from engagement.freshness import Freshness
from policy.days import london_day
from privacy.labels import SYSTEMS, Source

LOADS: Statement = (
    select(LoadRun.system, func.max(LoadRun.finished_at), func.max(LoadRun.data_up_to))
    .where(LoadRun.state.in_((RunState.LOADED, RunState.UNCHANGED)), LoadRun.format != REPLAY)
    .group_by(LoadRun.system)
)
"""Each system, when its last load was done, and the last day that any load told of."""


def latest(opened: Opened, at: datetime) -> dict[Source, Freshness]:
    """The systems that have been loaded, and how fresh each is.

    A load that found nothing new counts: it says that the data are as fresh as then. Rows out of quarantine
    are no fresher for it. Where a feed does not say how far it reaches, it reaches to the day of its load.
    """
    rows = run(opened, _loads, {"at": at})
    return {
        system: Freshness(system, done, up_to or london_day(done)) for system, done, up_to in rows if done
    }


def of_all(opened: Opened, at: datetime) -> list[Freshness]:
    """Each of the four systems in their usual order, also where nothing has been loaded."""
    found = latest(opened, at)
    return [found.get(system, Freshness(system, None, None)) for system in SYSTEMS]


def days(connection: Session | Connection) -> dict[Source, date]:
    """The last day that each system has told of; one that was never loaded is not among them."""
    return {system: up_to or london_day(done) for system, done, up_to in connection.execute(LOADS) if done}


def told_before(connection: Session | Connection) -> date:
    """The day from which on student records are silent: what was due before it and did not come, is missing.

    That day itself was not over when they were taken. Where no load says, they are believed for every day.
    """
    return days(connection).get(Source.STUDENT_RECORDS, date.max)


@once
def _loads(opened: Opened) -> Statement:
    return LOADS.where(LoadRun.finished_at <= parameter("at"))

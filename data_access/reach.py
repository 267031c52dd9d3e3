"""How far the data of each system reach, behind a gate that is open already."""

from datetime import datetime

from sqlalchemy import func, select

from data_access.gate import Opened
from data_access.prepared import Statement, once, parameter, run
from data_access.records import REPLAY
from data_access.tables import LoadRun, RunState
from engagement.freshness import Freshness
from policy.days import london_day
from privacy.labels import Source

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


@once
def _loads(opened: Opened) -> Statement:
    return LOADS.where(LoadRun.finished_at <= parameter("at"))

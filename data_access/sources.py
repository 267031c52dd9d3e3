"""The four systems: when each was last loaded, and how far its data reach."""

from datetime import datetime

from sqlalchemy import func, select

from auth.permissions import Act, Action
from auth.viewer import Role, Viewer
from data_access import gate
from data_access.gate import Opened
from data_access.tables import LoadRun, RunState
from engagement.freshness import Freshness
from policy.days import london_day
from privacy.labels import SYSTEMS, Category, Source
from privacy.purposes import Duty, Purpose


def freshness(viewer: Viewer, at: datetime) -> list[Freshness]:
    """Each of the four systems in their usual order. About no student; an administrator asks as a duty."""
    why = Duty.SECURITY if viewer.role is Role.ADMINISTRATOR else Purpose.IDENTIFY
    with gate.reading(viewer, None, Act(Action.READ, Category.SOURCES, why), at) as opened:
        found = latest(opened, at)
    return [found.get(system, Freshness(system, None, None)) for system in SYSTEMS]


def latest(opened: Opened, at: datetime) -> dict[Source, Freshness]:
    """The systems that have been loaded, behind a gate that is open already.

    A load that found nothing new counts: it says that the data are as fresh as then. Where a feed does not
    say how far it reaches, it reaches to the day of its load.
    """
    rows = opened.session.execute(
        select(LoadRun.system, func.max(LoadRun.finished_at), func.max(LoadRun.data_up_to))
        .where(LoadRun.state.in_((RunState.LOADED, RunState.UNCHANGED)), LoadRun.finished_at <= at)
        .group_by(LoadRun.system)
    )
    return {
        system: Freshness(system, done, up_to or london_day(done)) for system, done, up_to in rows if done
    }

"""Gaps of the feeds that a person records, and takes back: days of which a system told nothing, or a part at most.

What is on record counts as missing in the same breath: the modules it touches are marked in its transaction, and
rated again after it. Data that come for these days end no gap, for whoever recorded it may know that they are
not whole; a page says that they are here.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session

from auth.permissions import Action
from auth.refusals import GoneMeanwhile, ReasonNeeded, StoreBusy
from auth.refusals.sources import DaysNotOver, NoSuchModule, NotByTheDay, RecordedAlready
from auth.viewer import Viewer
from data_access import gate, ratings
from data_access.loads import acting, marks
from data_access.tables import Attendance, FeedGap, LoadRun, Module, TimetableEvent, VleDay
from engagement.facts import Gap
from engagement.feeds import FEEDS
from engagement.gap_decisions import Decision, Record, TakeBack
from policy.days import london_day, number
from privacy.labels import Source

_JOB = Viewer.service("gaps")
Progress = Callable[[int, int], None]


def carry_out(viewer: Viewer, decided: Decision, at: datetime, report: Progress | None = None) -> None:
    """Do what was decided, and rate again. A Refusal changes nothing."""
    with gate.writing(viewer, None, acting.act(viewer, Action.WRITE), at) as opened:
        match decided:
            case Record(gap):
                _record(opened.session, gap, acting.name(opened.session, viewer), at)
            case TakeBack(number_of):
                _take_back(opened.session, number_of)
    with suppress(StoreBusy):  # they stay marked, and the next rating does it
        ratings.refresh_stale(_JOB, at, report)


def filled(session: Session, gap: FeedGap) -> int:
    """Of how many days of a gap there are data after all."""
    told: Any = VleDay if gap.system is Source.VLE else TimetableEvent
    days = select(told.day).where(told.day.between(number(gap.first), number(gap.last))).distinct()
    if told is TimetableEvent:
        days = days.where(exists().where(Attendance.event == TimetableEvent.id))
    if gap.module is not None:
        days = days.where(told.module == gap.module)
    return session.scalar(select(func.count()).select_from(days.subquery())) or 0


def _record(session: Session, gap: Gap, by: str, at: datetime) -> None:
    if gap.system not in FEEDS:
        raise NotByTheDay
    if gap.last < gap.first or gap.last > london_day(at):
        raise DaysNotOver
    if not gap.reason.strip():
        raise ReasonNeeded
    module = _module(session, gap.module) if gap.module else None
    same = FeedGap.module == module, FeedGap.first == gap.first, FeedGap.last == gap.last
    if session.scalar(select(FeedGap.id).where(FeedGap.system == gap.system, FeedGap.run.is_(None), *same)):
        raise RecordedAlready
    reason = " ".join(gap.reason.split())
    days = {"first": gap.first, "last": gap.last}
    session.add(
        FeedGap(system=gap.system, module=module, **days, reason=reason, recorded_by=by, recorded_at=at)
    )
    _stale(session, module, gap.first, gap.last)


def _module(session: Session, code: str) -> int:
    found = session.scalar(select(Module.id).where(Module.code == code.strip()))
    if found is None:
        raise NoSuchModule
    return found


def _take_back(session: Session, number_of: int) -> None:
    """A gap that a load brought is the load's."""
    own = FeedGap.id == number_of, FeedGap.run.is_(None)
    gap = session.scalar(select(FeedGap).where(*own))
    if gap is None:
        raise GoneMeanwhile
    session.execute(delete(FeedGap).where(*own))
    _stale(session, gap.module, gap.first, gap.last)


def _stale(session: Session, module: int | None, first: date, last: date) -> None:
    """Mark the module, or all that were taught in these days, since the first of them."""
    run = session.scalar(select(func.max(LoadRun.id)))
    touched = select(Module.id).where(Module.starts <= last, Module.ends >= first)
    if module is not None:
        touched = touched.where(Module.id == module)
    if run is not None:
        marks.set_(session.connection(), dict.fromkeys(session.scalars(touched), number(first)), run)

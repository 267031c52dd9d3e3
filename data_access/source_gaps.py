"""The days of the last weeks of which a system told nothing: gaps on record, and silence that nobody explained."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

import policy
from auth.permissions import Action
from auth.viewer import Viewer
from data_access import feed_days, feed_gaps, gate
from data_access.loads import acting
from data_access.records import REPLAY
from data_access.source_runs import WEEKS
from data_access.tables import FeedGap, LoadRun, Module, RunState, VleDay
from engagement.feeds import FEEDS, Silence, covered, silences
from policy.days import london_day, monday, number
from privacy.labels import Source


def gaps(viewer: Viewer, at: datetime) -> list[Silence]:
    """All of them, the latest first; days of teaching only, up to yesterday.

    Of the VLE and of registers a day is told when there are rows of it; registers are expected where there
    are classes. Student records and the timetable are loaded whole: a day is told when they were loaded in time.
    Before its first data nothing is expected of a system.
    """
    first = monday(london_day(at)) - timedelta(weeks=WEEKS - 1)
    yesterday = london_day(at) - timedelta(days=1)
    taught = [on for on in policy.current().calendar.taught_days if first <= on <= yesterday]
    with gate.reading(viewer, None, acting.act(viewer, Action.READ), at) as opened:
        session = opened.session
        on_record = _on_record(session, first, london_day(at))
        expected = {
            Source.VLE: _online(session, taught),
            Source.ATTENDANCE: feed_days.registers(session, taught),
            Source.STUDENT_RECORDS: _whole(session, Source.STUDENT_RECORDS, taught, at),
            Source.TIMETABLE: _whole(session, Source.TIMETABLE, taught, at),
        }
    unexplained = [
        silence
        for system, (days, told) in expected.items()
        for silence in silences(system, days, told | _explained(system, on_record, days))
    ]
    return sorted([*on_record, *unexplained], key=lambda s: (s.last, s.first, s.system), reverse=True)


def _on_record(session: Session, first: date, last: date) -> list[Silence]:
    """Those that lie in these days; those that a person recorded however long ago, so that they can be taken back."""
    question = select(FeedGap, Module.code).outerjoin(Module, Module.id == FeedGap.module)
    lately = and_(FeedGap.last >= first, FeedGap.first <= last)
    rows = session.execute(question.where(or_(lately, FeedGap.run.is_(None))).order_by(FeedGap.id))
    return [_silence(session, gap, module) for gap, module in rows]


def _silence(session: Session, gap: FeedGap, module: str | None) -> Silence:
    """Only what a person recorded can be taken back, and says how many of its days have data meanwhile."""
    told = Silence(gap.system, module, gap.first, gap.last, gap.reason)
    if gap.run is not None:
        return told
    filled = feed_gaps.filled(session, gap) if gap.system in FEEDS else 0
    return replace(told, id=gap.id, by=gap.recorded_by or "", filled=filled)


def _explained(system: Source, on_record: list[Silence], days: list[date]) -> set[date]:
    whole = [gap for gap in on_record if gap.system is system and gap.module is None]
    return {on for on in days if any(gap.first <= on <= gap.last for gap in whole)}


def _online(session: Session, taught: list[date]) -> tuple[list[date], set[date]]:
    began = session.scalar(select(func.min(VleDay.day)))
    days = [on for on in taught if began is not None and number(on) >= began]
    return days, feed_days.online(session, days[0], days[-1]) if days else set()


def _whole(
    session: Session, system: Source, taught: list[date], at: datetime
) -> tuple[list[date], set[date]]:
    done = LoadRun.state.in_((RunState.LOADED, RunState.UNCHANGED))
    question = select(LoadRun.finished_at).where(
        done, LoadRun.system == system, LoadRun.format != REPLAY, LoadRun.finished_at <= at
    )
    loads = [found for found in session.scalars(question.order_by(LoadRun.finished_at)) if found]
    days = [on for on in taught if loads and on >= london_day(loads[0])]
    return days, covered(loads, policy.current().sources.allowed(system), days)

"""The days of the last weeks of which a system told nothing: gaps on record, and silence that nobody explained."""

from datetime import date, datetime, timedelta

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

import policy
from auth.permissions import Action
from auth.viewer import Viewer
from data_access import gate
from data_access.loads import acting
from data_access.records import REPLAY
from data_access.source_runs import WEEKS
from data_access.tables import Attendance, FeedGap, LoadRun, Module, RunState, TimetableEvent, VleDay
from engagement.feeds import Silence, covered, silences
from policy.days import day, london_day, monday, number
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
            Source.ATTENDANCE: _registers(session, taught),
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
    columns = (FeedGap.system, Module.code, FeedGap.first, FeedGap.last, FeedGap.reason)
    question = select(*columns).outerjoin(Module, Module.id == FeedGap.module)
    rows = session.execute(question.where(FeedGap.last >= first, FeedGap.first <= last))
    return [Silence(*row) for row in rows]


def _explained(system: Source, on_record: list[Silence], days: list[date]) -> set[date]:
    whole = [gap for gap in on_record if gap.system is system and gap.module is None]
    return {on for on in days if any(gap.first <= on <= gap.last for gap in whole)}


def _online(session: Session, taught: list[date]) -> tuple[list[date], set[date]]:
    began = session.scalar(select(func.min(VleDay.day)))
    days = [on for on in taught if began is not None and number(on) >= began]
    if not days:
        return [], set()
    there = [exists().where(VleDay.day == number(on)).label(f"d{number(on)}") for on in days]
    row = session.execute(select(*there)).one()
    return days, {on for on, told in zip(days, row, strict=True) if told}


def _registers(session: Session, taught: list[date]) -> tuple[list[date], set[date]]:
    registered = exists().where(Attendance.event == TimetableEvent.id)
    began = session.scalar(select(func.min(TimetableEvent.day)).where(registered))
    if began is None or not taught:
        return [], set()
    held = (
        select(TimetableEvent.day)
        .distinct()
        .where(
            TimetableEvent.day.between(max(began, number(taught[0])), number(taught[-1])),
            ~TimetableEvent.cancelled,
        )
    )
    classes = set(session.scalars(held))
    told = set(session.scalars(held.where(registered)))
    return [on for on in taught if number(on) in classes], {day(on) for on in told}


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

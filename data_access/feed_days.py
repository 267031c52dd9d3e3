"""Of which days of teaching the VLE and the registers told anything at all: the other days are no noughts.

Kept as they stood when the ratings were last worked out, so that pages and suggestions go by the same days.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import delete, exists, func, insert, select
from sqlalchemy.orm import Session

import policy
from data_access.loads import marks
from data_access.tables import Attendance, FeedDay, LoadRun, Module, TimetableEvent, VleDay
from engagement.feeds import FEEDS, Heard, heard
from policy.days import day, number
from privacy.labels import Source

_Days = Mapping[int, Heard]


def keep(session: Session, today: date) -> None:
    """Keep what was told of each day up to today; modules taught on a day that is judged otherwise now are stale."""
    calendar = policy.current().calendar
    taught = sorted(on for year in (*calendar.earlier, calendar) for on in year.taught_days if on <= today)
    before, now = _kept(session), _found(session, taught)
    if before == now:
        return
    session.execute(delete(FeedDay))
    rows = [
        {"system": system, "day": on, "heard": said}
        for system, days in now.items()
        for on, said in days.items()
    ]
    if rows:
        session.execute(insert(FeedDay), rows)
    _mark(session, _judged_otherwise(before, now))


def silent(session: Session) -> Mapping[tuple[Source, Heard], list[date]]:
    """The days without a word of each system, in order: pauses and silences apart."""
    question = select(FeedDay.system, FeedDay.heard, FeedDay.day).where(FeedDay.heard != Heard.TOLD)
    found: dict[tuple[Source, Heard], list[date]] = {}
    for system, said, on in session.execute(question.order_by(FeedDay.day)):
        found.setdefault((system, said), []).append(day(on))
    return found


def online(session: Session, first: date, last: date) -> set[date]:
    """The days between these on which anybody used the VLE.

    The index is gone through from one day to the next, however many rows a day has.
    """
    until = VleDay.day <= number(last)
    told = (
        select(func.min(VleDay.day).label("day"))
        .where(VleDay.day >= number(first), until)
        .cte(recursive=True)
    )
    later = select(func.min(VleDay.day)).where(VleDay.day > told.c.day, until).scalar_subquery()
    every = told.union_all(select(later).where(told.c.day.is_not(None)))
    return {day(on) for on in session.scalars(select(every.c.day).where(every.c.day.is_not(None)))}


def registers(session: Session, taught: Sequence[date]) -> tuple[list[date], set[date]]:
    """Those of the days, in order, that had classes, from the first register on; and those that have registers."""
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


def _found(session: Session, taught: Sequence[date]) -> dict[Source, _Days]:
    """Before the first data of the VLE nothing is known either: no nought is made of it."""
    told = {
        Source.VLE: (taught, online(session, taught[0], taught[-1]) if taught else set()),
        Source.ATTENDANCE: registers(session, taught),
    }
    return {
        system: {number(on): said for on, said in heard(system, *days).items()}
        for system, days in told.items()
    }


def _kept(session: Session) -> dict[Source, _Days]:
    found: dict[Source, dict[int, Heard]] = {system: {} for system in FEEDS}
    for system, on, said in session.execute(select(FeedDay.system, FeedDay.day, FeedDay.heard)):
        found[system][on] = said
    return dict(found)


def _judged_otherwise(before: Mapping[Source, _Days], now: Mapping[Source, _Days]) -> list[int]:
    """Days looked at before that count otherwise now: told or not by the VLE, or in a gap or not of either system."""
    last = max(before[Source.VLE], default=0)

    def changed(system: Source, *silent: Heard) -> Iterable[int]:
        earlier, later = ({on for on, said in of[system].items() if said in silent} for of in (before, now))
        return earlier ^ later

    differ = {
        *changed(Source.VLE, Heard.PAUSE, Heard.SILENT),
        *changed(Source.VLE, Heard.SILENT),
        *changed(Source.ATTENDANCE, Heard.SILENT),
    }
    return [on for on in differ if on <= last]


def _mark(session: Session, days: Sequence[int]) -> None:
    run = session.scalar(select(func.max(LoadRun.id)))
    if run is not None and days:
        first, last = day(min(days)), day(max(days))
        running = session.scalars(select(Module.id).where(Module.starts <= last, Module.ends >= first))
        marks.set_(session.connection(), dict.fromkeys(running, number(first)), run)

"""What the systems told us of one opened student since a day: read by primary key, with the day of each load."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, select

from data_access import recorded_beside, recorded_gaps, recorded_work
from data_access.gate import Opened
from data_access.prepared import ENROLMENTS, STUDENTS, Statement, once, parameter, run
from data_access.reach import latest
from data_access.recorded_disputes import disputed
from data_access.tables import (
    Attendance,
    LoadRun,
    Module,
    Register,
    Registration,
    TimetableEvent,
    VleDay,
)
from engagement.facts import (
    Agreed,
    Facts,
    Online,
    Presence,
    Reach,
    RegisterLine,
    Studied,
)
from engagement.freshness import Freshness
from policy.days import day, london_day, number
from privacy.labels import Source

_MODULES = parameter("modules", expanding=True)
_SINCE, _UNTIL = parameter("since"), parameter("until")
_PRESENCE = {
    Register.PRESENT: Presence.ATTENDED,
    Register.LATE: Presence.LATE,
    Register.ABSENT: Presence.ABSENT,
    Register.AUTHORISED: Presence.AUTHORISED,
    Register.NOT_RECORDED: Presence.NOT_RECORDED,
}


def recorded(opened: Opened, since: date, at: datetime) -> Facts:
    """Everything of the modules that belong to the opened enrolments, from the day `since` to the day of `at`.

    Loads and gaps are facts about a feed, not about the student, so they are read without projection.
    """
    asked: dict[str, Any] = {"enrolments": opened.enrolments, "students": opened.students}
    modules = run(opened, _modules, asked)
    codes = {row.id: row.code for row in modules}
    asked |= {"modules": list(codes), "since": number(since), "until": number(london_day(at)), "date": since}
    online, registers = run(opened, _online, asked), run(opened, _registers, asked)
    work, agreed = recorded_work.rows(opened, asked), recorded_beside.agreed(opened, since)
    said = disputed(opened)
    loaded = _loaded(opened, {row.run for row in (*online, *registers, *work, *agreed)})
    fresh = latest(opened, at)
    return Facts(
        modules=[_studied(row) for row in modules],
        online=[
            Online(day(r.day), codes[r.module], r.views, loaded[r.run], said.online.get((r.module, r.day)))
            for r in online
        ],
        registers=[
            RegisterLine(day(r.day), codes[r.module], _presence(r), loaded[r.run], said.classes.get(r.event))
            for r in registers
        ],
        work=list(recorded_work.pieces(work, codes, loaded, london_day(at), _told(fresh, at), said.work)),
        gaps=recorded_gaps.gaps(opened, asked, codes, fresh),
        agreed=[
            Agreed(
                day(r.due),
                r.title,
                None if r.done is None else day(r.done),
                loaded[r.run],
                said.agreed.get((r.title, r.due)),
            )
            for r in agreed
        ],
        interrupted=recorded_beside.interrupted(opened, since, london_day(at)),
        scores=recorded_beside.scores(opened, since, london_day(at)),
        reach={
            system: Reach(told.up_to, london_day(told.loaded_at))
            for system, told in fresh.items()
            if told.up_to and told.loaded_at
        },
    )


def _studied(row: Row[Any]) -> Studied:
    last = min(row.last, row.ends) if row.last else row.ends
    return Studied(row.code, row.title, max(row.first, row.starts), last)


def _presence(row: Row[Any]) -> Presence:
    return Presence.CANCELLED if row.cancelled else _PRESENCE[row.register]


def _told(fresh: Mapping[Source, Freshness], at: datetime) -> date:
    """The day up to which work that did not come is missing; on what came since, student records are silent."""
    reach = fresh.get(Source.STUDENT_RECORDS)
    return min(london_day(at), reach.up_to) if reach and reach.up_to else london_day(at)


def _loaded(opened: Opened, runs: set[int]) -> dict[int, date]:
    rows = run(opened, _runs, {"runs": list(runs)})
    return {row[0]: london_day(row[1]) for row in rows}


@once
def _modules(opened: Opened) -> Statement:
    columns = opened.columns(
        Module.id,
        Module.code,
        Module.title,
        Module.starts,
        Module.ends,
        Registration.first,
        Registration.last,
    )
    return (
        select(*columns)
        .join_from(Registration, Module, Module.id == Registration.module)
        .where(Registration.enrolment.in_(ENROLMENTS))
        .order_by(Module.code)
    )


@once
def _online(opened: Opened) -> Statement:
    return (
        select(*opened.columns(VleDay.module, VleDay.day, VleDay.views))
        .add_columns(VleDay.run)
        .where(VleDay.student.in_(STUDENTS), VleDay.module.in_(_MODULES), VleDay.day.between(_SINCE, _UNTIL))
        .order_by(VleDay.day)
    )


@once
def _registers(opened: Opened) -> Statement:
    columns = opened.columns(
        TimetableEvent.module,
        TimetableEvent.day,
        TimetableEvent.cancelled,
        Attendance.register,
        Attendance.event,
    )
    return (
        select(*columns)
        .add_columns(Attendance.run)
        .join_from(Attendance, TimetableEvent, TimetableEvent.id == Attendance.event)
        .where(
            Attendance.student.in_(STUDENTS),
            TimetableEvent.module.in_(_MODULES),
            TimetableEvent.day.between(_SINCE, _UNTIL),
        )
        .order_by(TimetableEvent.day)
    )


@once
def _runs(opened: Opened) -> Statement:
    ended = func.coalesce(LoadRun.finished_at, LoadRun.started_at)
    return select(LoadRun.id, ended).where(LoadRun.id.in_(parameter("runs", expanding=True)))

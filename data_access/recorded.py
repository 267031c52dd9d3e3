"""What the systems told us of one opened student since a day: read by primary key, with the day of each load."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, select

from data_access import recorded_beside
from data_access.gate import Opened
from data_access.prepared import ENROLMENTS, STUDENTS, Statement, once, parameter, run
from data_access.reach import latest
from data_access.tables import (
    Assessment,
    Attendance,
    FeedGap,
    LoadRun,
    Module,
    Register,
    Registration,
    Submission,
    TimetableEvent,
    VleDay,
)
from engagement.facts import (
    Agreed,
    Facts,
    Gap,
    Online,
    Presence,
    Reach,
    RegisterLine,
    Studied,
    Work,
    WorkState,
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
    modules = run(opened, _modules, asked).all()
    codes = {row.id: row.code for row in modules}
    asked |= {"modules": list(codes), "since": number(since), "until": number(london_day(at)), "date": since}
    online, registers = run(opened, _online, asked).all(), run(opened, _registers, asked).all()
    work, agreed = run(opened, _work, asked).all(), recorded_beside.agreed(opened, since)
    loaded = _loaded(opened, {row.run for row in (*online, *registers, *work, *agreed)})
    fresh = latest(opened, at)
    return Facts(
        modules=[_studied(row) for row in modules],
        online=[Online(day(r.day), codes[r.module], r.views, loaded[r.run]) for r in online],
        registers=[RegisterLine(day(r.day), codes[r.module], _presence(r), loaded[r.run]) for r in registers],
        work=list(_pieces(work, codes, loaded, london_day(at), _told(fresh, at))),
        gaps=[
            Gap(r.system, codes.get(r.module), r.first, r.last, r.reason) for r in run(opened, _gaps, asked)
        ],
        agreed=[
            Agreed(day(r.due), r.title, None if r.done is None else day(r.done), loaded[r.run])
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


def _pieces(
    rows: Iterable[Row[Any]],
    codes: Mapping[int, str],
    loaded: Mapping[int, date],
    today: date,
    told: date,
) -> Iterator[Work]:
    """The work as it stands today, where student records have told of the days before `told`.

    An examination is announced, and not held against anybody afterwards.
    """
    for row in rows:
        due = day(row.extension_day if row.extension_day is not None else row.due_day)
        state = _state(row, due, today, told)
        if (row.last and due > row.last) or (row.exam and state is WorkState.MISSING):
            continue
        handed_in = day(row.handed_in_day) if row.handed_in_day is not None else None
        extended = row.extension_day is not None
        yield Work(due, codes[row.module], row.title, extended, handed_in, state, loaded[row.run])


def _told(fresh: Mapping[Source, Freshness], at: datetime) -> date:
    """The day up to which work that did not come is missing; on what came since, student records are silent."""
    reach = fresh.get(Source.STUDENT_RECORDS)
    return min(london_day(at), reach.up_to) if reach and reach.up_to else london_day(at)


def _state(row: Row[Any], due: date, today: date, told: date) -> WorkState:
    if row.handed_in_day is not None and day(row.handed_in_day) <= today:
        return WorkState.LATE if row.late else WorkState.ON_TIME
    return WorkState.MISSING if due < told else WorkState.DUE


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
        TimetableEvent.module, TimetableEvent.day, TimetableEvent.cancelled, Attendance.register
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
def _work(opened: Opened) -> Statement:
    """Work with a due day that was not carried over from before."""
    columns = opened.columns(
        Assessment.module,
        Assessment.title,
        Assessment.due_day,
        Assessment.exam,
        Submission.extension_day,
        Submission.handed_in_day,
        Submission.late,
        Registration.last,
    )
    due = func.coalesce(Submission.extension_day, Assessment.due_day)
    own = (Submission.assessment == Assessment.id) & (Submission.student == Registration.student)
    return (
        select(*columns)
        .add_columns(func.coalesce(Submission.run, Assessment.run).label("run"))
        .join_from(Registration, Assessment, Assessment.module == Registration.module)
        .outerjoin(Submission, own)
        .where(Registration.enrolment.in_(ENROLMENTS), due >= _SINCE, Submission.carried_over.is_not(True))
        .order_by(due, Assessment.id)
    )


@once
def _runs(opened: Opened) -> Statement:
    ended = func.coalesce(LoadRun.finished_at, LoadRun.started_at)
    return select(LoadRun.id, ended).where(LoadRun.id.in_(parameter("runs", expanding=True)))


@once
def _gaps(opened: Opened) -> Statement:
    return (
        select(FeedGap.system, FeedGap.module, FeedGap.first, FeedGap.last, FeedGap.reason)
        .where(FeedGap.module.is_(None) | FeedGap.module.in_(_MODULES), FeedGap.last >= parameter("date"))
        .order_by(FeedGap.first, FeedGap.id)
    )

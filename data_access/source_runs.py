"""What came of the loads: each system's last, all of the last weeks, and the keys that belong to nobody here."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

import policy
from auth.permissions import Action
from auth.viewer import Viewer
from data_access import gate
from data_access.loads import acting
from data_access.reach import latest
from data_access.records import REPLAY
from data_access.tables import (
    Assessment,
    Enrolment,
    LoadRun,
    Module,
    ModuleKey,
    QuarantinedRow,
    RunState,
    SourceKey,
    TimetableEvent,
    UnmatchedKey,
    Waiting,
)
from engagement.feeds import Feed, Load, Unmatched
from privacy.labels import SYSTEMS, Source

WEEKS = 8
SHOWN = 100  # unmatched keys, those in most rows first

_DONE = LoadRun.state.in_((RunState.LOADED, RunState.UNCHANGED))


def feeds(viewer: Viewer, at: datetime) -> list[Feed]:
    """Each of the four systems in their usual order, as it stands now."""
    done = (_DONE, LoadRun.format != REPLAY, LoadRun.finished_at <= at)
    ended = select(LoadRun.system, func.max(LoadRun.finished_at).label("at")).where(*done)
    newest = ended.group_by(LoadRun.system).subquery()
    question = select(LoadRun).join(
        newest, and_(newest.c.system == LoadRun.system, newest.c.at == LoadRun.finished_at)
    )
    waits = select(QuarantinedRow.system, func.count()).where(QuarantinedRow.state == Waiting.WAITING)
    with gate.reading(viewer, None, acting.act(viewer, Action.READ), at) as opened:
        runs = opened.session.scalars(question.where(*done).order_by(LoadRun.id))
        last = {run.system: _load(run) for run in runs}
        rows = opened.session.execute(waits.group_by(QuarantinedRow.system))
        waiting = {system: number for system, number in rows}  # noqa: C416 - a Row is no pair to mypy
        reach = latest(opened, at)
    allowed = policy.current().sources.allowed
    return [
        Feed(
            system,
            last.get(system),
            reach[system].up_to if system in reach else None,
            waiting.get(system, 0),
            allowed(system),
        )
        for system in SYSTEMS
    ]


def loads(viewer: Viewer, at: datetime) -> list[Load]:
    """The loads of the last eight weeks, the latest first."""
    with gate.reading(viewer, None, acting.act(viewer, Action.READ), at) as opened:
        return _loads(opened.session, at)


def unmatched(viewer: Viewer, at: datetime) -> tuple[list[Unmatched], int]:
    """Keys of the last eight weeks' loads that still belong to nobody, in most rows first; and how many there are.

    A key that has come to belong to somebody since is not among them.
    """
    u = UnmatchedKey
    rows, since = func.max(u.rows), func.min(LoadRun.finished_at)
    question = (
        select(LoadRun.system, u.noun, u.key, rows, since, func.count().over())
        .join(LoadRun, LoadRun.id == u.run)
        .where(_DONE, LoadRun.finished_at >= _start(at), LoadRun.finished_at <= at, ~_known_now())
        .group_by(LoadRun.system, u.noun, u.key)
        .order_by(rows.desc(), LoadRun.system, u.noun, u.key)
        .limit(SHOWN)
    )
    with gate.reading(viewer, None, acting.act(viewer, Action.READ), at) as opened:
        found = opened.session.execute(question).all()
    keys = [Unmatched(r[0], r[1], r[2], r[3], r[4]) for r in found if r[4]]
    return keys, found[0][5] if found else 0


def _known_now() -> ColumnElement[bool]:
    key, noun = UnmatchedKey.key, UnmatchedKey.noun
    system = or_(SourceKey.system == Source.STUDENT_RECORDS, SourceKey.system == LoadRun.system)
    alias = exists().where(ModuleKey.system == LoadRun.system, ModuleKey.key == key)
    return or_(
        and_(
            noun.in_(("student", "person", "member of staff")), exists().where(SourceKey.key == key, system)
        ),
        and_(noun == "module", exists().where(Module.code == key) | alias),
        and_(noun == "enrolment", exists().where(Enrolment.key == key)),
        and_(noun == "assessment", exists().where(Assessment.key == key)),
        and_(noun == "class", exists().where(TimetableEvent.key == key)),
    )


def _start(at: datetime) -> datetime:
    return at - timedelta(weeks=WEEKS)


def _loads(session: Session, at: datetime) -> list[Load]:
    recent = select(LoadRun).where(_DONE, LoadRun.finished_at >= _start(at), LoadRun.finished_at <= at)
    return [_load(run) for run in session.scalars(recent.order_by(LoadRun.id.desc()))]


def _load(run: LoadRun) -> Load:
    return Load(
        run=run.id,
        system=run.system,
        at=run.finished_at or run.started_at,
        file=run.file,
        format=run.format,
        by=run.started_by,
        rows=run.rows,
        accepted=run.accepted,
        quarantined=run.quarantined,
        held_back=run.held_back,
        repeated=run.repeated,
        corrected=run.corrected,
        late=run.late,
        unchanged=run.state is RunState.UNCHANGED,
        mended=run.format == REPLAY,
    )

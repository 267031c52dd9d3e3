"""The steps of a dispute, inside a transaction that is open: begun, ended, and what both mean for the rating."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, func, select, update

from auth.refusals import GoneMeanwhile
from data_access import request_steps
from data_access.gate import Opened
from data_access.loads import marks
from data_access.tables import (
    Assessment,
    Dispute,
    DisputeStep,
    LoadRun,
    Submission,
    TimetableEvent,
)
from privacy.dispute import NEXT, RESEARCH, TAUGHT, Datum, Kind, State, Target

_NUMBERS: Mapping[Kind, str] = {
    Kind.ATTENDANCE: "event",
    Kind.WORK: "assessment",
    Kind.SITTING: "assessment",
    Kind.ONLINE: "module",
    Kind.MODULE: "module",
    Kind.NOTE: "note",
    **dict.fromkeys((Kind.COURSE, Kind.STATUS, Kind.AWARD, Kind.CONTACT), "enrolment"),
    **dict.fromkeys((Kind.PLAN, Kind.ACTION, Kind.MEETING), "item"),
}
"""The column with the number of the target; of the other kinds the day, the name or the field says it all."""


def target(row: Dispute) -> Target:
    """Which datum a row is about."""
    where = _NUMBERS.get(row.kind)
    number = getattr(row, where) if where else 0
    return Target(row.kind, number or 0, row.day or 0, row.field, row.name or "")


def open_key(student: int, of: Target) -> str:
    """The datum as text, of this student alone."""
    return f"{student}-{of.kind}-{of.number}-{of.day}-{of.field or ''}-{of.name}".rstrip("-")


def begun(
    opened: Opened, enrolment: int, case: int, of: Datum, claim: str, text: str, at: datetime
) -> Dispute:
    """Write a dispute of the viewer's own datum, with its first step."""
    kind = of.target.kind
    where = _NUMBERS.get(kind)
    named = {where: of.target.number} if where and where != "enrolment" else {}
    row = Dispute(
        reference=f"C-{request_steps.letters()}",
        student=opened.viewer.person,
        enrolment=enrolment,
        case=case,
        kind=kind,
        system=kind.system,
        **named,
        day=of.target.day or None,
        name=of.target.name or None,
        field=of.target.field,
        open_key=open_key(opened.viewer.person, of.target),
        about=of.about,
        value=of.value,
        claim=claim,
        text=text,
        state=State.DISPUTED,
        raised_at=at,
    )
    opened.session.add(row)
    opened.session.flush()
    _add(opened, row, State.DISPUTED, claim, at)
    stale(opened, row)
    return row


def end(
    opened: Opened, row: Dispute, state: State, why: str, at: datetime, run: int | None = None, **values: Any
) -> None:
    """Bring a dispute to its end. GoneMeanwhile where somebody else was first."""
    if state not in NEXT[row.state]:
        raise GoneMeanwhile
    mine = update(Dispute).where(Dispute.id == row.id, Dispute.state == row.state)
    changed: Any = opened.session.execute(mine.values(state=state, open_key=None, **values))
    if not isinstance(changed, CursorResult) or changed.rowcount != 1:
        raise GoneMeanwhile
    opened.session.refresh(row)
    _add(opened, row, state, why, at, run)
    stale(opened, row)


def stale(opened: Opened, row: Dispute) -> None:
    """Mark the module whose rating the datum is a part of: the next rating works it out anew."""
    session = opened.session
    run = session.scalar(select(func.max(LoadRun.id)))
    if run is not None and (touched := modules(opened, row)):
        marks.set_(session.connection(), touched, run)


def touched(opened: Opened, row: Dispute) -> Mapping[int, int] | None:
    """What to rate again: the module with its day, no module of a research student; None for what is in no rating."""
    if row.kind in RESEARCH:
        return {}
    return modules(opened, row) or None


def modules(opened: Opened, row: Dispute) -> Mapping[int, int]:
    """The module whose rating the datum is a part of, with the day; empty for what is no part of any."""
    if row.kind not in TAUGHT:
        return {}
    session, e, a, s = opened.session, TimetableEvent, Assessment, Submission
    match row.kind:
        case Kind.ATTENDANCE:
            question: Any = select(e.module, e.day).where(e.id == row.event)
        case Kind.WORK:
            own = (s.assessment == a.id) & (s.student == row.student)
            days = (
                a.due_day,
                func.coalesce(s.extension_day, a.due_day),
                func.coalesce(s.handed_in_day, a.due_day),
            )
            question = select(a.module, *days).outerjoin(s, own).where(a.id == row.assessment)
        case _:
            return {row.module: row.day} if row.module and row.day else {}
    return {module: min(days) for module, *days in session.execute(question)}


def _add(opened: Opened, row: Dispute, state: State, why: str, at: datetime, run: int | None = None) -> None:
    person = opened.viewer.person or None
    step = DisputeStep(dispute=row.id, state=state, at=at, person=person, run=run, why=why)
    opened.session.add(step)
    opened.session.flush()

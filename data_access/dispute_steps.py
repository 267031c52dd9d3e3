"""The steps of a dispute, inside a transaction that is open: begun, ended, and what both mean for the rating."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, func, select, update

from auth.refusals import GoneMeanwhile
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
from privacy.dispute import LEFT_OUT, NEXT, Datum, Kind, State, Target


def target(row: Dispute) -> Target:
    """Which datum a row is about."""
    numbers = {
        Kind.ATTENDANCE: row.event,
        Kind.WORK: row.assessment,
        Kind.ONLINE: row.module,
        Kind.COURSE: row.enrolment,
        Kind.MODULE: row.module,
        Kind.NOTE: row.note,
    }
    return Target(row.kind, numbers[row.kind] or 0, row.day or 0, row.field)


def open_key(student: int, of: Target) -> str:
    """The datum as text, of this student alone."""
    return f"{student}-{of.kind}-{of.number}-{of.day}-{of.field or ''}"


def begun(
    opened: Opened, enrolment: int, case: int, of: Datum, claim: str, text: str, at: datetime
) -> Dispute:
    """Write a dispute of the viewer's own datum, with its first step."""
    kind, number = of.target.kind, of.target.number
    row = Dispute(
        reference=f"C-{secrets.token_hex(4).upper()}",
        student=opened.viewer.person,
        enrolment=enrolment,
        case=case,
        kind=kind,
        system=kind.system,
        event=number if kind is Kind.ATTENDANCE else None,
        assessment=number if kind is Kind.WORK else None,
        module=number if kind in (Kind.ONLINE, Kind.MODULE) else None,
        day=of.target.day or None,
        note=number if kind is Kind.NOTE else None,
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


def modules(opened: Opened, row: Dispute) -> Mapping[int, int]:
    """The module whose rating the datum is a part of, with the day; empty for what is no part of any."""
    if row.kind not in LEFT_OUT:
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

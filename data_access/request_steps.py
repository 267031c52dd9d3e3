"""The steps of a request, inside a transaction that is open: each is added, and the days that follow are kept."""

import secrets
from datetime import date, datetime
from typing import Any

from sqlalchemy import CursorResult, select, update

import policy
from auth.refusals import MovedOn, NotYoursToSee
from auth.viewer import Role
from data_access.gate import Opened
from data_access.tables import CaseStep, RightsCase
from policy.days import london_day
from privacy.bank_holidays import BankHolidays
from privacy.case_clock import Days, Move, days
from privacy.request import Channel, Kind, State, ends, following

_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"


def begun(
    opened: Opened,
    student: int,
    kind: Kind,
    text: str,
    channel: Channel,
    received_at: datetime,
    at: datetime,
    about_team: bool = False,
    about_case: int | None = None,
    marks_by: date | None = None,
) -> RightsCase:
    """A new request, received, in its first state. NotYoursToSee for a student who is not among those opened."""
    if opened.viewer.role is not Role.SERVICE and student not in opened.students:
        raise NotYoursToSee
    received = london_day(received_at)
    first = Move(State.RECEIVED, received)
    case = RightsCase(
        reference=f"R-{letters()}",
        student=student,
        kind=kind,
        state=State.RECEIVED,
        channel=channel,
        text=text.strip(),
        received_at=received_at,
        entered_at=at,
        entered_by=opened.viewer.person or None,
        about_team=about_team,
        about_case=about_case,
        marks_by=marks_by,
        **vars(_days(kind, received, [first], marks_by)),
    )
    opened.session.add(case)
    opened.session.flush()
    _add(opened, case, State.RECEIVED, received, "", at)
    return case


def letters() -> str:
    """Eight letters by chance. No digits: a letter and seven of them would be taken for somebody's number."""
    return "".join(secrets.choice(_LETTERS) for _ in range(8))


def move(opened: Opened, case: RightsCase, state: State, on: date, why: str, at: datetime) -> None:
    """Bring a request into the next state. MovedOn when that may not follow, or somebody else was first."""
    if state not in following(case.kind, case.state):
        raise MovedOn
    before, ended = case.state, at if ends(case.kind, state) else None
    mine = update(RightsCase).where(RightsCase.id == case.id, RightsCase.state == before)
    changed: Any = opened.session.execute(mine.values(state=state, ended_at=ended))
    if not isinstance(changed, CursorResult) or changed.rowcount != 1:
        raise MovedOn
    _add(opened, case, state, on, why, at)
    recount(opened, case)


def note(opened: Opened, case: RightsCase, why: str, at: datetime) -> None:
    """Add what happened without a new state: progress, or what was put right."""
    _add(opened, case, case.state, london_day(at), why, at)
    recount(opened, case)


def recount(opened: Opened, case: RightsCase) -> None:
    """Work the days out again from the steps as they are."""
    opened.session.flush()
    found = _days(case.kind, london_day(case.received_at), moves(opened, case), case.marks_by)
    opened.session.execute(update(RightsCase).where(RightsCase.id == case.id).values(**vars(found)))
    opened.session.refresh(case)


def moves(opened: Opened, case: RightsCase) -> list[Move]:
    """Every step of a request, the first first."""
    rows = select(CaseStep.state, CaseStep.on).where(CaseStep.case == case.id).order_by(CaseStep.id)
    return [Move(state, on) for state, on in opened.session.execute(rows)]


def _days(kind: Kind, received: date, steps: list[Move], marks_by: date | None) -> Days:
    ours = policy.current().rights
    return days(kind, received, steps, BankHolidays(ours.holidays), ours.progress_days, marks_by)


def _add(opened: Opened, case: RightsCase, state: State, on: date, why: str, at: datetime) -> None:
    person = opened.viewer.person or None
    opened.session.add(CaseStep(case=case.id, state=state, on=on, at=at, person=person, why=why.strip()))

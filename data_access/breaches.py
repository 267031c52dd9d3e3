"""Breaches of personal data, with their clock of 72 hours. For compliance; about nobody in particular."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from auth.permissions import Act, Action
from auth.refusals import GoneMeanwhile, MovedOn, NothingWritten, ReasonNeeded
from auth.refusals.rights import ReceivedAhead
from auth.viewer import Role, Viewer
from data_access import gate
from data_access.gate import Opened
from data_access.tables import Breach, BreachStep, Person
from privacy import breach, deadlines
from privacy.breach import NEXT, Known, NewBreach, OfBreach, Step
from privacy.labels import Category
from privacy.purposes import Duty

_READ = Act(Action.READ, Category.RIGHTS, Duty.AUDIT)
_WRITE = Act(Action.WRITE, Category.RIGHTS, Duty.AUDIT)


def all_of(viewer: Viewer, at: datetime) -> tuple[Known, ...]:
    """Every breach: those not closed first, the latest first."""
    with gate.reading(viewer, None, _READ, at, only={Role.COMPLIANCE}) as opened:
        rows = opened.session.scalars(select(Breach).order_by(Breach.aware_at.desc())).all()
        found = [
            Known(r.id, r.state, r.what, r.people, r.aware_at, r.due_at, _steps(opened, r.id)) for r in rows
        ]
    return tuple(sorted(found, key=lambda one: one.state is breach.State.CLOSED))


def carry_out(viewer: Viewer, decided: NewBreach | OfBreach, at: datetime) -> None:
    """Write a breach down, or what was decided about one. A Refusal changes nothing."""
    with gate.writing(viewer, None, _WRITE, at, only={Role.COMPLIANCE}) as opened:
        match decided:
            case NewBreach():
                begin(opened, decided, at)
            case OfBreach():
                _decide(opened, decided, at)


def begin(opened: Opened, decided: NewBreach, at: datetime) -> None:
    """Write a breach down in the transaction that is open; its clock runs. NothingWritten, ReceivedAhead."""
    if not decided.what.strip():
        raise NothingWritten
    if decided.aware_at > at:
        raise ReceivedAhead
    row = Breach(
        state=breach.State.OPEN,
        what=decided.what.strip(),
        people=decided.people,
        aware_at=decided.aware_at,
        due_at=deadlines.breach(decided.aware_at),
    )
    opened.session.add(row)
    opened.session.flush()
    _step(opened, row.id, breach.State.OPEN, "", at)


def _decide(opened: Opened, decided: OfBreach, at: datetime) -> None:
    row = opened.session.get(Breach, decided.breach)
    if row is None:
        raise GoneMeanwhile
    if not decided.why.strip():
        raise ReasonNeeded
    if decided.state not in NEXT[row.state]:
        raise MovedOn
    mine = update(Breach).where(Breach.id == row.id, Breach.state == row.state)
    changed: Any = opened.session.execute(mine.values(state=decided.state))
    if changed.rowcount != 1:
        raise MovedOn
    _step(opened, row.id, decided.state, decided.why.strip(), at)


def _step(opened: Opened, number: int, state: breach.State, why: str, at: datetime) -> None:
    opened.session.add(BreachStep(breach=number, state=state, at=at, person=opened.viewer.person, why=why))


def _steps(opened: Opened, number: int) -> tuple[Step, ...]:
    question = (
        select(BreachStep.state, BreachStep.at, BreachStep.why, Person.given_name, Person.family_name)
        .join(Person, Person.number == BreachStep.person)
        .where(BreachStep.breach == number)
        .order_by(BreachStep.id)
    )
    return tuple(
        Step(r.state, r.at, f"{r.given_name} {r.family_name}", r.why)
        for r in opened.session.execute(question)
    )

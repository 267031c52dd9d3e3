"""Emergencies afterwards: reviewed by compliance, told to the student, and shown to them from then on."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import aliased

from auth.permissions import Act, Action
from auth.refusals import DaysDoNotFit, FullerReasonNeeded, GoneMeanwhile, MovedOn
from auth.refusals.compliance import NotYourOwn
from auth.viewer import Role, Viewer
from data_access import breaches, gate, outbox
from data_access.access_log import pseudonym
from data_access.gate import Opened
from data_access.tables import AccessLine, Emergency, EmergencyStep, Enrolment, Person
from policy.days import LONDON, london_day
from privacy import break_glass
from privacy.breach import NewBreach
from privacy.break_glass import NEXT, Hold, Known, Review, Reviewing, State, Step, Tell, Told
from privacy.labels import Category
from privacy.purposes import Duty
from support.sharing import SHORTEST

_READ = Act(Action.READ, Category.REGISTER, Duty.AUDIT)
_WRITE = Act(Action.WRITE, Category.REGISTER, Duty.AUDIT)
_OWN = Act(Action.READ, Category.REGISTER, Duty.RIGHTS)
_BY = aliased(Person)


def all_of(viewer: Viewer, at: datetime) -> tuple[Known, ...]:
    """Every emergency, those to be reviewed first, then the latest first. Students go by their name in the log."""
    with gate.reading(viewer, None, _READ, at, only={Role.COMPLIANCE}) as opened:
        rows = opened.session.execute(
            select(Emergency, _BY.given_name, _BY.family_name)
            .join(_BY, _BY.number == Emergency.person)
            .order_by(Emergency.began_at.desc(), Emergency.id.desc())
        ).all()
        found = [_known(opened, row, f"{given} {family}") for row, given, family in rows]
    return tuple(sorted(found, key=lambda one: one.state is not State.DECLARED))


def carry_out(viewer: Viewer, decided: Reviewing, at: datetime) -> None:
    """Write down what the review found, or when the student is told. NotYourOwn for one's own emergency.

    FullerReasonNeeded; DaysDoNotFit for a day to wait for that is not within four weeks; MovedOn; GoneMeanwhile.
    """
    with gate.writing(viewer, None, _WRITE, at, only={Role.COMPLIANCE}) as opened:
        row = opened.session.get(Emergency, decided.id)
        if row is None:
            raise GoneMeanwhile
        if row.person == viewer.person:
            raise NotYourOwn
        match decided:
            case Review(_, state, why):
                _review(opened, row, state, _said(why), at)
            case Hold():
                _hold(opened, row, decided, at)
            case Tell():
                _tell(opened, row, at)


def tell_due(viewer: Viewer, at: datetime) -> int:
    """Tell every student whose emergency is past its day of review and is not held back; how many. For the job."""
    today = london_day(at)
    due = (
        Emergency.told_at.is_(None),
        (Emergency.hold_until <= today) | (Emergency.hold_until.is_(None) & (Emergency.review_by < today)),
    )
    with gate.writing(viewer, None, _WRITE, at, only={Role.SERVICE}) as opened:
        rows = opened.session.scalars(select(Emergency).where(*due).order_by(Emergency.id)).all()
        for row in rows:
            _tell(opened, row, at)
        return len(rows)


def own(viewer: Viewer, at: datetime) -> tuple[Told, ...]:
    """The emergencies in which somebody opened the viewer's record, as far as they were told, the latest first."""
    with gate.reading(viewer, None, _OWN, at, only={Role.STUDENT}) as opened:
        rows = opened.session.execute(
            select(Emergency, _BY.given_name, _BY.family_name)
            .join(_BY, _BY.number == Emergency.person)
            .where(Emergency.student == viewer.person, Emergency.told_at.is_not(None))
            .order_by(Emergency.began_at.desc())
        ).all()
    return tuple(
        Told(f"{given} {family}", one.role.words, one.ground, one.began_at, one.ends_at, one.state)
        for one, given, family in rows
    )


def _review(opened: Opened, row: Emergency, state: State, why: str, at: datetime) -> None:
    if state not in NEXT[row.state]:
        raise MovedOn
    mine = update(Emergency).where(Emergency.id == row.id, Emergency.state == row.state)
    changed: Any = opened.session.execute(mine.values(state=state))
    if changed.rowcount != 1:
        raise MovedOn
    _step(opened, row.id, state, why, at)
    if state is State.NOT_JUSTIFIED:
        what = f"Emergency access number {row.id} was not justified. {why}"
        breaches.begin(opened, NewBreach(what, 1, at), at)
    if row.hold_until is None or row.hold_until <= london_day(at):
        _tell(opened, row, at)


def _hold(opened: Opened, row: Emergency, decided: Hold, at: datetime) -> None:
    if row.told_at is not None:
        raise MovedOn
    if not break_glass.holdable(decided.until, london_day(at)):
        raise DaysDoNotFit
    row.hold_until, row.hold_why = decided.until, _said(decided.why)
    _step(opened, row.id, row.state, f"The student is not told before {decided.until}: {row.hold_why}", at)


def _tell(opened: Opened, row: Emergency, at: datetime) -> None:
    """Once: the message goes with the student's newest enrolment, and their own pages show it from now on."""
    if row.told_at is not None:
        return
    row.told_at = at
    enrolment = opened.session.scalar(select(func.max(Enrolment.id)).where(Enrolment.student == row.student))
    by = opened.session.get_one(Person, row.person)
    if enrolment is None:
        return
    whose = Opened(opened.session, opened.viewer, opened.act, (enrolment,), (row.student,))
    when = f"{row.began_at.astimezone(LONDON):%-d %B %Y, %H:%M}"
    words = {"who": f"{by.given_name} {by.family_name}, {row.role.words.lower()}", "when": when}
    outbox.tell(whose, enrolment, "emergency", f"emergency-{row.id}", words, at)


def _step(opened: Opened, number: int, state: State, why: str, at: datetime) -> None:
    person = opened.viewer.person or None
    opened.session.add(EmergencyStep(emergency=number, state=state, at=at, person=person, why=why))


def _said(why: str) -> str:
    said = " ".join(why.split())
    if len(said) < SHORTEST:
        raise FullerReasonNeeded
    return said


def _known(opened: Opened, row: Emergency, by: str) -> Known:
    return Known(
        id=row.id,
        pseudonym=pseudonym(row.student),
        by=by,
        role=row.role.words,
        own=row.person == opened.viewer.person,
        ground=row.ground,
        why=row.why,
        began_at=row.began_at,
        ends_at=row.ends_at,
        review_by=row.review_by,
        state=row.state,
        told_at=row.told_at,
        hold_until=row.hold_until,
        hold_why=row.hold_why,
        lines=_lines(opened, row),
        steps=_steps(opened, row.id),
    )


def _lines(opened: Opened, row: Emergency) -> int:
    """How often something was opened under it, as the access log has it."""
    log = AccessLine
    mine = (
        log.actor == pseudonym(row.person),
        log.basis == str(Duty.EMERGENCY),
        log.action == str(Action.READ),
        log.students == pseudonym(row.student),
        log.at.between(row.began_at, row.ends_at),
    )
    return opened.session.scalar(select(func.count()).select_from(log).where(*mine)) or 0


def _steps(opened: Opened, number: int) -> tuple[Step, ...]:
    question = (
        select(
            EmergencyStep.state, EmergencyStep.at, EmergencyStep.why, Person.given_name, Person.family_name
        )
        .outerjoin(Person, Person.number == EmergencyStep.person)
        .where(EmergencyStep.emergency == number)
        .order_by(EmergencyStep.id)
    )
    rows = opened.session.execute(question)
    return tuple(
        Step(r.state, r.at, f"{r.given_name} {r.family_name}" if r.given_name else "", r.why) for r in rows
    )

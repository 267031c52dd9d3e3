"""Consents as their rows: what stands, what holds now, and the next line of a ledger."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, exists, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from auth.permissions import Act, Action
from auth.refusals import MovedOn, NotYoursToSee
from auth.refusals.consent import CannotBeOpened
from data_access import sealing
from data_access.gate import Opened
from data_access.prepared import ENROLMENTS, Statement, once, run
from data_access.scope import TODAY, WHO
from data_access.sealing import Place
from data_access.tables import Consent as Row
from data_access.tables import (
    ConsentRecipient,
    ConsentStep,
    Enrolment,
    Person,
    SensitiveExtract,
    SensitiveNote,
    SupportPlan,
)
from policy.days import london_day
from privacy.consent import NEXT, WAITS, Consent, Method, State, Step
from privacy.labels import Category
from privacy.purposes import Purpose
from support.plan import IN_FORCE

READ = Act(Action.READ, Category.CONSENT, Purpose.AGREE)
WRITE = Act(Action.WRITE, Category.CONSENT, Purpose.AGREE)
SEALED_IN = Row.__tablename__
_STUDENT, _TUTOR = aliased(Person), aliased(Person)


def last(column: Any) -> ScalarSelect[Any]:
    """That column of the latest line of a consent's ledger; beside a query of `Consent`."""
    own = ConsentStep.consent == Row.id
    return select(column).where(own).order_by(ConsentStep.n.desc()).limit(1).correlate(Row).scalar_subquery()


HOLDS: ColumnElement[bool] = (
    (last(ConsentStep.state) == State.GIVEN) & (Row.last_day >= TODAY) & SupportPlan.state.in_(IN_FORCE)
)
"""Whether a consent allows anything now; join support_plan, and execute with `today`. The gate asks the rest."""

_MINE: ColumnElement[bool] = (Enrolment.student == WHO) | exists().where(
    ConsentRecipient.consent == Row.id, ConsentRecipient.person == WHO
)
"""Whether the viewer is the student, or named in the consent; join enrolment, and execute with `who`."""


def read(opened: Opened, at: datetime) -> tuple[Consent, ...]:
    """Every consent of those opened, the latest first."""
    asked = {"enrolments": opened.enrolments}
    steps: dict[int, list[Step]] = defaultdict(list)
    for row in run(opened, _steps, asked):
        by = f"{row.given_name} {row.family_name}" if row.given_name else ""
        steps[row.consent].append(Step(row.state, row.at, by, row.method, row.typed))
    who: dict[int, list[str]] = defaultdict(list)
    for row in run(opened, _recipients, asked):
        who[row.consent].append(f"{row.given_name} {row.family_name}")
    counts = {row.consent: (row.open, row.locked) for row in run(opened, _counts, asked)}
    mine = {"today": london_day(at), "who": opened.viewer.person}
    rows = run(opened, _consents, asked | mine)
    return tuple(
        _consent(row, steps[row.number], who[row.number], counts.get(row.number, (0, 0))) for row in rows
    )


def one(opened: Opened, number: int, at: datetime, *, wait: bool = True) -> Any:
    """The row of a consent of those opened, with whether it holds; NotYoursToSee. `wait` keeps others out."""
    question = (
        select(Row, HOLDS.label("holds"), SupportPlan.state.label("agreed"))
        .outerjoin(SupportPlan, SupportPlan.id == Row.plan)
        .where(Row.id == number, Row.enrolment.in_(opened.enrolments))
    )
    question = question.with_for_update(of=Row) if wait else question
    found = opened.session.execute(question, {"today": london_day(at)}).one_or_none()
    if found is None:
        raise NotYoursToSee
    return found


def step(
    opened: Opened, consent: int, state: State, at: datetime, *, method: Method | None = None, typed: str = ""
) -> None:
    """Add the next line to a ledger. MovedOn where the state may not follow, or somebody else has just decided."""
    before = opened.session.execute(
        select(ConsentStep.n, ConsentStep.state)
        .where(ConsentStep.consent == consent)
        .order_by(ConsentStep.n.desc())
        .limit(1)
    ).one_or_none()
    if before and state not in NEXT[before.state]:
        raise MovedOn
    line = ConsentStep(
        consent=consent,
        n=before.n + 1 if before else 1,
        state=state,
        at=at,
        person=opened.viewer.person or None,
        method=method,
        typed=typed,
    )
    opened.session.add(line)
    try:
        opened.session.flush()
    except IntegrityError as fault:
        raise MovedOn from fault


def lock(opened: Opened, consent: int, at: datetime) -> None:
    """Shut all that was written under a consent, and end what was passed on of it, in the open transaction."""
    notes = select(SensitiveNote.id).where(SensitiveNote.consent == consent)
    shut = update(SensitiveNote).where(SensitiveNote.consent == consent, SensitiveNote.locked_at.is_(None))
    opened.session.execute(shut.values(locked_at=at))
    ended = update(SensitiveExtract).where(
        SensitiveExtract.note.in_(notes), SensitiveExtract.ended_at.is_(None)
    )
    opened.session.execute(ended.values(ended_at=at))


def end(opened: Opened, consent: int, state: State, at: datetime, *, method: Method | None = None) -> None:
    """End a consent that stands or waits, and shut what was written under it, in the open transaction."""
    step(opened, consent, state, at, method=method)
    lock(opened, consent, at)


def forget(opened: Opened, which: ColumnElement[bool], at: datetime) -> int:
    """Destroy what these consents were about, in how many of them; one that stands or waits lapses first.

    The ledger stays, and the digest of each text.
    """
    running = select(Row.id).where(which, last(ConsentStep.state).in_([State.GIVEN, *WAITS]))
    for consent in opened.session.scalars(running).all():
        end(opened, consent, State.LAPSED, at)
    opened.session.flush()
    told = which, Row.destroyed_at.is_(None)
    keys = opened.session.scalars(select(Row.key).where(*told)).all()
    sealing.destroy(keys)
    gone: Any = update(Row).where(*told).values(key="", sealed=b"", destroyed_at=at)
    opened.session.connection().execute(gone)
    return len(keys)


def _consent(row: Any, steps: list[Step], who: list[str], counts: tuple[int, int]) -> Consent:
    told = _told(row)
    return Consent(
        id=row.number,
        student_id=row.student_id,
        student=f"{row.student_given} {row.student_family}",
        tutor=f"{row.tutor_given} {row.tutor_family}",
        plan=row.plan,
        aim=row.aim or "",
        what=told.get("what", ""),
        why=told.get("why", ""),
        recipients=tuple(who),
        last_day=row.last_day,
        version=row.version,
        sha256=row.sha256,
        text=told.get("text", ""),
        holds=bool(row.holds),
        readable=bool(row.holds and row.mine),
        steps=tuple(steps),
        notes=counts[0],
        locked=counts[1],
    )


def _told(row: Any) -> dict[str, str]:
    """What the consent is about, by name; nothing once it is destroyed, or its key is."""
    try:
        return sealing.opened(row.key, row.sealed, Place(SEALED_IN, row.student))
    except CannotBeOpened:
        return {}


@once
def _consents(opened: Opened) -> Statement:
    c = Row
    columns = opened.columns(c.plan, c.last_day, c.version, c.sha256, c.key, c.sealed)
    names = (
        _STUDENT.id.label("student_id"),
        _STUDENT.given_name.label("student_given"),
        _STUDENT.family_name.label("student_family"),
        _TUTOR.given_name.label("tutor_given"),
        _TUTOR.family_name.label("tutor_family"),
    )
    return (
        select(
            c.id.label("number"),
            Enrolment.student,
            *columns,
            *names,
            SupportPlan.aim,
            HOLDS.label("holds"),
            _MINE.label("mine"),
        )
        .select_from(c)
        .outerjoin(SupportPlan, SupportPlan.id == c.plan)
        .join(Enrolment, Enrolment.id == c.enrolment)
        .join(_STUDENT, _STUDENT.number == Enrolment.student)
        .join(_TUTOR, _TUTOR.number == c.asked_by)
        .where(c.enrolment.in_(ENROLMENTS))
        .order_by(c.id.desc())
    )


@once
def _steps(opened: Opened) -> Statement:
    s = ConsentStep
    columns = opened.columns(s.consent, s.state, s.at, s.method, s.typed)
    return (
        select(*columns, Person.given_name, Person.family_name)
        .select_from(s)
        .join(Row, Row.id == s.consent)
        .outerjoin(Person, Person.number == s.person)
        .where(Row.enrolment.in_(ENROLMENTS))
        .order_by(s.consent, s.n)
    )


@once
def _recipients(opened: Opened) -> Statement:
    r = ConsentRecipient
    (consent,) = opened.columns(r.consent)
    return (
        select(consent, Person.given_name, Person.family_name)
        .select_from(r)
        .join(Row, Row.id == r.consent)
        .join(Person, Person.number == r.person)
        .where(Row.enrolment.in_(ENROLMENTS))
        .order_by(r.consent, (r.person != Row.asked_by), Person.family_name)
    )


@once
def _counts(opened: Opened) -> Statement:
    """How many notes there are of each consent: a number says nothing of what is in them."""
    n = SensitiveNote
    return (
        select(
            n.consent,
            func.count().filter(n.locked_at.is_(None)).label("open"),
            func.count().filter(n.locked_at.is_not(None)).label("locked"),
        )
        .join(Row, Row.id == n.consent)
        .where(Row.enrolment.in_(ENROLMENTS))
        .group_by(n.consent)
    )

"""Support plans read from their rows, each with its actions, what became of both, and what runs as a share."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from data_access.gate import Opened
from data_access.plan_states import SEEN
from data_access.prepared import ENROLMENTS, Statement, once, run
from data_access.tables import (
    ActionStep,
    Enrolment,
    Person,
    PlanStep,
    SharedAction,
    SupportAction,
    SupportPlan,
)
from support.action import Action, Share
from support.action import State as ActionState
from support.offer import Step
from support.plan import Plan, State

_STUDENT, _TUTOR, _SHARER = aliased(Person), aliased(Person), aliased(Person)
_TOLD = frozenset({State.PROPOSED, State.AGREED})


def read(opened: Opened) -> tuple[Plan, ...]:
    """The plans that the viewer sees of the opened enrolments, the latest first.

    What was written while a plan was a draft stays its maker's.
    """
    asked = {"enrolments": opened.enrolments, "who": opened.viewer.person}
    rows = run(opened, _plans, asked)
    if not rows:
        return ()
    mine = frozenset(row.id for row in rows if row.maker == opened.viewer.person)
    steps, actions = _grouped(run(opened, _steps, asked)), defaultdict(list)
    became, shares = _grouped(run(opened, _action_steps, asked)), _shares(opened, asked)
    for row in run(opened, _actions, asked):
        actions[row.plan].append(row)
    return tuple(
        _plan(
            row,
            steps[row.id],
            [
                _action(one, became[one.id], steps[row.id], shares.get(one.id, ()), mine=row.id in mine)
                for one in actions[row.id]
                if row.id in mine or _was_shown(one, became[one.id], steps[row.id])
            ],
            mine=row.id in mine,
        )
        for row in rows
    )


def _plan(row: Any, steps: Sequence[Step], actions: Sequence[Action], *, mine: bool) -> Plan:
    return Plan(
        id=row.id,
        state=row.state,
        student_id=row.student_id,
        student=f"{row.student_given} {row.student_family}",
        tutor=f"{row.tutor_given} {row.tutor_family}",
        aim=row.aim,
        review_on=row.review_on,
        made_at=row.made_at,
        version=row.version,
        actions=tuple(actions),
        agreed_at=row.agreed_at,
        agreement=row.agreement,
        undo_until=row.undo_until,
        outcome=row.outcome,
        closed_at=row.closed_at,
        steps=tuple(step for step in steps if mine or step.state is not State.DRAFT),
        meeting=row.meeting,
        mine=mine,
    )


def _action(
    row: Any, became: Sequence[Step], of_plan: Sequence[Step], shares: Sequence[Share], *, mine: bool
) -> Action:
    return Action(
        id=row.id,
        state=row.state,
        text=row.text,
        owner=row.owner,
        due=row.due,
        version=row.version,
        owner_name=row.service or " ".join(part for part in (row.given_name, row.family_name) if part),
        done_on=row.done_on,
        may_share=row.may_share_at is not None,
        shares=tuple(shares),
        steps=tuple(step for step in became if mine or not _in_draft(of_plan, step.at)),
    )


def _was_shown(row: Any, became: Sequence[Step], of_plan: Sequence[Step]) -> bool:
    """Whether an action that was dropped had been proposed before: one that was not is nobody's but the maker's."""
    if row.state is not ActionState.DROPPED:
        return True
    return any(step.state in _TOLD and became[0].at <= step.at <= became[-1].at for step in of_plan)


def _in_draft(of_plan: Sequence[Step], at: datetime) -> bool:
    before = [step for step in of_plan if step.at <= at]
    return bool(before) and before[-1].state is State.DRAFT


def _grouped(rows: Any) -> Mapping[int, list[Step]]:
    found = defaultdict(list)
    for of, state, at, said, before, *name in rows:
        by = " ".join(part for part in name if part)
        found[of].append(Step(state, at, by, said, before or ""))
    return found


def _shares(opened: Opened, asked: Mapping[str, Any]) -> Mapping[int, list[Share]]:
    """By action each share, the latest last."""
    found = defaultdict(list)
    for row in run(opened, _shared, asked):
        share = Share(
            id=row.id,
            recipient=f"{row.given_name} {row.family_name}",
            necessity=row.necessity,
            shared_by=f"{row.sharer_given} {row.sharer_family}",
            shared_at=row.shared_at,
            ended_at=row.ended_at,
            outcome=row.outcome or "",
            outcome_at=row.outcome_at,
        )
        found[row.action].append(share)
    return found


@once
def _plans(opened: Opened) -> Statement:
    p = SupportPlan
    own = (p.id, p.state, p.aim, p.review_on, p.made_at, p.version, p.agreed_at, p.agreement, p.undo_until)
    names = opened.columns(
        _STUDENT.id, _STUDENT.given_name, _STUDENT.family_name, _TUTOR.given_name, _TUTOR.family_name
    )
    called = ("student_id", "student_given", "student_family", "tutor_given", "tutor_family")
    return (
        select(*opened.columns(*own, p.outcome, p.closed_at, p.meeting), p.tutor.label("maker"))
        .add_columns(*(name.label(label) for name, label in zip(names, called, strict=True)))
        .select_from(p)
        .join(Enrolment, Enrolment.id == p.enrolment)
        .join(_STUDENT, _STUDENT.number == Enrolment.student)
        .join(_TUTOR, _TUTOR.number == p.tutor)
        .where(p.enrolment.in_(ENROLMENTS), SEEN)
        .order_by(p.made_at.desc(), p.id.desc())
    )


@once
def _steps(opened: Opened) -> Statement:
    s, p = PlanStep, SupportPlan
    columns = opened.columns(s.plan, s.state, s.at, s.said, s.before, Person.given_name, Person.family_name)
    return (
        select(*columns)
        .join(p, p.id == s.plan)
        .outerjoin(Person, Person.number == s.person)
        .where(p.enrolment.in_(ENROLMENTS), SEEN)
        .order_by(s.at, s.id)
    )


@once
def _actions(opened: Opened) -> Statement:
    a, p = SupportAction, SupportPlan
    own = (a.id, a.plan, a.state, a.text, a.owner, a.service, a.due, a.done_on, a.version, a.may_share_at)
    return (
        select(*opened.columns(*own, Person.given_name, Person.family_name))
        .select_from(a)
        .join(p, p.id == a.plan)
        .outerjoin(Person, Person.number == a.adviser)
        .where(p.enrolment.in_(ENROLMENTS), SEEN)
        .order_by(a.due, a.id)
    )


@once
def _action_steps(opened: Opened) -> Statement:
    s, a, p = ActionStep, SupportAction, SupportPlan
    columns = opened.columns(s.action, s.state, s.at, s.said, s.before, Person.given_name, Person.family_name)
    return (
        select(*columns)
        .join(a, a.id == s.action)
        .join(p, p.id == a.plan)
        .outerjoin(Person, Person.number == s.person)
        .where(p.enrolment.in_(ENROLMENTS), SEEN)
        .order_by(s.at, s.id)
    )


@once
def _shared(opened: Opened) -> Statement:
    s, a, p = SharedAction, SupportAction, SupportPlan
    columns = opened.columns(
        s.id, s.action, s.necessity, s.shared_at, s.ended_at, s.outcome, s.outcome_at, Person.given_name
    )
    sharer = opened.columns(Person.family_name, _SHARER.given_name, _SHARER.family_name)
    return (
        select(*columns, sharer[0])
        .add_columns(sharer[1].label("sharer_given"), sharer[2].label("sharer_family"))
        .select_from(s)
        .join(a, a.id == s.action)
        .join(p, p.id == a.plan)
        .join(Person, Person.number == s.recipient)
        .join(_SHARER, _SHARER.number == s.shared_by)
        .where(p.enrolment.in_(ENROLMENTS), SEEN)
        .order_by(s.shared_at, s.id)
    )

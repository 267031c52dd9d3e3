"""What is going on with each of a tutor's tutees: offers, meetings, plans and actions, and the last contact."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from auth.permissions import Act, Action
from auth.viewer import Viewer
from data_access import gate
from data_access.gate import Opened
from data_access.prepared import ENROLMENTS, Statement, once, run
from data_access.tables import (
    ConversationOffer,
    Enrolment,
    Meeting,
    Person,
    SupportAction,
    SupportPlan,
)
from policy.days import london_day
from privacy.labels import Category
from privacy.purposes import Purpose
from support import action, meeting, offer, plan
from support.going_on import GoingOn, Part

LOOK = Act(Action.READ, Category.SUPPORT, Purpose.FOLLOW_UP)


def by_student(viewer: Viewer, at: datetime) -> Mapping[str, GoingOn]:
    """By student id, of everyone in the viewer's scope with whom anything was ever going on."""
    with gate.reading(viewer, None, LOOK, at) as opened:
        asked = {"enrolments": opened.enrolments}
        parts: dict[str, set[Part]] = defaultdict(set)
        for student, state in run(opened, _offers, asked):
            parts[student] |= {Part.OFFER} if state in offer.OPEN else set()
        last: dict[str, datetime] = {}
        for student, state, starts_at in run(opened, _meetings, asked):
            parts[student] |= {Part.MEETING} if state is meeting.State.PLANNED else set()
            if state is meeting.State.HELD:
                last[student] = max(starts_at, last.get(student, starts_at))
        for student, state in run(opened, _plans, asked):
            parts[student] |= _of_plan(state)
        for student, due in run(opened, _actions, asked):
            parts[student] |= {Part.ACTION} | ({Part.LATE} if due < london_day(at) else set())
    return {one: GoingOn(frozenset(parts[one]), _day(last.get(one))) for one in parts}


def _of_plan(state: plan.State) -> set[Part]:
    if state in plan.IN_FORCE:
        return {Part.PLAN}
    return {Part.PROPOSED} if state is plan.State.PROPOSED else set()


def _day(at: datetime | None) -> Any:
    return london_day(at) if at else None


def _of(opened: Opened, table: Any, *more: Any) -> Select[Any]:
    student, state, *_ = opened.columns(Person.id, table.state)
    return (
        select(student, state, *more)
        .select_from(table)
        .join(Enrolment, Enrolment.id == table.enrolment)
        .join(Person, Person.number == Enrolment.student)
        .where(table.enrolment.in_(ENROLMENTS))
        .distinct()
    )


@once
def _offers(opened: Opened) -> Statement:
    return _of(opened, ConversationOffer)


@once
def _meetings(opened: Opened) -> Statement:
    latest = func.max(Meeting.starts_at)
    grouped = _of(opened, Meeting, latest)
    return grouped.group_by(Person.id, Meeting.state)


@once
def _plans(opened: Opened) -> Statement:
    return _of(opened, SupportPlan)


@once
def _actions(opened: Opened) -> Statement:
    """The day of each open action of a plan that runs."""
    student, due = opened.columns(Person.id, SupportAction.due)
    return (
        select(student, due)
        .select_from(SupportAction)
        .join(SupportPlan, SupportPlan.id == SupportAction.plan)
        .join(Enrolment, Enrolment.id == SupportPlan.enrolment)
        .join(Person, Person.number == Enrolment.student)
        .where(SupportPlan.enrolment.in_(ENROLMENTS), SupportPlan.state.in_(plan.IN_FORCE))
        .where(SupportAction.state == action.State.OPEN)
    )

"""What students and advisers answered in some days: each step of support that was theirs, and not the tutor's."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Subquery,
    bindparam,
    case,
    cast,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from auth.permissions import Act, Action
from auth.viewer import Role, Viewer
from data_access import gate
from data_access.gate import Opened
from data_access.prepared import ENROLMENTS, Statement, once, run
from data_access.tables import (
    ActionStep,
    ConversationOffer,
    Enrolment,
    EntryKind,
    Escalation,
    Meeting,
    MeetingStep,
    Note,
    NoteEntry,
    OfferStep,
    Person,
    PlanStep,
    SharedAction,
    SupportAction,
    SupportPlan,
)
from data_access.tables.base import Instant
from policy.days import LONDON, london_day, monday
from privacy.labels import Category
from privacy.purposes import Purpose
from support import meeting, note, offer, plan
from support.digest import Waiting
from support.news import News

LOOK = Act(Action.READ, Category.SUPPORT, Purpose.FOLLOW_UP)
SINCE, UNTIL = bindparam("since", type_=Instant), bindparam("until", type_=Instant)
_EIGHT = time(8)
_STUDENT, _BY = aliased(Person), aliased(Person)
Theirs = Callable[[Any], ColumnElement[bool]]
"""A condition on the enrolment of each."""


def since(at: datetime) -> datetime:
    """Monday of the week before, at eight in London, when the e-mail before this week's was due."""
    return datetime.combine(monday(london_day(at)) - timedelta(weeks=1), _EIGHT, LONDON)


def news(viewer: Viewer, at: datetime) -> tuple[News, ...]:
    """Of each tutee the latest of each kind since `since(at)`, the newest first."""
    with gate.reading(viewer, None, LOOK, at, only={Role.TUTOR}) as opened:
        asked = {"enrolments": opened.enrolments, "since": since(at), "until": at + timedelta(seconds=1)}
        latest: dict[tuple[str, Waiting], News] = {}
        for row in run(opened, _news, asked):
            what = Waiting(row.what)
            by = f"{row.by_given} {row.by_family}"
            one = News(what, row.state, row.student_id, f"{row.given_name} {row.family_name}", by, row.at)
            latest.setdefault((one.student_id, what), one)
        return tuple(latest.values())


def answers(theirs: Theirs) -> Subquery:
    """What it is, its enrolment and number, what it came to, when and by whom; execute with `since` and `until`."""
    return union_all(
        _steps(Waiting.ANSWERS, ConversationOffer, OfferStep, OfferStep.offer, _OFFERS, theirs),
        _steps(Waiting.CALLED_OFF, Meeting, MeetingStep, MeetingStep.meeting, _MEETINGS, theirs),
        _steps(Waiting.AGREED, SupportPlan, PlanStep, PlanStep.plan, _PLANS, theirs),
        _notes(theirs),
        _actions(theirs),
        _outcomes(theirs),
        _passed_on(theirs),
    ).subquery("answers")


_OFFERS = (offer.State.ACCEPTED, offer.State.DECLINED, offer.State.WITHDRAWN)
_MEETINGS = (meeting.State.CANCELLED,)
_PLANS = (plan.State.AGREED, plan.State.PROPOSED, plan.State.CLOSED)


def _columns(what: Waiting, enrolment: Any, of: Any, state: Any, at: Any, person: Any) -> Select[Any]:
    named = {"what": literal(what.value), "enrolment": enrolment, "number": of, "state": cast(state, String)}
    more = {"at": at, "person": person}
    chosen = select(*(value.label(name) for name, value in (named | more).items()))
    return chosen.where(at >= SINCE, at < UNTIL)


def _steps(what: Waiting, noun: Any, step: Any, of: Any, states: Any, theirs: Theirs) -> Select[Any]:
    """Those steps that the student took."""
    return (
        _columns(what, noun.enrolment, noun.id, step.state, step.at, step.person)
        .select_from(noun)
        .join(step, of == noun.id)
        .join(Enrolment, Enrolment.id == noun.enrolment)
        .where(step.person == Enrolment.student, step.state.in_(states), theirs(noun.enrolment))
    )


def _actions(theirs: Theirs) -> Select[Any]:
    a, s = SupportAction, ActionStep
    return (
        _columns(Waiting.CHANGES, SupportPlan.enrolment, a.id, s.state, s.at, s.person)
        .select_from(SupportPlan)
        .join(a, a.plan == SupportPlan.id)
        .join(s, s.action == a.id)
        .join(Enrolment, Enrolment.id == SupportPlan.enrolment)
        .where(s.person == Enrolment.student, theirs(SupportPlan.enrolment))
    )


def _notes(theirs: Theirs) -> Select[Any]:
    e = NoteEntry
    came_to = case((e.text == note.APPROVED, note.State.APPROVED.value), else_=note.State.COMMENTED.value)
    return (
        _columns(Waiting.NOTES, Note.enrolment, Note.id, came_to, e.at, e.person)
        .select_from(Note)
        .join(e, e.note == Note.id)
        .where(e.kind == EntryKind.COMMENT, theirs(Note.enrolment))
    )


def _outcomes(theirs: Theirs) -> Select[Any]:
    s = SharedAction
    return (
        _columns(Waiting.OUTCOMES, SupportPlan.enrolment, s.id, literal(""), s.outcome_at, s.recipient)
        .select_from(SupportPlan)
        .join(SupportAction, SupportAction.plan == SupportPlan.id)
        .join(s, s.action == SupportAction.id)
        .where(theirs(SupportPlan.enrolment))
    )


def _passed_on(theirs: Theirs) -> Select[Any]:
    e = Escalation
    ended = _columns(Waiting.HANDED_BACK, e.enrolment, e.enrolment, literal(""), e.ended_at, e.senior_tutor)
    return ended.where(theirs(e.enrolment))


@once
def _news(opened: Opened) -> Statement:
    found = answers(lambda enrolment: enrolment.in_(ENROLMENTS)).c
    student = opened.columns(_STUDENT.given_name, _STUDENT.family_name)
    by = opened.columns(_BY.given_name, _BY.family_name)
    return (
        select(found.what, found.state, found.at, _STUDENT.id.label("student_id"), *student)
        .add_columns(by[0].label("by_given"), by[1].label("by_family"))
        .select_from(found.what.table)
        .join(Enrolment, Enrolment.id == found.enrolment)
        .join(_STUDENT, _STUDENT.number == Enrolment.student)
        .join(_BY, _BY.number == found.person)
        .order_by(found.at.desc(), found.number.desc())
    )

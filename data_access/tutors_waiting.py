"""What waits for each tutor among their tutees of today, and what was answered: numbers, for the weekly e-mail."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, not_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from auth.viewer import Role
from data_access import support_answers
from data_access.gate import Opened
from data_access.restricted import restricted
from data_access.scope import active, covers
from data_access.tables import (
    Account,
    ConversationOffer,
    Enrolment,
    Meeting,
    RoleGrant,
    SuggestedTalk,
    SupportAction,
    SupportPlan,
    Tutoring,
)
from engagement.suggestion import State as Suggested
from policy.days import london_day
from privacy.purposes import Purpose
from support.action import State as ActionState
from support.digest import Waiting
from support.meeting import State as MeetingState
from support.offer import WAITS_FOR_TUTOR
from support.party import Party
from support.plan import IN_FORCE

_WEEK = timedelta(days=6)
_Number = InstrumentedAttribute[int]


def counts(opened: Opened, at: datetime) -> Mapping[int, Mapping[Waiting, int]]:
    """By tutor with the role and an open account today, how much waits of each; what does not is left out.

    What was answered is counted from Monday at eight to Monday at eight.
    """
    found: dict[int, dict[Waiting, int]] = defaultdict(dict)
    for what, question in _questions(at).items():
        for tutor, number in opened.session.execute(question, {"today": london_day(at)}):
            found[tutor][what] = number
    asked = {"today": london_day(at), "since": support_answers.since(at), "until": _this_monday(at)}
    for tutor, answered, number in opened.session.execute(_answered(), asked):
        found[tutor][Waiting(answered)] = number
    return found


def _this_monday(at: datetime) -> datetime:
    """What comes after eight is told next Monday, so that everything is told once."""
    return support_answers.since(at + timedelta(weeks=1))


def _questions(at: datetime) -> Mapping[Waiting, Select[int, int]]:
    today, plan = london_day(at), SupportPlan
    open_action = SupportAction.state == ActionState.OPEN
    unanswered = SuggestedTalk.state == Suggested.RAISED, SuggestedTalk.ended_at.is_(None)
    runs = plan.state.in_(IN_FORCE), open_action
    late = _of(SupportAction.id, plan.enrolment, *runs, SupportAction.due < today)
    this_week = SupportAction.owner == Party.TUTOR, SupportAction.due.between(today, today + _WEEK)
    own = _of(SupportAction.id, plan.enrolment, *runs, *this_week)
    return {
        Waiting.SUGGESTIONS: _of(SuggestedTalk.id, SuggestedTalk.enrolment, *unanswered),
        Waiting.OFFERS: _of(
            ConversationOffer.id, ConversationOffer.enrolment, ConversationOffer.state.in_(WAITS_FOR_TUTOR)
        ),
        Waiting.RECORDS: _of(
            Meeting.id, Meeting.enrolment, Meeting.state == MeetingState.PLANNED, Meeting.starts_at < at
        ),
        Waiting.OWN: own.join(SupportAction, SupportAction.plan == plan.id),
        Waiting.ACTIONS: late.join(SupportAction, SupportAction.plan == plan.id),
        Waiting.REVIEWS: _of(
            plan.id, plan.enrolment, plan.state.in_(IN_FORCE), plan.review_on <= today + _WEEK
        ),
    }


def _answered() -> Select[int, str, int]:
    """How many of each kind were answered, by tutor."""
    found = support_answers.answers(lambda _: true()).c
    counted = select(Tutoring.tutor, found.what, func.count(found.number.distinct()))
    question: Select[int, str, int] = _by_tutor(counted.select_from(found.what.table), found.enrolment)
    return question.group_by(found.what)


def _of(counted: _Number, enrolment: _Number, *holding: ColumnElement[bool]) -> Select[int, int]:
    """How many rows hold, by tutor; the table of `enrolment` is the one that begins."""
    counting = select(Tutoring.tutor, func.count(counted.distinct())).select_from(enrolment.class_)
    question: Select[int, int] = _by_tutor(counting, enrolment)
    return question.where(*holding)


def _by_tutor(question: Any, enrolment: Any) -> Any:
    """By tutor with the role and an open account today, over the students whom they see."""
    return (
        question.join(Enrolment, Enrolment.id == enrolment)
        .join(Tutoring, Tutoring.enrolment == Enrolment.id)
        .join(Account, Account.person == Tutoring.tutor)
        .join(RoleGrant, RoleGrant.person == Tutoring.tutor)
        .where(active(), not_(restricted(Purpose.FOLLOW_UP)))
        .where(covers(Tutoring.first, Tutoring.last), Account.active)
        .where(RoleGrant.role == Role.TUTOR, covers(RoleGrant.first, RoleGrant.last))
        .group_by(Tutoring.tutor)
        .order_by(Tutoring.tutor)
    )

"""What support has brought to each enrolment, counted: the tables that the lines of the coverage are summed from."""

from typing import Any

from sqlalchemy import CTE, ColumnElement, Subquery, and_, case, exists, func, not_, select

from data_access.prepared import parameter
from data_access.restricted import restricted
from data_access.scope import active, covers
from data_access.tables import (
    ConversationOffer,
    Enrolment,
    Meeting,
    SuggestedTalk,
    SupportAction,
    SupportPlan,
    Tutoring,
)
from engagement.suggestion import State as SuggestionState
from privacy.purposes import Purpose
from support import offer, plan
from support.action import State as ActionState
from support.coverage import UNANSWERED
from support.meeting import State as MeetingState


def _counted(enrolment: Any, *counts: ColumnElement[Any], where: ColumnElement[bool]) -> Subquery:
    """Counts for each enrolment that has any."""
    return select(enrolment.label("enrolment"), *counts).where(where).group_by(enrolment).subquery()


def number(condition: ColumnElement[bool], name: str) -> ColumnElement[int]:
    """Of how many it holds; NULL where there is nothing at all."""
    return func.sum(case((condition, 1), else_=0)).label(name)


STUDYING: CTE = (
    select(Enrolment.id.label("enrolment"), Enrolment.starts)
    .where(active(), not_(restricted(Purpose.FOLLOW_UP)))
    .cte("studying")
)
TUTORED: CTE = (
    select(Tutoring.enrolment.label("enrolment"), Tutoring.tutor.label("tutor"))
    .where(Tutoring.run.is_not(None), covers(Tutoring.first, Tutoring.last))
    .distinct()
    .cte("tutored")
)
SUGGESTIONS = _counted(
    SuggestedTalk.enrolment,
    func.count().label("unanswered"),
    where=and_(
        SuggestedTalk.state == SuggestionState.RAISED,
        SuggestedTalk.ended_at.is_(None),
        SuggestedTalk.raised_at < parameter("raised"),
    ),
)
OFFERS = _counted(
    ConversationOffer.enrolment,
    number(ConversationOffer.state.in_(offer.WAITS_FOR_STUDENT), "for_student"),
    number(ConversationOffer.state.in_(offer.WAITS_FOR_TUTOR), "for_tutor"),
    where=ConversationOffer.state.in_(offer.OPEN),
)
CONTACTS = _counted(
    Meeting.enrolment,
    number(Meeting.starts_at >= parameter("since_4"), "contacts_4"),
    func.count().label("contacts_8"),
    where=and_(
        Meeting.state == MeetingState.HELD,
        Meeting.starts_at.between(parameter("since_8"), parameter("at")),
    ),
)
ACTIONS = (
    select(SupportPlan.enrolment, func.count().label("actions"))
    .join(SupportAction, SupportAction.plan == SupportPlan.id)
    .where(
        SupportPlan.state.in_(plan.IN_FORCE),
        SupportAction.state == ActionState.OPEN,
        SupportAction.due < parameter("today"),
    )
    .group_by(SupportPlan.enrolment)
    .subquery()
)
REVIEWS = _counted(
    SupportPlan.enrolment,
    func.count().label("reviews"),
    where=and_(
        SupportPlan.state.in_(plan.IN_FORCE),
        SupportPlan.review_on < parameter("today"),
    ),
)


def not_reached() -> Subquery:
    """The enrolments whose last offers all ended without an answer, and that nobody met since the first of them."""
    o = ConversationOffer
    place = func.row_number().over(partition_by=o.enrolment, order_by=(o.made_at.desc(), o.id.desc()))
    passing = o.state.in_((offer.State.OFFERED, offer.State.WITHDRAWN))  # says nothing so far, or ever
    ordered = select(o.enrolment, o.state, o.made_at, place.label("place")).where(~passing).subquery()
    last = ordered.c
    silent = (
        select(last.enrolment, func.min(last.made_at).label("since"))
        .where(last.place <= UNANSWERED, last.state == offer.State.UNANSWERED)
        .group_by(last.enrolment)
        .having(func.count() == UNANSWERED)
        .subquery()
    )
    met = exists().where(
        Meeting.enrolment == silent.c.enrolment,
        Meeting.state == MeetingState.HELD,
        Meeting.starts_at >= silent.c.since,
    )
    return select(silent.c.enrolment).where(~met).subquery()

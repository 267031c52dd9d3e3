"""Offers that end by themselves: their times have passed, or whoever made them tutors the student no more."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update

from auth.viewer import Role, Viewer
from data_access import gate, offer_states
from data_access.plan_states import FOLLOW
from data_access.scope import enrolments_visible, who_and_when
from data_access.tables import ConversationOffer, OfferSlot
from support.offer import WAITS_FOR_STUDENT, State

_TUTOR_CHANGED = "The personal tutor has changed."


def lapse(viewer: Viewer, at: datetime) -> int:
    """End the offers that wait for the student and whose last time has begun; how many. For a job.

    A time that the student proposed waits for the tutor also when it has passed: they owe an answer still.
    """
    s = OfferSlot
    last = select(s.offer).where(s.gone.is_(False)).group_by(s.offer).having(func.max(s.starts_at) <= at)
    return _end(viewer, ConversationOffer.id.in_(last), State.UNANSWERED, "", at)


def withdraw_of_former_tutors(viewer: Viewer, at: datetime) -> int:
    """Withdraw the offers that wait for the student, from whoever tutors them no more; how many. For a job.

    What waits for the tutor is left: the tutor of today sees it, and answers in their own name.
    """
    return _end(viewer, ~offer_states.MADE_BY_A_TUTOR, State.WITHDRAWN, _TUTOR_CHANGED, at)


def _end(viewer: Viewer, over: ColumnElement[bool], state: State, said: str, at: datetime) -> int:
    with gate.writing(viewer, None, FOLLOW, at, only={Role.SERVICE}) as opened:
        o = ConversationOffer
        studying = enrolments_visible(viewer.role, FOLLOW)
        ending = select(o.id).where(o.state.in_(WAITS_FOR_STUDENT), over, o.enrolment.in_(studying))
        found = opened.session.scalars(ending, who_and_when(viewer, at)).all()
        change = update(o).where(o.id.in_(found), o.state.in_(WAITS_FOR_STUDENT)).values(state=state)
        ended = opened.session.scalars(change.returning(o.id)).all()
        for offer in ended:
            offer_states.step(opened, offer, state, at, said)
        return len(ended)

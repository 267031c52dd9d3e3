"""Offers that end because all their times have passed: nobody has to answer, and nothing follows from it."""

from datetime import datetime

from sqlalchemy import func, select, update

from auth.viewer import Role, Viewer
from data_access import gate, offer_states
from data_access.plan_states import FOLLOW
from data_access.scope import enrolments_visible, who_and_when
from data_access.tables import ConversationOffer, OfferSlot
from support.offer import WAITS_FOR_STUDENT, State


def lapse(viewer: Viewer, at: datetime) -> int:
    """End the offers that wait for the student and whose last time has begun; how many. For a job."""
    with gate.writing(viewer, None, FOLLOW, at, only={Role.SERVICE}) as opened:
        o, s = ConversationOffer, OfferSlot
        last = select(s.offer).where(s.gone.is_(False)).group_by(s.offer).having(func.max(s.starts_at) <= at)
        studying = enrolments_visible(viewer.role, FOLLOW)
        over = select(o.id).where(o.state.in_(WAITS_FOR_STUDENT), o.id.in_(last), o.enrolment.in_(studying))
        found = opened.session.scalars(over, who_and_when(viewer, at)).all()
        ending = (
            update(o).where(o.id.in_(found), o.state.in_(WAITS_FOR_STUDENT)).values(state=State.UNANSWERED)
        )
        ended = opened.session.scalars(ending.returning(o.id)).all()
        for offer in ended:
            offer_states.step(opened, offer, State.UNANSWERED, at)
        return len(ended)

"""The student's side of an offered conversation: ask for one, accept, propose another time, or decline."""

from datetime import datetime

from sqlalchemy import select, update

from auth.permissions import Act, Action
from auth.refusals import MovedOn, ReasonNeeded
from auth.refusals.support import NoTutor, TimePassed, TutorChanged
from auth.viewer import Viewer
from data_access import gate, meeting_steps, offer_states, tripwire
from data_access.scope import covers
from data_access.tables import ConversationOffer, OfferSlot, Tutoring
from policy.days import london_day
from privacy.labels import Category
from privacy.purposes import Purpose
from support.offer import Format, State

WRITE = Act(Action.WRITE, Category.SUPPORT, Purpose.OFFER)


def ask(viewer: Viewer, text: str, how: Format, at: datetime, *, why_kept: str = "") -> int:
    """Ask the personal tutor for a conversation; the number of the offer, which waits for times.

    Raises NoTutor where student records name none today, ReasonNeeded without a word.
    """
    if not (said := text.strip()):
        raise ReasonNeeded("Please write a few words, so that your tutor knows you would like to talk.")
    said = tripwire.said(said, why_kept)
    with gate.writing_own(viewer, WRITE, at) as opened:
        question = select(Tutoring.enrolment, Tutoring.tutor).where(
            Tutoring.enrolment.in_(opened.enrolments),
            Tutoring.run.is_not(None),
            covers(Tutoring.first, Tutoring.last),
        )
        of_one = question.order_by(Tutoring.enrolment, Tutoring.first, Tutoring.tutor).limit(1)
        found = opened.session.execute(of_one, {"today": london_day(at)}).one_or_none()
        if found is None:
            raise NoTutor
        row = ConversationOffer(
            enrolment=found.enrolment,
            tutor=found.tutor,
            made_by=viewer.person,
            state=State.ASKED,
            format=how,
            place="",
            text=said,
            made_at=at,
        )
        opened.session.add(row)
        opened.session.flush()
        offer_states.step(opened, row.id, State.ASKED, at, said)
        return row.id


def accept(viewer: Viewer, offer: int, slot: int, at: datetime) -> int:
    """Accept one of the times; the number of the meeting.

    TimePassed where it is over, MovedOn where it is gone, TutorChanged where who offered tutors the student no more.
    """
    with gate.writing_own(viewer, WRITE, at) as opened:
        row = offer_states.move(opened, offer, State.ACCEPTED, "", at)
        chosen = next((one for one in offer_states.slots(opened, offer) if one.id == slot), None)
        if chosen is None:
            raise MovedOn
        if chosen.starts_at <= at:
            raise TimePassed("This time has passed already. Please choose another, or propose one.")
        if not offer_states.by_todays_tutor(opened, offer, at):
            raise TutorChanged
        return meeting_steps.plan(opened, row, chosen, at)


def counter(
    viewer: Viewer,
    offer: int,
    starts_at: datetime,
    minutes: int,
    said: str,
    at: datetime,
    *,
    why_kept: str = "",
) -> None:
    """Propose another time in place of those offered."""
    if starts_at <= at:
        raise TimePassed
    with gate.writing_own(viewer, WRITE, at) as opened:
        offer_states.move(opened, offer, State.COUNTERED, tripwire.said(said, why_kept), at)
        opened.session.execute(update(OfferSlot).where(OfferSlot.offer == offer).values(gone=True))
        opened.session.add(OfferSlot(offer=offer, starts_at=starts_at, minutes=minutes, gone=False))


def decline(viewer: Viewer, offer: int, said: str, at: datetime, *, why_kept: str = "") -> None:
    """Decline. Nothing else changes: no rating, no suggestion, and what is said is the student's own choice."""
    with gate.writing_own(viewer, WRITE, at) as opened:
        offer_states.move(opened, offer, State.DECLINED, tripwire.said(said, why_kept), at)


def call_off(viewer: Viewer, offer: int, at: datetime) -> None:
    """Take back a wish to talk that no time was offered for yet."""
    with gate.writing_own(viewer, WRITE, at) as opened:
        offer_states.move(opened, offer, State.WITHDRAWN, "", at)

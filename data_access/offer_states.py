"""One offer going from a state to the next, inside a transaction that the gate opened."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, exists, func, select, update

from auth.refusals import MovedOn, NotYoursToSee
from data_access.gate import Opened
from data_access.plan_states import party
from data_access.scope import covers
from data_access.tables import ConversationOffer, OfferSlot, OfferStep, Person, Tutoring
from policy.days import london_day
from support.offer import BY, Slot, State

# A meeting is with somebody who sees the student: their tutor of today, or whoever covers.
MADE_BY_A_TUTOR: ColumnElement[bool] = exists().where(
    Tutoring.enrolment == ConversationOffer.enrolment,
    Tutoring.tutor == ConversationOffer.tutor,
    covers(Tutoring.first, Tutoring.last),
)
"""Whether who would be met tutors the student today; execute with `today`."""


def move(opened: Opened, offer: int, state: State, said: str, at: datetime) -> ConversationOffer:
    """The offer in its new state. MovedOn where that is not the viewer's to bring about from what stands now.

    Of two answers one counts. NotYoursToSee for an offer to somebody else than whom the gate opened.
    """
    row = opened.session.get(ConversationOffer, offer)
    if row is None or row.enrolment not in opened.enrolments:
        raise NotYoursToSee
    before = row.state
    if (before, state) not in BY[party(opened)]:
        raise MovedOn
    o = ConversationOffer
    changed: Any = opened.session.execute(
        update(o).where(o.id == offer, o.state == before).values(state=state)
    )
    if not isinstance(changed, CursorResult) or changed.rowcount != 1:
        raise MovedOn
    opened.session.refresh(row)
    step(opened, offer, state, at, said)
    return row


def step(opened: Opened, offer: int, state: State, at: datetime, said: str = "") -> None:
    """Write down what became of it, who did it and what they said."""
    person = opened.viewer.person or None
    opened.session.add(OfferStep(offer=offer, state=state, at=at, person=person, said=said.strip()))
    opened.session.flush()


def slots(opened: Opened, offer: int) -> list[Slot]:
    """The times that are on offer now, the earliest first."""
    question = select(OfferSlot).where(OfferSlot.offer == offer, OfferSlot.gone.is_(False))
    rows = opened.session.scalars(question.order_by(OfferSlot.starts_at, OfferSlot.id))
    return [Slot(row.id, row.starts_at, row.minutes) for row in rows]


def by_todays_tutor(opened: Opened, offer: int, at: datetime) -> bool:
    """Whether who would be met tutors the student today, or covers for their tutor."""
    question = select(ConversationOffer.id).where(ConversationOffer.id == offer, MADE_BY_A_TUTOR)
    return opened.session.scalar(question, {"today": london_day(at)}) is not None


def count(opened: Opened, offer: int) -> int:
    """How many steps it has taken: part of the key of a message about it."""
    return opened.session.scalar(select(func.count()).where(OfferStep.offer == offer)) or 0


def name(opened: Opened, person: int) -> str:
    """A person's name, for a message."""
    found = opened.session.get_one(Person, person)
    return " ".join(part for part in (found.given_name, found.family_name) if part)

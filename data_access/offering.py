"""The tutor's side of an offered conversation: offer times, take one that was proposed, or withdraw."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import update

from auth.permissions import Act, Action
from auth.refusals import MovedOn, NotYoursToSee
from auth.refusals.support import NotSentToAll, PlaceNeeded, QuotesANumber, TimePassed, TimesNeeded
from auth.viewer import Role, Viewer
from data_access import gate, meeting_steps, offer_states, outbox, tripwire
from data_access.gate import Opened
from data_access.tables import ConversationOffer, OfferSlot, OfferSuggestion, SuggestedTalk, SuggestionStep
from engagement import suggestion
from privacy.labels import Category
from privacy.purposes import Purpose
from support import wording
from support.offer import Format, Invitation, Slot, State

WRITE = Act(Action.WRITE, Category.SUPPORT, Purpose.OFFER)


def make(
    viewer: Viewer, student_id: str, invitation: Invitation, suggestions: Collection[int], at: datetime
) -> int:
    """Offer a student a conversation, as an answer to suggestions that were confirmed; the offer's number.

    It belongs to the course of the suggestions, else to the first on which the viewer tutors the student, who
    reads the tutor's words, and is told. A Refusal where a time, a place or a suggestion does not fit: then
    nothing is sent.
    """
    _fits(invitation, at)
    with gate.writing(viewer, student_id, WRITE, at, only={Role.TUTOR}) as opened:
        row = ConversationOffer(
            enrolment=_course(opened, suggestions),
            tutor=viewer.person,
            made_by=viewer.person,
            state=State.OFFERED,
            format=invitation.format,
            place=invitation.place.strip(),
            text=tripwire.said(invitation.text, invitation.why_kept),
            made_at=at,
        )
        opened.session.add(row)
        opened.session.flush()
        slots = _times(opened, row.id, invitation)
        offer_states.step(opened, row.id, State.OFFERED, at, row.text)
        for one in suggestions:
            _answers(opened, row.id, one, at)
        words = {"place": row.place or row.format.value, "text": row.text, "times": _said(slots)}
        _tell(opened, row, "offer", words, at)
        return row.id


def make_each(
    viewer: Viewer,
    to: Mapping[str, Collection[int]],
    invitation: Invitation,
    at: datetime,
) -> None:
    """Offer the same times to several students, by id with the suggestions that it answers: each gets an offer.

    NotSentToAll, after the others have theirs, where one is not the viewer's to see any more or was answered
    meanwhile. Whoever accepts a time first has it.
    """
    left = 0
    for student_id, suggestions in to.items():
        try:
            make(viewer, student_id, invitation, suggestions, at)
        except (NotYoursToSee, MovedOn):
            left += 1
    if left:
        sent = f"Sent to {len(to) - left} of {len(to)}."
        raise NotSentToAll(f"{sent} The others are not your tutees any more, or have an answer already.")


def offer_times(viewer: Viewer, student_id: str, offer: int, invitation: Invitation, at: datetime) -> None:
    """Offer times to a student who asked for a conversation, or others than the one they proposed.

    The conversation is with whoever offers: the tutor who was asked may be another's by now, or away.
    """
    _fits(invitation, at)
    with gate.writing(viewer, student_id, WRITE, at, only={Role.TUTOR}) as opened:
        said = tripwire.said(invitation.text, invitation.why_kept)
        row = offer_states.move(opened, offer, State.OFFERED, said, at)
        row.tutor, row.format = viewer.person, invitation.format
        row.place, row.text = invitation.place.strip(), said
        opened.session.execute(update(OfferSlot).where(OfferSlot.offer == offer).values(gone=True))
        slots = _times(opened, offer, invitation)
        _tell(opened, row, "offer-changed", {"times": _said(slots)}, at)


def take(viewer: Viewer, student_id: str, offer: int, at: datetime) -> int:
    """Agree to the time that the student proposed, with the viewer; the number of the meeting. TimePassed."""
    with gate.writing(viewer, student_id, WRITE, at, only={Role.TUTOR}) as opened:
        row = offer_states.move(opened, offer, State.ACCEPTED, "", at)
        (slot,) = offer_states.slots(opened, offer)
        if slot.starts_at <= at:
            raise TimePassed("This time has passed already. Please offer other times.")
        row.tutor = viewer.person
        return meeting_steps.plan(opened, row, slot, at)


def withdraw(viewer: Viewer, student_id: str, offer: int, at: datetime) -> None:
    """Take an offer back; the student is told."""
    with gate.writing(viewer, student_id, WRITE, at, only={Role.TUTOR}) as opened:
        row = offer_states.move(opened, offer, State.WITHDRAWN, "", at)
        _tell(opened, row, "offer-withdrawn", {}, at)


def _fits(invitation: Invitation, at: datetime) -> None:
    if not invitation.times:
        raise TimesNeeded
    if min(invitation.times) <= at:
        raise TimePassed
    if invitation.format in (Format.IN_PERSON, Format.VIDEO) and not invitation.place.strip():
        raise PlaceNeeded
    if wording.refused(invitation.text):
        raise QuotesANumber


def _times(opened: Opened, offer: int, invitation: Invitation) -> list[Slot]:
    rows = [
        OfferSlot(offer=offer, starts_at=time, minutes=invitation.minutes, gone=False)
        for time in sorted(set(invitation.times))
    ]
    opened.session.add_all(rows)
    opened.session.flush()
    return [Slot(row.id, row.starts_at, row.minutes) for row in rows]


def _said(slots: Collection[Slot]) -> str:
    return "\n".join(slot.said for slot in slots)


def _course(opened: Opened, suggestions: Collection[int]) -> int:
    return next((_suggested(opened, one).enrolment for one in suggestions), opened.enrolments[0])


def _suggested(opened: Opened, number: int) -> SuggestedTalk:
    row = opened.session.get(SuggestedTalk, number)
    if row is None or row.enrolment not in opened.enrolments:
        raise NotYoursToSee
    return row


def _answers(opened: Opened, offer: int, number: int, at: datetime) -> None:
    """A confirmed suggestion about this student is now offered; MovedOn where it is not confirmed any more."""
    row = _suggested(opened, number)
    if suggestion.State.OFFERED not in suggestion.NEXT[row.state] or row.ended_at is not None:
        raise MovedOn
    row.state = suggestion.State.OFFERED
    opened.session.add(OfferSuggestion(offer=offer, suggestion=number))
    opened.session.add(
        SuggestionStep(suggestion=number, state=row.state, at=at, person=opened.viewer.person or None)
    )


def _tell(opened: Opened, row: ConversationOffer, template: str, words: dict[str, str], at: datetime) -> None:
    key = f"{template}-{row.id}-{offer_states.count(opened, row.id)}"
    known = {"tutor": offer_states.name(opened, opened.viewer.person)} | words
    outbox.tell(opened, row.enrolment, template, key, known, at)

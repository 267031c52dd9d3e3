"""Meetings: planned from an accepted offer, held, missed or cancelled; and contacts recorded afterwards."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CursorResult, select, update

from auth.permissions import Act, Action
from auth.refusals import MovedOn, NotYoursToSee
from auth.refusals.support import StillToCome, TimeTaken
from auth.viewer import Role, Viewer
from data_access import disputes_closing, gate, offer_states, outbox, tripwire
from data_access.gate import Opened
from data_access.tables import ConversationOffer, Meeting, MeetingStep, Person, SuggestedTalk, SuggestionStep
from engagement import suggestion
from privacy.labels import Category
from privacy.purposes import Purpose
from support import invitation, meeting
from support.meeting import NEXT, Missed, State
from support.offer import Format, Slot

WRITE = Act(Action.WRITE, Category.SUPPORT, Purpose.OFFER)


def plan(opened: Opened, offer: ConversationOffer, slot: Slot, at: datetime) -> int:
    """The meeting that an accepted offer becomes, in the same transaction; the student gets an invitation.

    TimeTaken where the tutor has another meeting by now: the same times may be offered to several.
    """
    _free(opened, offer.tutor, slot)
    row = Meeting(
        enrolment=offer.enrolment,
        tutor=offer.tutor,
        offer=offer.id,
        state=State.PLANNED,
        starts_at=slot.starts_at,
        minutes=slot.minutes,
        format=offer.format,
        place=offer.place,
        sequence=0,
    )
    opened.session.add(row)
    opened.session.flush()
    _step(opened, row.id, State.PLANNED, at)
    _tell(opened, row, "meeting", at)
    return row.id


def _free(opened: Opened, tutor: int, slot: Slot) -> None:
    """Of two students who choose the same time the first has it: the second waits here, and is told."""
    opened.session.execute(select(Person.number).where(Person.number == tutor).with_for_update())
    planned = select(Meeting.starts_at, Meeting.minutes).where(
        Meeting.tutor == tutor, Meeting.state == State.PLANNED, Meeting.starts_at < slot.ends_at
    )
    for starts_at, minutes in opened.session.execute(planned):
        if starts_at + timedelta(minutes=minutes) > slot.starts_at:
            raise TimeTaken


def hold(viewer: Viewer, student_id: str, number: int, at: datetime) -> None:
    """Say that a meeting took place. StillToCome before it began. Whatever suggestion stands is cleared by it."""
    with gate.writing(viewer, student_id, WRITE, at, only={Role.TUTOR}) as opened:
        row = _move(opened, number, State.HELD, at)
        if row.starts_at > at:
            raise StillToCome
        row.missed = None
        _clear(opened, at)


def miss(viewer: Viewer, student_id: str, number: int, why: Missed, at: datetime) -> None:
    """Say that a meeting did not take place, and why."""
    with gate.writing(viewer, student_id, WRITE, at, only={Role.TUTOR}) as opened:
        row = _move(opened, number, State.MISSED, at, why.value)
        if row.starts_at > at:
            raise StillToCome
        row.missed = why


def cancel(
    viewer: Viewer, student_id: str, number: int, said: str, at: datetime, *, why_kept: str = ""
) -> None:
    """Call a meeting off, by the tutor; the student is told."""
    with gate.writing(viewer, student_id, WRITE, at, only={Role.TUTOR}) as opened:
        _call_off(opened, number, tripwire.said(said, why_kept), at)


def cancel_own(viewer: Viewer, number: int, said: str, at: datetime, *, why_kept: str = "") -> None:
    """Call a meeting off, by the student."""
    with gate.writing_own(viewer, WRITE, at) as opened:
        _call_off(opened, number, tripwire.said(said, why_kept), at)


def record(
    viewer: Viewer, student_id: str, slot: Slot, how: Format, said: str, at: datetime, *, why_kept: str = ""
) -> int:
    """Write down a contact that was not planned here; its number. Any contact clears what stands, whatever it was."""
    if slot.starts_at > at:
        raise StillToCome
    with gate.writing(viewer, student_id, WRITE, at, only={Role.TUTOR}) as opened:
        row = Meeting(
            enrolment=opened.enrolments[0],
            tutor=viewer.person,
            state=State.HELD,
            starts_at=slot.starts_at,
            minutes=slot.minutes,
            format=how,
            place="",
            sequence=0,
        )
        opened.session.add(row)
        opened.session.flush()
        _step(opened, row.id, State.HELD, at, tripwire.said(said, why_kept))
        _clear(opened, at)
        return row.id


def _call_off(opened: Opened, number: int, said: str, at: datetime) -> None:
    row = _move(opened, number, State.CANCELLED, at, said)
    row.sequence += 1
    opened.session.flush()
    _tell(opened, row, "meeting-cancelled", at)


def _move(opened: Opened, number: int, state: State, at: datetime, said: str = "") -> Meeting:
    """The meeting in its new state; NotYoursToSee for somebody else's, MovedOn where that cannot follow."""
    row = opened.session.get(Meeting, number)
    if row is None or row.enrolment not in opened.enrolments:
        raise NotYoursToSee
    before = row.state
    if state not in NEXT[before]:
        raise MovedOn
    mine = update(Meeting).where(Meeting.id == number, Meeting.state == before)
    changed: Any = opened.session.execute(mine.values(state=state))
    if not isinstance(changed, CursorResult) or changed.rowcount != 1:
        raise MovedOn
    opened.session.refresh(row)
    _step(opened, number, state, at, said)
    disputes_closing.after_support(opened, at)
    return row


def _step(opened: Opened, number: int, state: State, at: datetime, said: str = "") -> None:
    person = opened.viewer.person or None
    opened.session.add(MeetingStep(meeting=number, state=state, at=at, person=person, said=said.strip()))
    opened.session.flush()


def _clear(opened: Opened, at: datetime) -> None:
    """Nothing is asked for any more on any course that they share: tutor and student have spoken, however it was."""
    t = SuggestedTalk
    standing = select(t).where(
        t.enrolment.in_(opened.enrolments), t.state.in_(suggestion.STANDING), t.ended_at.is_(None)
    )
    for row in opened.session.scalars(standing):
        row.state = suggestion.State.CLEARED
        opened.session.add(
            SuggestionStep(
                suggestion=row.id,
                state=row.state,
                at=at,
                person=opened.viewer.person or None,
                reason="A conversation is recorded.",
            )
        )


def _tell(opened: Opened, row: Meeting, template: str, at: datetime) -> None:
    name = offer_states.name(opened, row.tutor)
    slot = Slot(row.id, row.starts_at, row.minutes)
    planned = meeting.Meeting(
        id=row.id,
        state=row.state,
        student_id="",
        student="",
        tutor=name,
        starts_at=row.starts_at,
        minutes=row.minutes,
        format=row.format,
        place=row.place,
    )
    words = {"tutor": name, "when": slot.said}
    if template == "meeting":
        words["place"] = row.place or row.format.value
    entry = invitation.text(planned, row.sequence, at)
    outbox.tell(opened, row.enrolment, template, f"{template}-{row.id}-{row.sequence}", words, at, entry)

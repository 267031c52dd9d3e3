"""Any contact clears what is suggested: however they talked, planned or not, and on each course they share."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from auth.refusals import NotYoursToSee
from data_access import meeting_steps, offer_answers, offering, offers, suggestion_answers, timelines
from data_access.tables import (
    ConversationOffer,
    Course,
    Enrolment,
    EnrolmentAgreement,
    EnrolmentStatus,
    Level,
    Mode,
    Status,
    SuggestedTalk,
    SuggestionStep,
    Tutoring,
)
from engagement.suggestion import NEXT, STANDING, Rule, State
from support.meeting import Missed
from support.offer import Format, Invitation, Slot
from tests.cast import ADA, BEN, NOW, TERM, TODAY, TOM

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FIRST, SECOND = 1, 4
SUGGESTED = {"rule": Rule.QUIET, "as_of": 1, "last": 1, "amount": 1, "of": 1, "policy": ""}


@pytest.fixture
def two_courses(store):
    """Ben studies on a second course, with Ada as his tutor too; on each a conversation is suggested."""
    more = {"id": SECOND, "key": "E4", "student": BEN.number, "course": 4, "mode": Mode.PART_TIME, "stage": 1}
    store.change(
        insert(Course).values(id=4, code="C4", title="Evening Studies", school=1, level=Level.UNDERGRADUATE),
        insert(Enrolment).values(**more, starts=TERM, expected_end=TODAY + 900 * DAY, run=1),
        insert(EnrolmentStatus).values(
            enrolment=SECOND, status=Status.ENROLLED, first=TERM, recorded_at=NOW, run=1
        ),
        insert(EnrolmentAgreement).values(enrolment=SECOND, agreed_on=TERM, regulation="3.7.1", run=1),
        insert(Tutoring).values(enrolment=SECOND, tutor=ADA.number, first=TERM, run=1),
        *(
            insert(SuggestedTalk).values(
                id=of, enrolment=of, state=State.RAISED, raised_at=NOW - DAY, **SUGGESTED
            )
            for of in (FIRST, SECOND)
        ),
    )
    return store


def states(store):
    with store.session() as session:
        return dict(session.execute(select(SuggestedTalk.enrolment, SuggestedTalk.state)).all())


def recorded(how):
    meeting_steps.record(ADA.viewer, BEN.id, Slot(0, NOW - HOUR, 10), how, "We talked", NOW)


def held_as_planned(how):
    meeting_steps.hold(ADA.viewer, BEN.id, planned(how), NOW)


def held_after_all(how):
    number = planned(how)
    meeting_steps.miss(ADA.viewer, BEN.id, number, Missed.TECHNICAL, NOW)
    meeting_steps.hold(ADA.viewer, BEN.id, number, NOW)


def planned(how):
    """A meeting that was agreed on, on the first course, and whose time has come."""
    before = NOW - 2 * DAY
    offer = offering.make(ADA.viewer, BEN.id, invited(how, NOW - DAY), [], before)
    slot = next(one for one in offers.of(BEN.viewer, None, NOW) if one.id == offer).slots[0]
    return offer_answers.accept(BEN.viewer, offer, slot.id, before)


def invited(how, *times):
    return Invitation(how, "Room 4", "Shall we have a chat?", 30, times)


WAYS = {
    "recorded": recorded,
    "held as planned": held_as_planned,
    "held after it was noted as missed": held_after_all,
}


@pytest.mark.parametrize("way", WAYS)
def test_any_contact_clears_whatever_stands_on_each_course(two_courses, way):
    for how in Format:
        for state in STANDING:
            two_courses.change(update(SuggestedTalk).values(state=state))
            WAYS[way](how)
            assert states(two_courses) == {FIRST: State.CLEARED, SECOND: State.CLEARED}, (how, state)
    for viewer, of in ((ADA.viewer, BEN.id), (BEN.viewer, None)):
        last = [one.steps[-1] for one in timelines.year(viewer, of, NOW).suggestions]
        assert {(step.state, step.by, step.reason) for step in last} == {
            (State.CLEARED, "Ada Okonkwo-Byrne", "A conversation is recorded.")
        }


@pytest.mark.parametrize("state", [state for state in State if State.CLEARED not in NEXT[state]])
def test_what_was_over_before_is_left_as_it_was(two_courses, state):
    two_courses.change(update(SuggestedTalk).values(state=state))
    recorded(Format.PHONE)
    assert set(states(two_courses).values()) == {state}
    with two_courses.session() as session:
        assert session.scalars(select(SuggestionStep.state)).all() == []


def test_a_meeting_that_did_not_take_place_and_one_called_off_clear_nothing(two_courses):
    meeting_steps.miss(ADA.viewer, BEN.id, planned(Format.PHONE), Missed.STUDENT, NOW)
    meeting_steps.cancel_own(BEN.viewer, planned(Format.PHONE), "", NOW - 2 * DAY)
    assert set(states(two_courses).values()) == {State.RAISED}


def test_another_tutors_course_is_theirs_to_clear(two_courses):
    two_courses.change(
        update(Tutoring).where(Tutoring.enrolment == SECOND).values(tutor=TOM.number),
    )
    recorded(Format.VIDEO)
    assert states(two_courses) == {FIRST: State.CLEARED, SECOND: State.RAISED}


def test_an_offer_belongs_to_the_course_of_the_suggestion_that_it_answers(two_courses):
    confirmed = State.CONFIRMED, "I will ask", NOW, NOW
    for of in (SECOND, FIRST):
        suggestion_answers.answer(ADA.viewer, BEN.id, of, *confirmed)
    offering.make(ADA.viewer, BEN.id, invited(Format.PHONE, NOW + DAY), [SECOND, FIRST], NOW)
    with two_courses.session() as session:
        assert session.scalars(select(ConversationOffer.enrolment)).all() == [SECOND]
    assert set(states(two_courses).values()) == {State.OFFERED}


def test_a_suggestion_about_somebody_else_is_answered_by_no_offer(two_courses):
    two_courses.change(update(SuggestedTalk).where(SuggestedTalk.id == SECOND).values(enrolment=2))
    two_courses.change(update(SuggestedTalk).values(state=State.CONFIRMED))
    with pytest.raises(NotYoursToSee):
        offering.make(ADA.viewer, BEN.id, invited(Format.PHONE, NOW + DAY), [SECOND], NOW)
    assert offers.of(BEN.viewer, None, NOW) == ()

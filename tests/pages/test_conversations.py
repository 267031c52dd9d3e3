"""Conversations and My support: what the tutor sends stands on the student's page, and the answer on the tutor's."""

from datetime import time, timedelta

import pytest
from sqlalchemy import insert

from auth.viewer import Viewer
from data_access import meeting_steps, meetings, offer_answers, offering, offers, ratings
from data_access.tables import Tutoring
from pages import PAGES
from support.meeting import Missed
from support.meeting import State as MeetingState
from support.offer import Format, Invitation, State
from tests.apptest import opened, signed_in
from tests.cast import ADA, BEN, CAL, NOW, TODAY
from tests.conftest import University
from tests.pages.pressing import pressed, said

CONVERSATIONS = next(page for page in PAGES if page.url == "support")
MY_SUPPORT = next(page for page in PAGES if page.url == "my-support")
DAY = timedelta(days=1)
INVITED = Invitation(Format.IN_PERSON, "Room 4.12", "Shall we have a chat?", 30, (NOW + DAY, NOW + 2 * DAY))


@pytest.fixture(autouse=True)
def _rated(university: University) -> None:
    ratings.refresh(Viewer.service("rate"), NOW)


def tutors(app, part: str = "conversations"):
    """Ada's page about Ben."""
    app.query_params["student"], app.query_params["part"] = BEN.id, part
    return opened(app.run(), CONVERSATIONS)


def filled(app, text: str = "Shall we have a chat?", key: str = "new-0", place: str = "Room 4.12"):
    """The form of an offer with a time of Thursday afternoon."""
    app.text_input(key=f"place-{key}").input(place)
    app.text_area(key=f"text-{key}").input(text)
    app.text_input(key=f"day-0-{key}").input("26/11/2026")
    app.time_input(key=f"time-0-{key}").set_value(time(14))
    return app


def one():
    (found,) = offers.of(BEN.viewer, None, NOW)
    return found


def meeting():
    (found,) = meetings.of(BEN.viewer, None, NOW)
    return found


def offered(before: timedelta = timedelta()) -> int:
    """An offer of Ada's, made so long ago, with times the day after it and the next."""
    at = NOW - before
    times = (at + DAY, at + 2 * DAY)
    return offering.make(ADA.viewer, BEN.id, Invitation(Format.PHONE, "", "Shall we?", 30, times), [], at)


def planned(before: timedelta = timedelta()) -> int:
    """A meeting the day after it was agreed on, so long ago."""
    offered(before)
    return offer_answers.accept(BEN.viewer, one().id, one().slots[0].id, NOW - before)


# Offering


def test_the_tutor_fills_in_the_form_and_the_offer_stands():
    with signed_in(ADA) as app:
        pressed(filled(tutors(app)), "Send the offer")
        assert not app.exception
    assert [slot.said for slot in one().slots] == ["Thursday 26 November 2026, 14:00 to 14:30"]


def test_a_form_without_a_time_is_refused_with_what_to_do_and_keeps_what_was_written():
    with signed_in(ADA) as app:
        tutors(app)
        app.text_area(key="text-new-0").input("Shall we have a chat?")
        pressed(app, "Send the offer")
        assert [e.value for e in app.error] == ["Please give at least one time that is still to come."]
        assert app.text_area(key="text-new-0").value == "Shall we have a chat?"
    assert offers.of(BEN.viewer, None, NOW) == ()


@pytest.mark.parametrize("how", Format)
def test_one_can_offer_to_talk_in_each_of_the_ways(how):
    with signed_in(ADA) as app:
        tutors(app)
        app.radio(key="how-new-0").set_value(how)
        pressed(filled(app), "Send the offer")
    assert one().format is how


def test_the_tutor_looks_first_at_what_the_student_will_read_and_nothing_is_sent():
    with signed_in(ADA) as app:
        pressed(filled(tutors(app)), "Look at it first")
        assert "On Ben’s page: Ada Okonkwo" in said(app)
        assert "Thursday 26 November 2026, 14:00 to 14:30" in said(app)
    assert offers.of(BEN.viewer, None, NOW) == ()


def test_words_that_should_be_put_differently_are_shown_once_before_they_go():
    with signed_in(ADA) as app:
        pressed(filled(tutors(app), "You are failing two modules."), "Send the offer")
        assert "“failing”: this judges or forecasts." in said(app)
        assert "On Ben’s page" in said(app)
        assert app.info[-1].value.endswith("press “Send the offer” once more.")
        assert offers.of(BEN.viewer, None, NOW) == ()
        app.text_area(key="text-new-0").input("You must come.")
        pressed(app, "Send the offer")
        assert "“You must”: this threatens." in said(app)
        assert offers.of(BEN.viewer, None, NOW) == ()
        pressed(app, "Send the offer")
    assert one().text == "You must come."


def test_a_number_that_is_quoted_never_goes():
    with signed_in(ADA) as app:
        filled(tutors(app), "You came to 40 % of your classes.")
        for _ in range(2):
            pressed(app, "Send the offer")
            assert [e.value for e in app.error] == ["Nothing is sent. Please leave the number out."]
    assert offers.of(BEN.viewer, None, NOW) == ()


def test_words_that_look_sensitive_need_a_reason_and_the_tutor_reads_all_that_is_amiss_at_once():
    with signed_in(ADA) as app:
        pressed(filled(tutors(app), "Is it about your depression?"), "Send the offer")
        assert len(app.warning) == 2
        app.text_input(key="kept-new-0").input("The title of an essay")
        pressed(app, "Send the offer")
    assert "The title of an essay" in one().steps[0].said + one().text


def test_the_same_times_are_offered_to_several_each_named(university):
    university.change(insert(Tutoring).values(enrolment=2, tutor=ADA.number, first=TODAY, run=1))
    with signed_in(ADA) as app:
        opened(app.run(), CONVERSATIONS)
        pressed(filled(app, key="several-0"), "Send the offers")
        assert [e.value for e in app.error] == ["Please choose at least one tutee."]
        app.multiselect(key="several-0").set_value([BEN.id, CAL.id])
        pressed(app, "Send the offers")
        assert not app.exception
    assert (one().state, len(offers.of(CAL.viewer, None, NOW))) == (State.OFFERED, 1)


# The student's answers


def test_the_student_chooses_a_time_and_both_see_the_meeting():
    offering.make(ADA.viewer, BEN.id, INVITED, [], NOW)
    with signed_in(BEN) as app:
        opened(app.run(), MY_SUPPORT)
        app.radio(key=f"slot-{one().id}").set_value(one().slots[1].id)
        pressed(app, "I will come")
        assert not app.exception
        assert "Conversation with Ada Okonkwo" in said(app)
    assert (meeting().state, meeting().starts_at) == (MeetingState.PLANNED, NOW + 2 * DAY)
    with signed_in(ADA) as app:
        assert "Conversation of Ben Quaverley with Ada Okonkwo" in said(tutors(app))


def test_the_student_declines_without_a_reason():
    offering.make(ADA.viewer, BEN.id, INVITED, [], NOW)
    with signed_in(BEN) as app:
        opened(app.run(), MY_SUPPORT)
        pressed(app, "Decline")
    assert one().state is State.DECLINED


def test_the_student_proposes_another_time_and_the_tutor_takes_it():
    offering.make(ADA.viewer, BEN.id, INVITED, [], NOW)
    with signed_in(BEN) as app:
        opened(app.run(), MY_SUPPORT)
        pressed(app, "Propose this time")
        assert [e.value for e in app.error] == ["Please write days as day/month/year, such as 30/11/2026."]
        app.text_input(key=f"other-day-{one().id}").input("27/11/2026")
        app.time_input(key=f"other-time-{one().id}").set_value(time(15, 30))
        app.text_input(key=f"other-said-{one().id}").input("I work on Tuesdays")
        pressed(app, "Propose this time")
        assert "Your tutor has not answered yet." in [c.value for c in app.caption]
    with signed_in(ADA) as app:
        tutors(app)
        assert "Friday 27 November 2026, 15:30 to 16:00" in said(app)
        assert "Another time is proposed: “I work on Tuesdays”" in said(app)
        pressed(app, "This time suits me")
    assert meeting().state is MeetingState.PLANNED


def test_the_tutor_offers_other_times_in_place_of_the_one_proposed():
    offered()
    offer_answers.counter(BEN.viewer, one().id, NOW + 3 * DAY, 30, "", NOW)
    with signed_in(ADA) as app:
        pressed(filled(tutors(app), "You must say", key=f"of-{one().id}"), "Send these times")
        assert one().state is State.COUNTERED  # the words are to be put differently
        pressed(app, "Send these times")
    assert [slot.said for slot in one().slots] == ["Thursday 26 November 2026, 14:00 to 14:30"]


@pytest.mark.parametrize("proposed", [False, True])
def test_the_tutor_takes_an_offer_back(proposed):
    offered()
    if proposed:
        offer_answers.counter(BEN.viewer, one().id, NOW + 3 * DAY, 30, "", NOW)
    with signed_in(ADA) as app:
        pressed(tutors(app), "Take it back")
    assert one().state is State.WITHDRAWN


def test_a_student_asks_and_the_tutor_finds_it_at_the_top():
    with signed_in(BEN) as app:
        opened(app.run(), MY_SUPPORT)
        app.text_area(key="ask-text-0").input("Could we talk about my essay?")
        pressed(app, "Ask for a conversation")
    with signed_in(ADA) as app:
        opened(app.run(), CONVERSATIONS)
        assert [s.value for s in app.subheader] == ["These wait for you"]


def test_a_student_takes_back_the_wish_to_talk_and_the_tutor_reads_so():
    offer_answers.ask(BEN.viewer, "Could we talk?", Format.EMAIL, NOW)
    with signed_in(BEN) as app:
        opened(app.run(), MY_SUPPORT)
        pressed(app, "Take it back")
    assert one().state is State.WITHDRAWN
    with signed_in(ADA) as app:
        opened(app.run(), CONVERSATIONS)
        assert [s.value for s in app.subheader] == ["New since Monday of last week"]


# Times that are past


def test_a_time_that_is_past_cannot_be_chosen_and_where_all_are_the_page_says_so():
    offered(DAY)
    with signed_in(BEN) as app:
        opened(app.run(), MY_SUPPORT)
        assert len(app.radio(key=f"slot-{one().id}").options) == 1
    offer_answers.decline(BEN.viewer, one().id, "", NOW)
    late = offered(3 * DAY)
    with signed_in(BEN) as app:
        opened(app.run(), MY_SUPPORT)
        assert "This time has passed by now." in [c.value for c in app.caption]
        assert not [b for b in app.button if b.key == f"accept-{late}"]


def test_a_proposal_that_is_past_cannot_be_taken_and_other_times_can_be_offered():
    offered(3 * DAY)
    offer_answers.counter(BEN.viewer, one().id, NOW - DAY, 30, "", NOW - 3 * DAY)
    with signed_in(ADA) as app:
        tutors(app)
        assert app.button(key=f"take-{one().id}").disabled
        assert "This time has passed by now." in [c.value for c in app.caption]
        pressed(filled(app, key=f"of-{one().id}"), "Send these times")
    assert one().state is State.OFFERED


# Meetings


@pytest.mark.parametrize("member", [ADA, BEN], ids=lambda m: m.given)
def test_either_calls_a_meeting_off_with_a_word(member):
    number = planned()
    with signed_in(member) as app:
        tutors(app) if member is ADA else opened(app.run(), MY_SUPPORT)
        app.text_input(key=f"cancel-said-{number}").input("Another time, please")
        pressed(app, "Call it off")
        assert "cancelled" in said(app)
    assert (meeting().state, meeting().steps[-1].said) == (MeetingState.CANCELLED, "Another time, please")


def test_a_meeting_that_is_over_is_recorded_as_held():
    planned(2 * DAY)
    with signed_in(ADA) as app:
        pressed(tutors(app), "It took place")
        assert "phone call with Ada Okonkwo-Byrne: held" in said(app)
    assert meeting().state is MeetingState.HELD


@pytest.mark.parametrize("why", Missed)
def test_a_meeting_that_did_not_take_place_is_recorded_with_the_reason_and_put_right(why):
    number = planned(2 * DAY)
    with signed_in(ADA) as app:
        tutors(app)
        app.radio(key=f"why-{number}").set_value(why)
        pressed(app, "Record it")
        assert f"missed: {why.value}" in said(app)
        assert meeting().missed is why
        with signed_in(BEN) as other:
            opened(other.run(), MY_SUPPORT)
            assert f"missed: {why.value}" in said(other)
            assert not [b for b in other.button if b.label == "It took place after all"]
        pressed(app, "It took place after all")
    assert (meeting().state, meeting().missed) == (MeetingState.HELD, None)


@pytest.mark.parametrize("how", Format)
def test_a_contact_of_whatever_kind_is_recorded_and_the_student_reads_it(how):
    with signed_in(ADA) as app:
        tutors(app)
        app.radio(key="contact-how-0").set_value(how)
        app.text_input(key="contact-day-0").input("soon")
        pressed(app, "Record the contact")
        assert [e.value for e in app.error] == ["Please write days as day/month/year, such as 30/11/2026."]
        app.text_input(key="contact-day-0").input("20/11/2026")
        app.text_area(key="contact-said-0").input("We met in the corridor")
        pressed(app, "Record the contact")
    assert (meeting().state, meeting().format) == (MeetingState.HELD, how)
    with signed_in(BEN) as app:
        opened(app.run(), MY_SUPPORT)
        assert "“We met in the corridor”" in said(app)


# The page of all


def test_with_nothing_waiting_the_page_says_what_to_do():
    with signed_in(ADA) as app:
        opened(app.run(), CONVERSATIONS)
        assert app.info[0].value.startswith("Nothing waits at the moment.")


def test_another_tutors_tutee_is_refused():
    offer_answers.ask(CAL.viewer, "Hello", Format.PHONE, NOW)
    with signed_in(ADA) as app:
        app.query_params["student"] = CAL.id
        opened(app.run(), CONVERSATIONS)
        assert [i.value for i in app.info] == ["There is no student here whose record is open to you."]


def test_meetings_that_come_and_those_to_be_recorded_are_listed_apart():
    planned(2 * DAY)
    offering.make(ADA.viewer, BEN.id, INVITED, [], NOW)
    with signed_in(ADA) as app:
        opened(app.run(), CONVERSATIONS)
        assert [s.value for s in app.subheader] == [
            "These wait for you",
            "New since Monday of last week",
            "These wait for the student",
        ]
    meeting_steps.hold(ADA.viewer, BEN.id, meeting().id, NOW)
    newest = offers.of(BEN.viewer, None, NOW)[0]
    offer_answers.accept(BEN.viewer, newest.id, newest.slots[0].id, NOW)
    with signed_in(ADA) as app:
        opened(app.run(), CONVERSATIONS)
        assert [s.value for s in app.subheader] == ["New since Monday of last week", "Meetings"]

"""Conversations and My support: what the tutor sends stands on the student's page, and the answer on the tutor's."""

from datetime import time, timedelta

import pytest

from auth.viewer import Viewer
from data_access import meetings, offer_answers, offering, offers, ratings
from pages import PAGES
from support.meeting import State as MeetingState
from support.offer import Format, Invitation, State
from tests.apptest import opened, signed_in
from tests.cast import ADA, BEN, CAL, NOW
from tests.conftest import University

CONVERSATIONS = next(page for page in PAGES if page.url == "support")
MY_SUPPORT = next(page for page in PAGES if page.url == "my-support")
DAY = timedelta(days=1)
INVITED = Invitation(Format.IN_PERSON, "Room 4.12", "Shall we have a chat?", 30, (NOW + DAY, NOW + 2 * DAY))


@pytest.fixture(autouse=True)
def _rated(university: University) -> None:
    ratings.refresh(Viewer.service("rate"), NOW)


def pressed(app, label: str):
    """The application after a press of the button with that label."""
    next(button for button in app.button if button.label == label).click()
    return app.run()


def test_the_tutor_fills_in_the_form_and_the_offer_stands():
    with signed_in(ADA) as app:
        app.query_params["student"] = BEN.id
        opened(app.run(), CONVERSATIONS)
        app.text_input(key="place-new-0").input("Room 4.12")
        app.text_area(key="text-new-0").input("Shall we have a chat?")
        app.text_input(key="day-0-new-0").input("26/11/2026")
        app.time_input(key="time-0-new-0").set_value(time(14))
        pressed(app, "Send the offer")
    assert not app.exception
    (one,) = offers.of(BEN.viewer, None, NOW)
    assert [slot.said for slot in one.slots] == ["Thursday 26 November 2026, 14:00 to 14:30"]


def test_a_form_without_a_time_is_refused_with_what_to_do_and_keeps_what_was_written():
    with signed_in(ADA) as app:
        app.query_params["student"] = BEN.id
        opened(app.run(), CONVERSATIONS)
        app.text_area(key="text-new-0").input("Shall we have a chat?")
        pressed(app, "Send the offer")
        assert [e.value for e in app.error] == ["Please give at least one time that is still to come."]
        assert app.text_area(key="text-new-0").value == "Shall we have a chat?"
    assert offers.of(BEN.viewer, None, NOW) == ()


def test_the_student_chooses_a_time_and_both_see_the_meeting():
    offering.make(ADA.viewer, BEN.id, INVITED, [], NOW)
    with signed_in(BEN) as app:
        opened(app.run(), MY_SUPPORT)
        (slot,) = [radio for radio in app.radio if radio.label == "Which time suits you?"]
        slot.set_value(slot.options and offers.of(BEN.viewer, None, NOW)[0].slots[1].id)
        pressed(app, "I will come")
    assert not app.exception
    (one,) = meetings.of(ADA.viewer, BEN.id, NOW)
    assert (one.state, one.starts_at) == (MeetingState.PLANNED, NOW + 2 * DAY)


def test_the_student_declines_without_a_reason():
    offering.make(ADA.viewer, BEN.id, INVITED, [], NOW)
    with signed_in(BEN) as app:
        opened(app.run(), MY_SUPPORT)
        pressed(app, "Decline")
    assert offers.of(ADA.viewer, BEN.id, NOW)[0].state is State.DECLINED


def test_a_student_asks_and_the_tutor_finds_it_at_the_top():
    with signed_in(BEN) as app:
        opened(app.run(), MY_SUPPORT)
        app.text_area(key="ask-text-0").input("Could we talk about my essay?")
        pressed(app, "Ask for a conversation")
    with signed_in(ADA) as app:
        opened(app.run(), CONVERSATIONS)
        assert [s.value for s in app.subheader] == ["These wait for you"]


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

"""Offers and meetings, stored: offered by the tutor, answered by the student, and nothing else follows."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import icalendar
import pytest
from sqlalchemy import insert, select

from auth.refusals import AgreementNeeded, MovedOn, NotOpenToYourRole, NotYoursToSee, Refusal
from auth.refusals.support import PlaceNeeded, StillToCome, TimePassed, TimesNeeded
from auth.viewer import Viewer
from data_access import (
    meeting_steps,
    meetings,
    offer_answers,
    offering,
    offers,
    ratings,
    suggestion_answers,
    timelines,
)
from data_access.tables import Assessment, Message
from engagement import suggestion
from policy.days import number
from support import meeting, offer
from support.meeting import Missed
from support.offer import Format, Invitation, Offer, Slot
from tests.cast import ADA, BEN, CAL, CAST, DEE, MO, NOW, TIM, TODAY, TOM
from tests.conftest import University

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
INVITED = Invitation(Format.IN_PERSON, "Room 4.12", "Shall we have a chat?", 30, (NOW + DAY, NOW + 2 * DAY))
THEN = NOW + DAY + HOUR


def offered() -> Offer:
    offering.make(ADA.viewer, BEN.id, INVITED, [], NOW)
    return offers.of(BEN.viewer, None, NOW)[0]


def accepted() -> int:
    one = offered()
    return offer_answers.accept(BEN.viewer, one.id, one.slots[0].id, NOW)


def told(store: University) -> list[str]:
    with store.session() as session:
        return list(session.scalars(select(Message.template).order_by(Message.id)))


def test_an_offer_is_read_alike_by_tutor_and_student_and_the_student_is_told(store):
    one = offered()
    assert (one.state, one.text, one.place) == (offer.State.OFFERED, "Shall we have a chat?", "Room 4.12")
    assert [slot.said for slot in one.slots] == [
        "Tuesday 24 November 2026, 10:00 to 10:30",
        "Wednesday 25 November 2026, 10:00 to 10:30",
    ]
    assert offers.of(ADA.viewer, BEN.id, NOW) == (one,)
    assert offers.waiting(ADA.viewer, NOW) == (one,)
    assert told(store) == ["offer"]


def test_an_accepted_time_becomes_a_meeting_with_an_invitation_that_names_no_student(store):
    made = accepted()
    (one,) = meetings.of(BEN.viewer, None, NOW)
    assert (one.id, one.state, one.starts_at) == (made, meeting.State.PLANNED, NOW + DAY)
    assert meetings.planned(ADA.viewer, NOW) == (one,)
    with store.session() as session:
        entry = session.scalars(select(Message.calendar).where(Message.template == "meeting")).one()
    event = icalendar.Calendar.from_ical(entry).walk("VEVENT")[0]
    assert event["dtstart"].dt == NOW + DAY
    assert BEN.family not in entry


def test_declining_changes_nothing_else(store):
    before = timelines.year(ADA.viewer, BEN.id, NOW)
    offer_answers.decline(BEN.viewer, offered().id, "Not now, thank you", NOW)
    assert timelines.year(ADA.viewer, BEN.id, NOW) == before
    (one,) = offers.of(ADA.viewer, BEN.id, NOW)
    assert (one.state, one.steps[-1].said) == (offer.State.DECLINED, "Not now, thank you")


def test_the_student_proposes_another_time_and_the_tutor_takes_it(store):
    one = offered()
    offer_answers.counter(BEN.viewer, one.id, NOW + 3 * DAY, 30, "I work on Tuesdays", NOW)
    (now,) = offers.of(ADA.viewer, BEN.id, NOW)
    assert [slot.starts_at for slot in now.slots] == [NOW + 3 * DAY]
    offering.take(ADA.viewer, BEN.id, one.id, NOW)
    assert [m.starts_at for m in meetings.of(BEN.viewer, None, NOW)] == [NOW + 3 * DAY]


def test_a_student_asks_and_their_tutor_offers_times(store):
    asked = offer_answers.ask(BEN.viewer, "Could we talk about next term?", Format.VIDEO, NOW)
    (one,) = offers.waiting(ADA.viewer, NOW)
    assert (one.id, one.state, one.by_student, one.tutor) == (
        asked,
        offer.State.ASKED,
        True,
        "Ada Okonkwo-Byrne",
    )
    offering.offer_times(ADA.viewer, BEN.id, asked, INVITED, NOW)
    assert len(offers.of(BEN.viewer, None, NOW)[0].slots) == 2


def test_nobody_records_a_meeting_that_is_still_to_come(store):
    made = accepted()
    for early in (
        lambda: meeting_steps.hold(ADA.viewer, BEN.id, made, NOW),
        lambda: meeting_steps.miss(ADA.viewer, BEN.id, made, Missed.TUTOR, NOW),
        lambda: meeting_steps.record(ADA.viewer, BEN.id, Slot(0, NOW + HOUR, 10), Format.PHONE, "", NOW),
    ):
        with pytest.raises(StillToCome):
            early()
    assert meetings.of(ADA.viewer, BEN.id, NOW)[0].state is meeting.State.PLANNED


def test_a_student_calls_their_meeting_off_and_the_calendar_hears_of_it(store):
    made = accepted()
    meeting_steps.cancel_own(BEN.viewer, made, "Another time, please", NOW)
    assert meetings.of(ADA.viewer, BEN.id, NOW)[0].steps[-1].said == "Another time, please"
    assert told(store) == ["offer", "meeting", "meeting-cancelled"]


@pytest.fixture
def suggested(store: University) -> suggestion.Suggestion:
    """Ben has not handed in a portfolio, and Ada has confirmed that she will talk with him."""
    due = number(TODAY) - 5
    work = {"id": 900, "key": "late", "module": 1, "title": "Portfolio", "due_day": due, "weight": 10}
    store.change(insert(Assessment).values(**work, exam=False, run=1))
    ratings.refresh(Viewer.service("rate"), NOW)
    (one,) = timelines.year(ADA.viewer, BEN.id, NOW).suggestions
    return one


def confirm(one: suggestion.Suggestion) -> None:
    suggestion_answers.answer(ADA.viewer, BEN.id, one.id, suggestion.State.CONFIRMED, "I will ask", NOW, NOW)


def test_an_offer_answers_a_suggestion_that_a_person_confirmed_and_no_other(suggested):
    with pytest.raises(MovedOn):
        offering.make(ADA.viewer, BEN.id, INVITED, [suggested.id], NOW)
    assert offers.of(ADA.viewer, BEN.id, NOW) == ()
    confirm(suggested)
    offering.make(ADA.viewer, BEN.id, INVITED, [suggested.id], NOW)
    assert timelines.year(ADA.viewer, BEN.id, NOW).suggestions[0].state is suggestion.State.OFFERED


def test_any_recorded_contact_clears_what_stands_and_it_is_not_raised_again(suggested):
    meeting_steps.record(ADA.viewer, BEN.id, Slot(0, NOW - HOUR, 10), Format.PHONE, "He rang me", NOW)
    assert timelines.year(BEN.viewer, None, NOW).suggestions[0].state is suggestion.State.CLEARED
    ratings.refresh(Viewer.service("rate"), NOW + DAY)
    assert [one.state for one in timelines.year(ADA.viewer, BEN.id, NOW + DAY).suggestions] == [
        suggestion.State.CLEARED
    ]


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"times": ()}, TimesNeeded),
        ({"times": (NOW,)}, TimePassed),
        ({"times": (NOW - HOUR, NOW + DAY)}, TimePassed),
        ({"place": "  "}, PlaceNeeded),
    ],
)
def test_what_does_not_fit_is_refused_with_its_sentence_and_nothing_is_sent(store, wrong, refusal):
    with pytest.raises(refusal):
        offering.make(ADA.viewer, BEN.id, replace(INVITED, **wrong), [], NOW)
    assert offers.of(ADA.viewer, BEN.id, NOW) == ()
    assert told(store) == []


@pytest.mark.parametrize("asking", [m for m in CAST if m not in (ADA, BEN)], ids=lambda m: m.given)
def test_nobody_but_the_tutor_offers_and_nobody_but_the_student_answers(store, asking):
    one = offered()
    tried: tuple[Callable[[], object], ...] = (
        lambda: offering.make(asking.viewer, BEN.id, INVITED, [], NOW),
        lambda: offering.withdraw(asking.viewer, BEN.id, one.id, NOW),
        lambda: offer_answers.accept(asking.viewer, one.id, one.slots[0].id, NOW),
        lambda: offer_answers.decline(asking.viewer, one.id, "", NOW),
        lambda: offers.of(asking.viewer, BEN.id, NOW),
        lambda: meetings.of(asking.viewer, BEN.id, NOW),
        lambda: meeting_steps.record(asking.viewer, BEN.id, Slot(0, NOW - HOUR, 5), Format.PHONE, "", NOW),
    )
    for attempt in tried:
        with pytest.raises((NotYoursToSee, NotOpenToYourRole, AgreementNeeded)):
            attempt()
    assert offers.of(BEN.viewer, None, NOW) == (one,)


def test_the_tutor_cannot_answer_for_the_student_nor_the_student_offer(store):
    one = offered()
    for attempt in (
        lambda: offer_answers.accept(ADA.viewer, one.id, one.slots[0].id, NOW),
        lambda: offering.make(BEN.viewer, BEN.id, INVITED, [], NOW),
        lambda: offering.withdraw(BEN.viewer, BEN.id, one.id, NOW),
    ):
        with pytest.raises(NotOpenToYourRole):
            attempt()


def test_whose_course_has_ended_is_offered_nothing_and_asks_for_nothing(store):
    for attempt in (
        lambda: offering.make(ADA.viewer, DEE.id, INVITED, [], NOW),
        lambda: offer_answers.ask(DEE.viewer, "Hello", Format.PHONE, NOW),
    ):
        with pytest.raises(NotYoursToSee):
            attempt()


def test_a_list_holds_the_offers_and_meetings_of_the_tutors_own_tutees_alone(store):
    offered()
    assert offers.waiting(TOM.viewer, NOW) == ()
    assert meetings.planned(TOM.viewer, NOW) == ()
    assert offers.of(CAL.viewer, None, NOW) == ()
    for asking in (MO, TIM):
        with pytest.raises(Refusal):
            offers.waiting(asking.viewer, NOW)


def test_of_many_answers_at_once_one_counts(store):
    one = offered()

    def answer(n: int) -> bool:
        try:
            if n % 2:
                offer_answers.accept(BEN.viewer, one.id, one.slots[0].id, NOW)
            else:
                offer_answers.decline(BEN.viewer, one.id, "", NOW)
        except MovedOn:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(answer, range(16))) == 1
    state = offers.of(BEN.viewer, None, NOW)[0].state
    assert len(meetings.of(BEN.viewer, None, NOW)) == (state is offer.State.ACCEPTED)

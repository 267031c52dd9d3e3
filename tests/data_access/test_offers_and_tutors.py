"""Offers while tutors change: one meets whoever tutors the student then, and nobody agrees to a time that is past."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from auth.refusals import MovedOn, NotYoursToSee
from auth.refusals.support import TimePassed, TimeTaken, TutorChanged
from auth.viewer import Viewer
from data_access import calendar_feeds, days_passing, meetings, offer_answers, offering, offers
from data_access.tables import Message, Tutoring
from support.meeting import State as MeetingState
from support.offer import Format, Invitation, State
from tests.cast import ADA, BEN, CAL, NOW, TODAY, TOM

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
INVITED = Invitation(Format.IN_PERSON, "Room 4.12", "Shall we have a chat?", 30, (NOW + DAY, NOW + 2 * DAY))
JOB = Viewer.service("night")
CHANGED = (
    update(Tutoring).where(Tutoring.enrolment == 1).values(last=TODAY - DAY),
    insert(Tutoring).values(enrolment=1, tutor=TOM.number, first=TODAY, run=1),
)
COVERED = (
    insert(Tutoring).values(
        enrolment=1, tutor=TOM.number, first=TODAY, last=TODAY + 7 * DAY, given_by="eve", reason="Leave"
    ),
)
WAYS = pytest.mark.parametrize("way", [CHANGED, COVERED], ids=["changed", "covered"])
BOTH = {"Ada": "Ada Okonkwo-Byrne", "Tom": "Tom Ffoulkes"}


def feed(member):
    return [one.id for one in calendar_feeds.entries(member.viewer, NOW)]


def one():
    (found,) = offers.of(BEN.viewer, None, NOW)
    return found


def told(store):
    with store.session() as session:
        return list(session.execute(select(Message.template, Message.subject, Message.body)))


def countered():
    offering.make(ADA.viewer, BEN.id, INVITED, [], NOW)
    offer_answers.counter(BEN.viewer, one().id, NOW + 3 * DAY, 30, "", NOW)


@WAYS
def test_who_asked_one_tutor_meets_the_one_who_offers_times(store, way):
    asked = offer_answers.ask(BEN.viewer, "Could we talk?", Format.VIDEO, NOW)
    store.change(*way)
    offering.offer_times(TOM.viewer, BEN.id, asked, INVITED, NOW)
    assert one().tutor == BOTH["Tom"]
    meeting = offer_answers.accept(BEN.viewer, asked, one().slots[0].id, NOW)
    assert [m.tutor for m in meetings.of(BEN.viewer, None, NOW)] == [BOTH["Tom"]]
    assert (feed(TOM), feed(ADA), feed(BEN)) == ([meeting], [], [meeting])
    assert not [row for row in told(store) if ADA.family in row.subject + row.body]


@WAYS
def test_a_time_that_was_proposed_to_one_tutor_is_taken_by_the_one_who_comes(store, way):
    countered()
    store.change(*way)
    meeting = offering.take(TOM.viewer, BEN.id, one().id, NOW)
    assert [m.tutor for m in meetings.of(BEN.viewer, None, NOW)] == [BOTH["Tom"]]
    assert (feed(TOM), feed(ADA)) == ([meeting], [])
    assert BOTH["Tom"] in told(store)[-1].subject


def test_it_is_the_diary_of_the_one_who_comes_that_must_be_free(store):
    store.change(*COVERED)
    countered()
    offering.make(TOM.viewer, CAL.id, Invitation(Format.PHONE, "", "", 30, (NOW + 3 * DAY,)), [], NOW)
    (cals,) = offers.of(CAL.viewer, None, NOW)
    offer_answers.accept(CAL.viewer, cals.id, cals.slots[0].id, NOW)
    with pytest.raises(TimeTaken):
        offering.take(TOM.viewer, BEN.id, one().id, NOW)
    offering.take(ADA.viewer, BEN.id, one().id, NOW)


@WAYS
def test_what_was_offered_holds_only_while_whoever_offered_it_tutors_the_student(store, way):
    offering.make(ADA.viewer, BEN.id, INVITED, [], NOW)
    store.change(*way)
    if way is COVERED:
        offer_answers.accept(BEN.viewer, one().id, one().slots[0].id, NOW)
        assert len(feed(ADA)) == 1
        return
    with pytest.raises(TutorChanged):
        offer_answers.accept(BEN.viewer, one().id, one().slots[0].id, NOW)
    assert (one().state, meetings.of(BEN.viewer, None, NOW)) == (State.OFFERED, ())


def test_what_somebody_offered_while_they_covered_ends_with_the_cover(store):
    store.change(*COVERED)
    offering.make(TOM.viewer, BEN.id, INVITED, [], NOW)
    store.change(update(Tutoring).where(Tutoring.given_by == "eve").values(last=TODAY - DAY))
    with pytest.raises(TutorChanged):
        offer_answers.accept(BEN.viewer, one().id, one().slots[0].id, NOW)
    assert days_passing.carry_on(JOB, NOW)["withdrawn"] == 1
    assert (one().state, one().steps[-1].said) == (State.WITHDRAWN, "The personal tutor has changed.")


def test_the_night_withdraws_what_a_former_tutor_offered_and_nothing_else(store):
    offering.make(ADA.viewer, BEN.id, INVITED, [], NOW)
    assert days_passing.carry_on(JOB, NOW)["withdrawn"] == 0
    store.change(*CHANGED)
    assert days_passing.carry_on(JOB, NOW + 9 * DAY)["withdrawn"] == 1  # and not as if Ben had been silent
    assert days_passing.carry_on(JOB, NOW + 9 * DAY)["withdrawn"] == 0
    assert one().steps[-1].by == ""
    with pytest.raises(MovedOn):
        offer_answers.accept(BEN.viewer, one().id, one().slots[0].id, NOW)


@pytest.mark.parametrize(
    "begin", [lambda: offer_answers.ask(BEN.viewer, "Hello", Format.PHONE, NOW), countered]
)
def test_what_waits_for_the_tutor_goes_over_to_the_next_one(store, begin):
    begin()
    store.change(*CHANGED)
    assert days_passing.carry_on(JOB, NOW)["withdrawn"] == 0
    assert [waits.id for waits in offers.waiting(TOM.viewer, NOW)] == [one().id]
    assert offers.waiting(ADA.viewer, NOW) == ()
    with pytest.raises(NotYoursToSee):
        offering.offer_times(ADA.viewer, BEN.id, one().id, INVITED, NOW)


def test_whoever_takes_an_offer_back_is_named_to_the_student(store):
    offering.make(ADA.viewer, BEN.id, INVITED, [], NOW)
    store.change(*COVERED)
    offering.withdraw(TOM.viewer, BEN.id, one().id, NOW)
    assert told(store)[-1].subject == "Tom Ffoulkes has taken back the offer to talk"


# Times that are past


def test_a_time_that_is_past_is_agreed_by_neither_side_and_nothing_of_it_is_kept(store):
    countered()
    late = NOW + 3 * DAY
    with pytest.raises(TimePassed, match="offer other times"):
        offering.take(ADA.viewer, BEN.id, one().id, late)
    assert one().state is State.COUNTERED
    offering.offer_times(ADA.viewer, BEN.id, one().id, INVITED, NOW)
    with pytest.raises(TimePassed, match="choose another"):
        offer_answers.accept(BEN.viewer, one().id, one().slots[0].id, NOW + DAY)
    with pytest.raises(TimePassed):
        offer_answers.counter(BEN.viewer, one().id, NOW, 30, "", NOW)
    assert one().state is State.OFFERED
    assert meetings.of(BEN.viewer, None, NOW) == ()
    assert [row.template for row in told(store)] == ["offer", "offer-changed"]
    offer_answers.accept(BEN.viewer, one().id, one().slots[1].id, NOW + DAY)
    assert [m.state for m in meetings.of(BEN.viewer, None, NOW)] == [MeetingState.PLANNED]


def test_a_proposal_that_the_tutor_let_pass_goes_on_waiting_for_them(store):
    countered()
    assert days_passing.carry_on(JOB, NOW + 9 * DAY)["unanswered"] == 0
    assert [waits.id for waits in offers.waiting(ADA.viewer, NOW + 9 * DAY)] == [one().id]
    later = NOW + 10 * DAY
    offering.offer_times(ADA.viewer, BEN.id, one().id, Invitation(Format.PHONE, "", "", 15, (later,)), NOW)
    assert one().state is State.OFFERED

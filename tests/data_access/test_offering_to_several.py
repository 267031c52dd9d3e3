"""The same times offered to several students: each gets an offer of their own, and a time is taken once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import insert, select

from auth.refusals import MovedOn, Refusal
from auth.refusals.consent import LooksSensitive
from auth.refusals.support import NotSentToAll, TimeTaken
from auth.viewer import Viewer
from data_access import days_passing, meeting_steps, meetings, offer_answers, offering, offers, offers_lapsing
from data_access.tables import Message, Tutoring
from support import offer
from support.meeting import State
from support.offer import Format, Invitation, Slot
from tests.cast import ADA, BEN, CAL, NOW, TODAY

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
INVITED = Invitation(Format.IN_PERSON, "Room 4.12", "Shall we have a chat?", 30, (NOW + DAY, NOW + 2 * DAY))


@pytest.fixture
def both(store):
    """Cal is Ada's tutee too."""
    store.change(insert(Tutoring).values(enrolment=2, tutor=ADA.number, first=TODAY - 30 * DAY, run=1))
    return store


def to_both():
    offering.make_each(ADA.viewer, {BEN.id: (), CAL.id: ()}, INVITED, NOW)
    return offers.of(BEN.viewer, None, NOW)[0], offers.of(CAL.viewer, None, NOW)[0]


def test_each_gets_their_own_and_sees_nobody_elses(both):
    one, other = to_both()
    assert (one.student, other.student) == ("Ben Quaverley", "Cal Zephyrine")
    assert len(offers.of(BEN.viewer, None, NOW)) == len(offers.of(CAL.viewer, None, NOW)) == 1
    with both.session() as session:
        assert len(set(session.scalars(select(Message.to)))) == 2


def test_who_is_not_the_viewers_is_left_out_and_named_by_number(store):
    with pytest.raises(NotSentToAll) as refused:
        offering.make_each(ADA.viewer, {BEN.id: (), CAL.id: ()}, INVITED, NOW)
    assert refused.value.sentence.startswith("Sent to 1 of 2.")
    assert len(offers.of(BEN.viewer, None, NOW)) == 1
    assert offers.of(CAL.viewer, None, NOW) == ()


def test_what_does_not_fit_is_sent_to_nobody(both):
    invitation = Invitation(Format.PHONE, "", "About your medication", 30, INVITED.times)
    with pytest.raises(LooksSensitive):
        offering.make_each(ADA.viewer, {BEN.id: (), CAL.id: ()}, invitation, NOW)
    assert offers.waiting(ADA.viewer, NOW) == ()


def test_a_time_that_somebody_took_is_refused_and_the_offer_stands(both):
    one, other = to_both()
    offer_answers.accept(BEN.viewer, one.id, one.slots[0].id, NOW)
    with pytest.raises(TimeTaken):
        offer_answers.accept(CAL.viewer, other.id, other.slots[0].id, NOW)
    assert offers.of(CAL.viewer, None, NOW)[0].state is offer.State.OFFERED
    offer_answers.accept(CAL.viewer, other.id, other.slots[1].id, NOW)
    assert len(meetings.planned(ADA.viewer, NOW)) == 2


@pytest.mark.parametrize(
    ("minutes", "taken"),
    [(-30, False), (-29, True), (29, True), (30, False)],
)
def test_meetings_may_touch_and_not_overlap(both, minutes, taken):
    one, other = to_both()
    offer_answers.accept(BEN.viewer, one.id, one.slots[0].id, NOW)
    offer_answers.counter(CAL.viewer, other.id, NOW + DAY + timedelta(minutes=minutes), 30, "", NOW)
    if taken:
        with pytest.raises(TimeTaken):
            offering.take(ADA.viewer, CAL.id, other.id, NOW)
    else:
        offering.take(ADA.viewer, CAL.id, other.id, NOW)
    assert len(meetings.planned(ADA.viewer, NOW)) == (1 if taken else 2)


def test_a_meeting_that_was_called_off_leaves_its_time_free(both):
    one, other = to_both()
    made = offer_answers.accept(BEN.viewer, one.id, one.slots[0].id, NOW)
    meeting_steps.cancel_own(BEN.viewer, made, "", NOW)
    offer_answers.accept(CAL.viewer, other.id, other.slots[0].id, NOW)
    assert [one.state for one in meetings.planned(ADA.viewer, NOW)] == [State.PLANNED]


def test_of_two_who_choose_the_same_time_at_once_one_has_it(both):
    one, other = to_both()
    ready = Barrier(2)

    def accept(member, of) -> str:
        ready.wait()
        try:
            offer_answers.accept(member.viewer, of.id, of.slots[0].id, NOW)
        except Refusal as refusal:
            return refusal.reason
        return "agreed"

    with ThreadPoolExecutor(2) as pool:
        became = sorted(pool.map(accept, (BEN, CAL), (one, other)))
    assert became == ["agreed", "time_taken"]


@pytest.mark.parametrize("why", ["", "It is the name of a module"])
def test_words_that_look_sensitive_are_kept_only_with_a_reason(store, why):
    slot = Slot(0, NOW - HOUR, 10)
    made = (
        lambda: offer_answers.ask(BEN.viewer, "About my depression", Format.PHONE, NOW, why_kept=why),
        lambda: meeting_steps.record(
            ADA.viewer, BEN.id, slot, Format.PHONE, "His anxiety meds", NOW, why_kept=why
        ),
    )
    for act in made:
        if why:
            act()
        else:
            with pytest.raises(LooksSensitive):
                act()
    assert len(offers.of(ADA.viewer, BEN.id, NOW)) == len(meetings.of(BEN.viewer, None, NOW)) == bool(why)


def test_times_that_pass_without_an_answer_end_the_offer(store):
    offering.make(ADA.viewer, BEN.id, INVITED, [], NOW)
    job = Viewer.service("night")
    assert offers_lapsing.lapse(job, NOW + 2 * DAY - timedelta(seconds=1)) == 0
    assert days_passing.carry_on(job, NOW + 2 * DAY) == {
        "begun": 0,
        "withdrawn": 0,
        "unanswered": 1,
        "dropped": 0,
    }
    assert offers_lapsing.lapse(job, NOW + 3 * DAY) == 0
    (one,) = offers.of(BEN.viewer, None, NOW)
    assert (one.state, one.steps[-1].by) == (offer.State.UNANSWERED, "")
    with pytest.raises(MovedOn):
        offer_answers.accept(BEN.viewer, one.id, one.slots[0].id, NOW)

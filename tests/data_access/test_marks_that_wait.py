"""Marks that an answer could not hold: they stay in the queue under a day of their own until they are answered."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from auth.refusals import MovedOn
from auth.refusals.rights import TooLateToExtend
from data_access import own_requests, request_queue
from data_access.tables import CaseLetter, RightsCase
from privacy.case_decisions import Announced, Go, Send
from privacy.marks import Awaited
from privacy.refusal_grounds import Ground
from privacy.request import Kind, State
from tests.cast import BEN, NOW, ROS, TODAY
from tests.data_access.asking import LATER, begun, checked, does, letter, searched, seen

RESULTS = date(2027, 1, 20)
BY = date(2027, 2, 28)
WAIT = Awaited(TODAY, RESULTS)
SAID = "The rest is in the copy, but for what is another's"


def answered(state: State = State.FULFILLED, awaited: Awaited = WAIT) -> str:
    """A request for a copy that is answered but for the marks."""
    reference = checked(Kind.ACCESS)
    searched(reference)
    ground = Ground.OTHERS if state is State.PARTLY_FULFILLED else None
    does(reference, Send(state, ground, SAID, awaited))
    return reference


def waiting(at=LATER):
    return request_queue.waiting(ROS.viewer, at)


@pytest.mark.parametrize("state", [State.FULFILLED, State.PARTLY_FULFILLED])
def test_when_the_rest_is_answered_the_marks_stay_in_the_queue_with_their_own_day(store, state):
    reference = answered(state)
    (case,) = waiting()
    assert (case.what, case.about, case.state) == (
        "Copy of what is held: the marks alone",
        reference,
        State.IN_PROGRESS,
    )
    assert (case.days.due, case.received_at, case.marks_by) == (BY, NOW, BY)
    assert not case.overdue(BY)
    assert case.overdue(BY + timedelta(days=1))
    assert {one.reference for one in own_requests.of(BEN.viewer, LATER)} == {reference, case.reference}
    with store.session() as session:
        letter = session.scalars(select(CaseLetter.text)).one()
    assert "by the end of 28 February 2027" in letter


def test_no_question_and_no_longer_time_moves_their_day(store):
    answered()
    reference = waiting()[0].reference
    with pytest.raises(MovedOn):
        does(reference, letter(State.CLARIFYING, "Which marks do you mean exactly?"))
    with pytest.raises(TooLateToExtend):
        does(reference, letter(State.EXTENDED, "We need more time for this one"))
    assert (waiting()[0].state, waiting()[0].days.due) == (State.IN_PROGRESS, BY)


def test_they_are_answered_with_a_letter_and_without_another_search_and_then_gone_from_the_queue(store):
    answered()
    reference = waiting()[0].reference
    after = NOW + timedelta(days=60)
    does(reference, Go(State.REVIEW, after.date()), after)
    does(reference, letter(State.FULFILLED), after)
    assert waiting(after) == ()
    ended = next(one for one in own_requests.of(BEN.viewer, after) if one.reference == reference)
    assert (ended.state, ended.days.due) == (State.FULFILLED, BY)
    assert "Copy of what is held: the marks alone" in ended.letters[0].text


def test_no_day_of_announcement_is_five_months_and_once_it_is_known_the_day_is_worked_out_again(store):
    answered(awaited=Awaited(TODAY, None))
    (case,) = waiting()
    assert case.days.due == date(2027, 4, 22)
    does(case.reference, Announced(RESULTS))
    assert (waiting()[0].days.due, seen(case.reference).marks_by) == (BY, BY)
    assert waiting()[0].steps[-1].why == "The marks are announced on 20 January 2027."
    does(case.reference, Announced(date(2027, 9, 1)))
    assert waiting()[0].days.due == date(2027, 4, 22)


def test_the_longer_time_for_the_rest_does_not_move_them_and_they_are_there_once(store):
    reference = begun()
    does(reference, Send(State.EXTENDED, None, SAID, WAIT))
    assert {one.reference: one.days.due for one in waiting()}[reference] == date(2027, 2, 23)
    does(reference, Go(State.REVIEW, LATER.date()))
    searched(reference)
    does(reference, Send(State.FULFILLED, None, SAID, WAIT))
    (case,) = waiting()
    assert (case.days.due, case.about) == (BY, reference)


def test_without_marks_that_wait_nothing_stays_and_no_other_request_has_such_a_day(store):
    reference = checked(Kind.ACCESS)
    with pytest.raises(MovedOn):
        does(reference, Announced(RESULTS))
    searched(reference)
    does(reference, letter(State.FULFILLED))
    assert waiting() == ()
    with store.session() as session:
        assert session.scalars(select(RightsCase.marks_by)).all() == [None]

"""What can follow what in a request and in a complaint: every pair of states, allowed or not."""

from itertools import product

import pytest

from privacy.request import COMPLAINT_NEXT, NEXT, Channel, Kind, State, ends, following

S = State
ALLOWED = {
    (S.RECEIVED, S.ID_PENDING),
    (S.RECEIVED, S.CLARIFYING),
    (S.RECEIVED, S.IN_PROGRESS),
    (S.RECEIVED, S.WITHDRAWN),
    (S.ID_PENDING, S.RECEIVED),
    (S.ID_PENDING, S.IN_PROGRESS),
    (S.ID_PENDING, S.WITHDRAWN),
    (S.CLARIFYING, S.IN_PROGRESS),
    (S.CLARIFYING, S.EXTENDED),
    (S.CLARIFYING, S.WITHDRAWN),
    (S.IN_PROGRESS, S.CLARIFYING),
    (S.IN_PROGRESS, S.EXTENDED),
    (S.IN_PROGRESS, S.REVIEW),
    (S.IN_PROGRESS, S.WITHDRAWN),
    (S.EXTENDED, S.CLARIFYING),
    (S.EXTENDED, S.REVIEW),
    (S.EXTENDED, S.WITHDRAWN),
    (S.REVIEW, S.IN_PROGRESS),
    (S.REVIEW, S.EXTENDED),
    (S.REVIEW, S.FULFILLED),
    (S.REVIEW, S.PARTLY_FULFILLED),
    (S.REVIEW, S.REFUSED),
    (S.REVIEW, S.WITHDRAWN),
}
OF_A_COMPLAINT = {
    (S.RECEIVED, S.ACKNOWLEDGED),
    (S.RECEIVED, S.WITHDRAWN),
    (S.ACKNOWLEDGED, S.INVESTIGATING),
    (S.ACKNOWLEDGED, S.WITHDRAWN),
    (S.INVESTIGATING, S.MORE_INFO),
    (S.INVESTIGATING, S.OUTCOME),
    (S.INVESTIGATING, S.WITHDRAWN),
    (S.MORE_INFO, S.INVESTIGATING),
    (S.MORE_INFO, S.WITHDRAWN),
    (S.OUTCOME, S.REVIEWED),
    (S.OUTCOME, S.CLOSED),
    (S.REVIEWED, S.CLOSED),
}


@pytest.mark.parametrize(("before", "after"), list(product(State, State)))
def test_a_copy_goes_these_ways_and_no_other(before, after):
    assert (after in following(Kind.ACCESS, before)) is ((before, after) in ALLOWED)


@pytest.mark.parametrize(("before", "after"), list(product(State, State)))
def test_a_complaint_goes_these_ways_and_no_other(before, after):
    assert (after in following(Kind.COMPLAINT, before)) is ((before, after) in OF_A_COMPLAINT)


@pytest.mark.parametrize("kind", [k for k in Kind if k not in {Kind.ACCESS, Kind.COMPLAINT}])
def test_only_the_wish_for_a_copy_can_be_stopped_by_a_question(kind):
    for before, after in product(State, State):
        allowed = (before, after) in ALLOWED and State.CLARIFYING not in {before, after}
        assert (after in following(kind, before)) is allowed


def test_every_state_is_in_one_of_the_two_tables():
    assert set(NEXT) | set(COMPLAINT_NEXT) == set(State)


def test_these_ends_are_ends():
    over = {S.FULFILLED, S.PARTLY_FULFILLED, S.REFUSED, S.WITHDRAWN}
    assert {s for s in NEXT if ends(Kind.ERASURE, s) and s is not S.CLARIFYING} == over
    assert {s for s in COMPLAINT_NEXT if ends(Kind.COMPLAINT, s)} == {S.CLOSED, S.WITHDRAWN}


def test_everything_that_is_shown_has_words_of_its_own():
    for enum in (Kind, Channel):
        assert len({member.words for member in enum}) == len(enum)
    assert all(state.words for state in State)

"""What can follow what in a breach: every pair of states, allowed or not."""

from itertools import product

import pytest

from privacy.breach import NEXT, State

ALLOWED = {
    (State.OPEN, State.REPORTED),
    (State.OPEN, State.NOT_REPORTED),
    (State.NOT_REPORTED, State.REPORTED),
    (State.NOT_REPORTED, State.CLOSED),
    (State.REPORTED, State.CLOSED),
}


@pytest.mark.parametrize(("before", "after"), list(product(State, State)))
def test_a_breach_goes_these_ways_and_no_other(before, after):
    assert (after in NEXT[before]) is ((before, after) in ALLOWED)


def test_every_state_has_words_of_its_own():
    assert len({state.words for state in State}) == len(State)

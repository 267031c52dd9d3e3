"""A copy's states: every move that is allowed, and every one that is not; and when its link opens."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from privacy.pack_state import NEXT, OPENS_FOR, Copy, State

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
COPY = Copy("c", State.ISSUED, AT, "Ros", False, AT, AT + OPENS_FOR)
ALLOWED = {
    (State.LOOKED_AT, State.CHECKED),
    (State.LOOKED_AT, State.WITHDRAWN),
    (State.CHECKED, State.LOOKED_AT),
    (State.CHECKED, State.ISSUED),
    (State.CHECKED, State.WITHDRAWN),
    (State.ISSUED, State.WITHDRAWN),
}


@pytest.mark.parametrize(("before", "after"), list(itertools.product(State, State)))
def test_a_copy_moves_as_the_table_says_and_no_other_way(before, after):
    assert (after in NEXT[before]) == ((before, after) in ALLOWED)


@pytest.mark.parametrize(
    ("passed", "opens"),
    [(timedelta(0), True), (timedelta(days=7, microseconds=-1), True), (timedelta(days=7), False)],
)
def test_the_link_opens_for_seven_days(passed, opens):
    assert COPY.opens(AT + passed) is opens


@pytest.mark.parametrize("state", [s for s in State if s is not State.ISSUED])
def test_the_link_opens_for_an_issued_copy_alone(state):
    assert not replace(COPY, state=state).opens(AT)

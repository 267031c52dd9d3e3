"""Breaches: the clock of 72 hours, what was decided, and by whom."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from auth.refusals import GoneMeanwhile, MovedOn, NothingWritten, NotOpenToYourRole, ReasonNeeded
from auth.refusals.rights import ReceivedAhead
from data_access import breaches
from privacy.breach import NEXT, NewBreach, OfBreach, State
from tests.cast import ADA, BEN, EVE, MO, NOW, ROS

WHAT = NewBreach("A register was sent to the wrong class", 14, NOW)
WAYS = {
    State.OPEN: (),
    State.REPORTED: (State.REPORTED,),
    State.NOT_REPORTED: (State.NOT_REPORTED,),
    State.CLOSED: (State.REPORTED, State.CLOSED),
}


def one(at=NOW):
    return breaches.all_of(ROS.viewer, at)[0]


def decided(state, why="Nobody was harmed", breach=1):
    breaches.carry_out(ROS.viewer, OfBreach(breach, state, why), NOW)


def test_the_clock_counts_hours_and_nothing_stops_it(store):
    aware = datetime(2026, 12, 24, 16, tzinfo=UTC)
    breaches.carry_out(ROS.viewer, NewBreach(WHAT.what, None, aware), aware)
    assert one().due_at == datetime(2026, 12, 27, 16, tzinfo=UTC)
    assert [(step.state, step.by) for step in one().steps] == [(State.OPEN, "Ros Llewellyn")]


@pytest.mark.parametrize(("before", "after"), list(product(State, State)))
def test_every_decision_follows_the_table(store, before, after):
    breaches.carry_out(ROS.viewer, WHAT, NOW)
    for state in WAYS[before]:
        decided(state)
    if after in NEXT[before]:
        decided(after)
        assert (one().state, one().steps[-1].why) == (after, "Nobody was harmed")
    else:
        with pytest.raises(MovedOn):
            decided(after)
        assert one().state is before


def test_what_says_nothing_or_is_still_to_come_is_not_written_down(store):
    with pytest.raises(NothingWritten):
        breaches.carry_out(ROS.viewer, NewBreach(" ", None, NOW), NOW)
    with pytest.raises(ReceivedAhead):
        breaches.carry_out(ROS.viewer, NewBreach("Lost", None, NOW + timedelta(hours=1)), NOW)
    with pytest.raises(GoneMeanwhile):
        decided(State.REPORTED)
    breaches.carry_out(ROS.viewer, WHAT, NOW)
    with pytest.raises(ReasonNeeded):
        decided(State.REPORTED, " ")


def test_what_is_closed_comes_last(store):
    breaches.carry_out(ROS.viewer, WHAT, NOW)
    breaches.carry_out(ROS.viewer, NewBreach("A laptop was lost", None, NOW - timedelta(days=1)), NOW)
    decided(State.NOT_REPORTED)
    decided(State.CLOSED)
    assert [found.what for found in breaches.all_of(ROS.viewer, NOW)] == ["A laptop was lost", WHAT.what]


@pytest.mark.parametrize("member", [ADA, BEN, MO, EVE], ids=lambda m: m.given)
def test_only_compliance_reads_and_writes_them(store, member):
    with pytest.raises(NotOpenToYourRole):
        breaches.all_of(member.viewer, NOW)
    with pytest.raises(NotOpenToYourRole):
        breaches.carry_out(member.viewer, WHAT, NOW)

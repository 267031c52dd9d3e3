"""A disputed datum: how the question ends, who puts it right, and what may be said of it."""

from itertools import product

import pytest

from privacy.dispute import CLAIMS, LEFT_OUT, NEXT, Field, Kind, State
from privacy.labels import Source

ENDS = {(State.DISPUTED, state) for state in (State.CORRECTED, State.KEPT, State.TAKEN_BACK)}


@pytest.mark.parametrize(("before", "after"), list(product(State, State)))
def test_a_dispute_ends_once_and_nothing_follows(before, after):
    assert (after in NEXT[before]) == ((before, after) in ENDS)


def test_a_rating_is_made_of_classes_work_and_days_online_alone():
    assert {Kind.ATTENDANCE, Kind.WORK, Kind.ONLINE} == LEFT_OUT


@pytest.mark.parametrize(
    ("kind", "system"),
    [
        (Kind.ATTENDANCE, Source.ATTENDANCE),
        (Kind.WORK, Source.STUDENT_RECORDS),
        (Kind.ONLINE, Source.VLE),
        (Kind.COURSE, Source.STUDENT_RECORDS),
        (Kind.MODULE, Source.STUDENT_RECORDS),
        (Kind.NOTE, Source.HERE),
    ],
)
def test_each_kind_is_put_right_where_it_came_from(kind, system):
    assert kind.system is system


@pytest.mark.parametrize("kind", Kind)
def test_of_each_kind_something_else_can_be_said_last(kind):
    assert CLAIMS[kind][-1] == "Something else"
    assert len(set(CLAIMS[kind])) == len(CLAIMS[kind]) >= 2


def test_every_kind_field_and_state_has_words():
    assert all(one.words[:1].isupper() for one in (*Kind, *Field, *State))

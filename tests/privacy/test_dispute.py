"""A disputed datum: how the question ends, who puts it right, and what may be said of it."""

from datetime import date
from itertools import product

import pytest

from privacy.dispute import CLAIMS, LEFT_OUT, NEXT, Datum, Field, Kind, State, Target, asking, sought
from privacy.labels import Source

ENDS = {(State.DISPUTED, state) for state in (State.CORRECTED, State.KEPT, State.TAKEN_BACK)}


@pytest.mark.parametrize(("before", "after"), list(product(State, State)))
def test_a_dispute_ends_once_and_nothing_follows(before, after):
    assert (after in NEXT[before]) == ((before, after) in ENDS)


def test_a_rating_is_made_of_these_alone():
    assert {Kind.ATTENDANCE, Kind.WORK, Kind.ONLINE} | {Kind.SUPERVISION, Kind.MILESTONE} == LEFT_OUT


@pytest.mark.parametrize(
    ("kind", "system"),
    [
        (Kind.ATTENDANCE, Source.ATTENDANCE),
        (Kind.WORK, Source.STUDENT_RECORDS),
        (Kind.ONLINE, Source.VLE),
        (Kind.COURSE, Source.STUDENT_RECORDS),
        (Kind.MODULE, Source.STUDENT_RECORDS),
        (Kind.NOTE, Source.HERE),
        (Kind.PLAN, Source.HERE),
        (Kind.SERVICE, Source.ATTENDANCE),
        (Kind.SUPERVISION, Source.STUDENT_RECORDS),
        (Kind.CONTACT, Source.STUDENT_RECORDS),
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


ON = date(2026, 11, 3)
DATA = (
    Datum(Target(Kind.ATTENDANCE, 1), "a", "absent", date(2026, 11, 10), "M1"),
    Datum(Target(Kind.ATTENDANCE, 2), "b", "absent", ON, "M1"),
    Datum(Target(Kind.ATTENDANCE, 3), "c", "absent", ON, "M2"),
)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"wrong": "attendance"}, None),
        ({"wrong": "attendance", "on": "2026-11-03"}, 2),
        ({"wrong": "attendance", "on": "2026-11-03", "module": "M2"}, 3),
        ({"wrong": "attendance", "on": "2026-11-02", "until": "2026-11-08"}, 2),
        ({"wrong": "attendance", "module": "M1"}, 1),
        ({"wrong": "attendance", "on": "2026-11-04"}, None),
    ],
)
def test_an_address_says_what_is_to_be_corrected_and_comes_back_as_it_was(asked, found):
    meant = sought(asked)
    assert asking(meant) == asked
    chosen = meant.found(DATA)
    assert (chosen.target.number if chosen else None) == found


@pytest.mark.parametrize("asked", [{}, {"wrong": "nonsense"}, {"wrong": "work", "on": "yesterday"}])
def test_an_address_that_nobody_can_understand_asks_for_nothing(asked):
    assert sought(asked) is None

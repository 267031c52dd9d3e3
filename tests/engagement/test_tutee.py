"""Who is looked at first."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

import policy
from engagement.measure import Rating
from engagement.suggestion import Finding, Rule, State, Suggestion
from engagement.tutee import Attention, attention, by_attention
from tests.engagement.made import TODAY, standing, tutee


def raised(waited: int, **changes) -> Suggestion:
    """A suggestion that has waited so many working days."""
    made = Suggestion(1, State.RAISED, Finding(Rule.QUIET, TODAY), datetime(2026, 11, 16, tzinfo=UTC))
    return replace(made, waited=waited, **changes)


@pytest.mark.parametrize(
    ("rating", "scores", "place"),
    [
        (Rating.VERY_LOW, (4500, 1000), Attention.VERY_LOW),  # low is said before fallen
        (Rating.LOW, (2500, 2500), Attention.LOW),
        (Rating.GOOD, (8500, 7000), Attention.FALL),  # 15 points in a week
        (Rating.GOOD, (8499, 7000), Attention.GOOD),
        (Rating.HIGH, (None, 9000), Attention.HIGH),
        (Rating.PARTIAL, (4000, 5000), Attention.PARTIAL),
        (Rating.NOT_ENOUGH, (9000, None), Attention.NOT_ENOUGH),
    ],
)
def test_a_low_rating_or_a_sharp_fall_comes_first_and_missing_data_are_neither(rating, scores, place):
    assert attention(standing(rating, *scores), (), policy.current().engagement) is place


SCORES = st.none() | st.integers(0, 10_000)


@given(st.sampled_from(Rating), SCORES, SCORES)
def test_beside_a_gap_or_an_authorised_absence_no_fall_brings_anybody_forward(rating, before, now):
    """Each is where their word puts them."""
    fallen = standing(rating, before, now, disturbed=True)
    level = standing(rating, now, now)
    rules = policy.current().engagement
    assert attention(fallen, (), rules) is attention(level, (), rules) is not Attention.FALL


@pytest.mark.parametrize(
    ("suggestions", "place"),
    [
        ([raised(0)], Attention.SUGGESTED),
        ([raised(4)], Attention.SUGGESTED),
        ([raised(0), raised(5)], Attention.WAITING),
        ([raised(5, hidden=True)], Attention.HIGH),
        ([raised(4, state=State.CONFIRMED)], Attention.HIGH),
        ([raised(5, state=State.CONFIRMED)], Attention.WAITING),
        ([raised(0), raised(5, state=State.CONFIRMED)], Attention.WAITING),
        ([raised(5, state=State.CONFIRMED, hidden=True)], Attention.HIGH),
        *(([raised(9, state=state)], Attention.HIGH) for state in (State.OFFERED, State.DISMISSED)),
    ],
)
def test_a_suggestion_without_action_comes_first_the_one_that_waited_long_before_the_new_one(
    suggestions, place
):
    assert attention(standing(Rating.HIGH, 9000), suggestions, policy.current().engagement) is place


def test_the_list_runs_from_very_low_to_high_with_not_enough_data_after_partial():
    places = list(Attention)
    names = [t.attention.name for t in by_attention(tutee(f"A {p.name}", p) for p in reversed(places))]
    assert names == [
        "WAITING",
        "SUGGESTED",
        "VERY_LOW",
        "LOW",
        "FALL",
        "PARTIAL",
        "NOT_ENOUGH",
        "GOOD",
        "HIGH",
    ]


def test_within_the_same_need_the_list_is_by_family_name_and_stays_so():
    people = [tutee(name) for name in ("Bo adams", "Zed Adams", "Ann Baker", "Al Adams")]
    assert [t.name for t in by_attention(people)] == ["Al Adams", "Bo adams", "Zed Adams", "Ann Baker"]


def test_a_conversation_may_be_needed_where_it_is_suggested_or_the_rating_is_low_or_has_fallen():
    asked = {place for place in Attention if tutee("A B", place).may_need_a_conversation}
    assert asked == {place for place in Attention if place <= Attention.FALL}

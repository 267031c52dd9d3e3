"""The weeks before a plan and since: which count, what a gap is, and when nothing is set side by side."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.before_after import before_after

WEEK = timedelta(weeks=1)
MONDAY = date(2026, 10, 19)
BEGAN = MONDAY + timedelta(days=2)
SCORES = {MONDAY + n * WEEK: 1_000 * (n + 5) for n in range(-4, 4)}


def test_two_whole_weeks_before_and_every_whole_week_since_are_looked_at():
    found = before_after(SCORES, BEGAN, MONDAY + 4 * WEEK)
    assert found.before.weeks == ((MONDAY - 2 * WEEK, 3_000), (MONDAY - WEEK, 4_000))
    assert found.after.weeks == tuple((MONDAY + n * WEEK, 1_000 * (n + 5)) for n in (1, 2, 3))
    assert (found.before.mean, found.after.mean, found.comparable) == (3_500, 7_000, True)


@pytest.mark.parametrize(
    ("until", "weeks"),
    [
        (BEGAN, 0),
        (MONDAY + 2 * WEEK - timedelta(days=2), 0),  # the Saturday of the first week
        (MONDAY + 2 * WEEK - timedelta(days=1), 1),  # its Sunday
        (MONDAY + 3 * WEEK, 2),
    ],
)
def test_a_week_counts_once_it_is_over(until, weeks):
    assert len(before_after(SCORES, BEGAN, until).after.weeks) == weeks


@pytest.mark.parametrize("began", [MONDAY, BEGAN, MONDAY + timedelta(days=6)])
def test_the_week_in_which_it_began_is_on_neither_side(began):
    found = before_after(SCORES, began, MONDAY + 4 * WEEK)
    assert MONDAY not in dict((*found.before.weeks, *found.after.weeks))


def test_a_week_without_a_score_is_a_gap_and_no_nought():
    scores = {**SCORES, MONDAY + 2 * WEEK: None}
    del scores[MONDAY - WEEK]
    found = before_after(scores, BEGAN, MONDAY + 4 * WEEK)
    assert (found.before.gaps, found.after.gaps) == (1, 1)
    assert (found.before.mean, found.after.mean) == (None, 7_000)  # one is too few; (60 + 80) ÷ 2
    assert not found.comparable


def test_means_are_rounded_as_every_score_is_halves_up():
    found = before_after({MONDAY + WEEK: 3_000, MONDAY + 2 * WEEK: 3_001}, BEGAN, MONDAY + 4 * WEEK)
    assert (found.after.mean, found.before.mean) == (3_001, None)


@given(
    st.dictionaries(st.integers(-5, 12), st.none() | st.integers(0, 10_000)),
    st.integers(0, 6),
    st.integers(0, 90),
)
def test_no_mean_lies_outside_its_scores_and_every_week_is_a_score_or_a_gap(of, weekday, days):
    began = MONDAY + timedelta(days=weekday)
    found = before_after(
        {MONDAY + n * WEEK: score for n, score in of.items()}, began, began + timedelta(days=days)
    )
    for side in (found.before, found.after):
        assert len(side.scores) + side.gaps == len(side.weeks)
        assert side.mean is None or min(side.scores) <= side.mean <= max(side.scores)

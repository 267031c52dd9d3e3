"""A standing's number, its change, and its last eight weeks."""

from datetime import timedelta

import pytest

from engagement.measure import Rating
from engagement.standing import points
from tests.engagement.made import MONDAY, standing


@pytest.mark.parametrize(
    ("scores", "change"),
    [((4000, 3000), -1000), ((3000,), None), ((None, 3000), None), ((3000, None), None), ((), None)],
)
def test_a_change_needs_a_score_in_both_weeks(scores, change):
    assert standing(Rating.LOW, *scores).change == change


def test_the_week_before_is_seven_days_before_and_not_just_the_last_one_there_was():
    gap = standing(scores=((MONDAY - timedelta(weeks=2), 8000), (MONDAY, 3000)))
    assert gap.change is None
    assert gap.history[-3:] == (8000, None, 3000)


def test_the_history_is_eight_weeks_with_holes_where_there_was_no_score():
    assert standing(Rating.GOOD, 7000).history == (None,) * 7 + (7000,)
    assert standing(Rating.GOOD, *range(10)).history == tuple(range(2, 10))
    assert standing(Rating.NOT_ENOUGH).history == (None,) * 8


def test_a_score_never_shows_the_number_of_a_word_it_has_not_reached():
    assert [points(score) for score in (5999, 6000, 10_000)] == [59, 60, 100]

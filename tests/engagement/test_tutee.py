"""Who is looked at first."""

import pytest

from engagement.measure import Rating
from engagement.tutee import Attention, attention, by_attention
from tests.engagement.made import standing, tutee


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
    assert attention(standing(rating, *scores), sharp_fall=15) is place


def test_the_list_runs_from_very_low_to_high_with_not_enough_data_after_partial():
    places = list(Attention)
    names = [t.attention.name for t in by_attention(tutee(f"A {p.name}", p) for p in reversed(places))]
    assert names == ["VERY_LOW", "LOW", "FALL", "PARTIAL", "NOT_ENOUGH", "GOOD", "HIGH"]


def test_within_the_same_need_the_list_is_by_family_name_and_stays_so():
    people = [tutee(name) for name in ("Bo adams", "Zed Adams", "Ann Baker", "Al Adams")]
    assert [t.name for t in by_attention(people)] == ["Al Adams", "Bo adams", "Zed Adams", "Ann Baker"]


def test_a_conversation_is_suggested_for_low_and_fallen_alone():
    asked = {place for place in Attention if tutee("A B", place).may_need_a_conversation}
    assert asked == {Attention.VERY_LOW, Attention.LOW, Attention.FALL}

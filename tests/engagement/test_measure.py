"""The measure by hand: parts, scores and words, as anyone can work them out with a pencil."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.measure import (
    Counts,
    Parts,
    Rating,
    attendance,
    half_up,
    marks,
    rating,
    score,
    submissions,
    usual_halves,
    vle,
    weighted_mean,
)
from policy import current


@pytest.mark.parametrize(
    ("counts", "part"),
    [
        (Counts(expected=10, attended=3, authorised=2), 3_750),  # 3 of 8
        (Counts(expected=2, authorised=2), None),  # nothing was left to attend
        (Counts(expected=3, attended=1, cancelled=1, unrecorded=1), 10_000),
        (Counts(expected=4, unrecorded=4), None),
        (Counts(), None),
        (Counts(expected=3, attended=0), 0),
        (Counts(expected=3, attended=2), 6_667),  # two thirds, halves up
    ],
)
def test_authorised_cancelled_and_unrecorded_classes_are_left_out(counts, part):
    assert attendance(counts, "excluded") == part


@pytest.mark.parametrize(
    ("active", "window", "halves"),
    [
        ([5] * 9, (14, 14), 8),  # nine students say too little: four days
        ([1] * 20, (14, 14), 8),  # a median of one day says too little
        ([2] * 20, (14, 14), 4),
        ([5] * 9, (7, 14), 4),  # half a window, half the days
        ([5] * 20, (6, 14), None),  # fewer days with a feed than may be judged
        ([3] * 10 + [4] * 10, (14, 14), 7),
    ],
)
def test_where_the_median_says_too_little_a_fixed_number_of_days_stands_in(active, window, halves):
    assert usual_halves(active, window, 4, current().engagement.vle) == halves


@pytest.mark.parametrize(
    ("due", "on_time", "late", "part"),
    [
        (0, 0, 0, None),
        (1, 1, 0, 10_000),
        (1, 0, 1, 5_000),
        (2, 1, 1, 7_500),
        (2, 1, 0, 2_500),  # half, and halved again: one is missing
        (3, 2, 0, 3_333),
        (1, 0, 0, 0),
    ],
)
def test_work_counts_whole_on_time_and_half_late_and_is_halved_while_any_is_missing(due, on_time, late, part):
    assert submissions(Counts(due=due, on_time=on_time, late=late)) == part


@pytest.mark.parametrize(
    ("marked", "points", "part"),
    [(0, 0, None), (1, 0, 0), (2, 120, 6_000), (3, 200, 6_667), (3, 100, 3_333), (1, 100, 10_000)],
)
def test_marks_are_the_mean_of_what_was_marked_or_is_missing(marked, points, part):
    assert marks(Counts(marked=marked, mark_points=points)) == part


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (Parts(10_000, 10_000, 10_000), 10_000),
        (Parts(None, 5_000, None, 10_000), 8_125),  # (3·50 + 5·100) / 8
        (Parts(3_333, 5_000, 5_000, 5_500), 4_702),  # (4·33.33 + 3·50 + 2·50 + 5·55) / 14
        (Parts(5_000, 10_000, None), 7_143),  # (4·50 + 3·100) / 7
        (Parts(None, None, 5_000), 5_000),
        (Parts(None, None, None), None),
        (Parts(0, None, None), 0),
    ],
)
def test_an_absent_part_leaves_its_weight_to_the_others(parts, expected):
    assert score(parts, current().engagement.weights) == expected


@pytest.mark.parametrize(
    ("of", "word"),
    [
        (None, Rating.NOT_ENOUGH),
        (10_000, Rating.HIGH),
        (8_000, Rating.HIGH),
        (7_999, Rating.GOOD),
        (6_000, Rating.GOOD),
        (5_999, Rating.PARTIAL),
        (4_000, Rating.PARTIAL),
        (3_999, Rating.LOW),
        (2_000, Rating.LOW),
        (1_999, Rating.VERY_LOW),
        (0, Rating.VERY_LOW),
    ],
)
def test_the_word_changes_exactly_at_the_bands_edge(of, word):
    assert rating(of, current().engagement.bands) is word


numbers = st.integers(min_value=0, max_value=60)


@given(numbers, st.integers(min_value=1, max_value=60))
def test_halves_are_rounded_up(numerator, denominator):
    from fractions import Fraction
    from math import floor

    assert half_up(numerator, denominator) == floor(Fraction(numerator, denominator) + Fraction(1, 2))


@given(numbers, numbers, numbers, numbers, numbers)
def test_every_part_lies_between_nothing_and_the_whole(attended, absent, authorised, cancelled, unrecorded):
    expected = attended + absent + authorised + cancelled + unrecorded
    counts = Counts(expected, attended, authorised, cancelled, unrecorded)
    for excused in ("excluded", "met"):
        part = attendance(counts, excused)
        assert part is None or 0 <= part <= 10_000


@given(numbers, numbers, st.integers(min_value=1, max_value=60))
def test_more_activity_never_lowers_a_part(attended, active, expected):
    one = Counts(expected=expected + attended, attended=attended, active_days=active, usual_halves=9)
    more = Counts(expected=expected + attended, attended=attended + 1, active_days=active + 1, usual_halves=9)
    assert (attendance(more, "excluded") or 0) >= (attendance(one, "excluded") or 0)
    assert (vle(more) or 0) >= (vle(one) or 0)


@given(st.lists(st.tuples(st.integers(1, 60), st.one_of(st.none(), st.integers(0, 10_000))), max_size=6))
def test_a_mean_lies_between_the_least_and_the_greatest_of_its_values(pairs):
    there = [value for _, value in pairs if value is not None]
    mean = weighted_mean(pairs)
    assert mean is None if not there else min(there) <= mean <= max(there)

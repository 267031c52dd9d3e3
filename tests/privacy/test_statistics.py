"""Statistics against the figures that their papers and the offices publish."""

import pytest

from privacy.statistics import funnel, holm, katz, mantel_haenszel, newcombe, p_value, shrunken, wilson


@pytest.mark.parametrize(
    ("x", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (8, 24, 0.1797, 0.5329),
        (10, 25, 0.2340, 0.5926),
        (0, 10, 0, 0.2775),
    ],
)
def test_the_interval_of_a_share_is_wilsons(x, n, low, high):
    assert wilson(x, n) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("x", "n", "y", "m", "low", "high"),
    [
        (56, 70, 48, 80, 0.0524, 0.3339),
        (9, 10, 3, 10, 0.1705, 0.8090),
        (10, 10, 0, 20, 0.6791, 1.0),
        (30, 100, 20, 120, 0.0217, 0.2444),
        (10, 25, 60, 300, 0.0270, 0.3970),
    ],
)
def test_the_interval_of_a_difference_is_newcombes(x, n, y, m, low, high):
    assert newcombe(x, n, y, m) == pytest.approx((low, high), abs=5e-5)


def test_the_interval_of_a_ratio_is_katzs():
    ratio, interval = katz(30, 100, 20, 120)
    assert ratio == pytest.approx(1.8)
    assert interval == pytest.approx((1.0921, 2.9668), abs=5e-5)


@pytest.mark.parametrize(
    ("n", "confidence", "low", "high"),
    [
        (25, 0.95, 0.04, 0.36),
        (25, 0.998, 0, 0.48),
        (50, 0.95, 0.10, 0.32),
        (50, 0.998, 0.04, 0.38),
        (100, 0.95, 0.12, 0.28),
        (100, 0.998, 0.09, 0.33),
        (400, 0.95, 0.1625, 0.24),
        (400, 0.998, 0.14, 0.265),
    ],
)
def test_the_funnel_is_the_exact_binomial_one(n, confidence, low, high):
    assert funnel(0.2, n, confidence) == pytest.approx((low, high), abs=1e-9)


def test_several_comparisons_are_held_against_each_other():
    assert holm([0.001, 0.02, 0.04, 0.3]) == pytest.approx([0.004, 0.06, 0.08, 0.3])
    assert holm([0.3, 0.04, 0.001, 0.02]) == pytest.approx([0.3, 0.08, 0.004, 0.06])


@pytest.mark.parametrize(("x", "n", "drawn"), [(3, 8, 0.25), (30, 100, 0.2833)])
def test_a_small_groups_share_is_drawn_to_that_of_the_whole(x, n, drawn):
    assert shrunken(x, n, 0.2, 20) == pytest.approx(drawn, abs=5e-5)


def test_the_p_value_is_the_level_at_which_the_interval_touches_nothing():
    assert p_value(30, 100, 20, 120) < 0.05 < p_value(26, 100, 20, 120)
    assert p_value(10, 50, 20, 100) == 1


def test_a_gap_that_comes_from_the_mix_of_courses_goes_away():
    # Both groups do alike on each course; one is mostly on the hard one.
    strata = [(8, 10, 72, 90), (27, 90, 3, 10)]
    x, n, y, m = (sum(part) for part in zip(*strata, strict=True))
    assert x / n < y / m / 2
    assert mantel_haenszel(strata) == pytest.approx(1)
    assert mantel_haenszel([(0, 10, 0, 10)]) is None

"""Verdicts on gaps: three words, told only where there are enough, and never that there is none."""

from random import Random

import pytest

from privacy.evidence import Verdict, gap, verdicts

LIKELY, UNCLEAR, FEW = Verdict.LIKELY, Verdict.UNCLEAR, Verdict.TOO_FEW


@pytest.mark.parametrize(
    ("groups", "said"),
    [
        ({"white": (60, 300), "black": (40, 100)}, {"black": LIKELY}),
        ({"white": (60, 300), "black": (22, 100)}, {"black": UNCLEAR}),
        ({"white": (60, 300), "black": (12, 22)}, {"black": FEW}),
        ({"white": (60, 300), "black": (2, 100)}, {"black": FEW}),
        ({"white": (60, 300), "black": (98, 100)}, {"black": FEW}),
        # Sure, and too small to matter: 4 points of 20,000 each.
        ({"white": (4_000, 20_000), "black": (4_800, 20_000)}, {"black": UNCLEAR}),
        ({"white": (4_000, 20_000), "black": (5_000, 20_000)}, {"black": LIKELY}),
    ],
)
def test_the_verdict_on_one_gap(groups, said):
    assert verdicts(groups, "white") == said


def test_without_a_reference_a_group_is_held_against_all_others():
    groups = {"a": (40, 100), "b": (20, 100), "c": (20, 100)}
    assert verdicts(groups, "nobody")["a"] is LIKELY


def test_among_many_groups_without_a_difference_a_likely_gap_is_rare():
    dice, wrong = Random(5), 0
    for _ in range(200):
        groups = {str(n): (sum(dice.random() < 0.3 for _ in range(60)), 60) for n in range(7)}
        wrong += LIKELY in verdicts(groups, "0").values()
    assert wrong <= 16  # about 5 of 100


def test_a_gap_is_worked_out_of_what_is_published_and_of_nothing_else():
    points, (low, high) = gap("35", "25", "20", "300") or (0, (0, 0))
    assert points == 15
    assert low < 0 < 15 < high
    assert gap("[u]", "25", "20", "300") is None
    assert gap("35", "25", "[DPL]", "300") is None

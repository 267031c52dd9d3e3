"""Counts of groups inside each other: what is said, and that no reader is left with fewer than five candidates."""

from collections import defaultdict
from itertools import combinations_with_replacement, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.counts import nested, part
from privacy.disclosure import FEW, number


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([119, 74, 62, 50, 25, 12], ["120", "75", "60", "50", "25", "10"]),
        ([119, 50, 50, 25], ["120", "50", FEW, "25"]),  # nobody is between them: that is fewer than ten too
        ([119, 50, 41, 40, 12], ["120", "50", FEW, "40", "10"]),  # 40 is held against 50, not against 41
        ([52, 45, 43, 42], ["50", FEW, FEW, "40"]),
        ([30, 9, 0], ["30", FEW, FEW]),
        ([9, 9], [FEW, FEW]),
        ([19, 10], ["20", FEW]),
        ([20, 10], ["20", "10"]),
        ([], []),
    ],
)
def test_a_count_is_said_where_it_and_what_is_left_of_the_last_are_ten_or_more(counts, said):
    assert nested(counts) == said


def test_a_part_that_is_larger_than_its_whole_is_refused():
    with pytest.raises(ValueError, match="larger than the whole"):
        nested([10, 20])


@given(st.lists(st.integers(0, 200), max_size=6).map(lambda counts: sorted(counts, reverse=True)))
def test_whoever_subtracts_what_was_said_never_comes_to_fewer_than_ten(counts):
    said = [(count, text) for count, text in zip(counts, nested(counts), strict=True) if text != FEW]
    exact = [count for count, _ in said]
    assert all(count >= 10 for count in exact)
    assert all(first - second >= 10 for first, second in pairwise(exact))
    assert all(abs((number(text) or 0) - count) <= 2.5 for count, text in said)


def test_an_attacker_who_knows_the_rules_is_left_with_as_many_candidates_as_in_a_rounded_cell():
    """All that three groups of up to 40 students can be, by what is said of them."""
    known = defaultdict(list)
    for groups in combinations_with_replacement(range(40, -1, -1), 3):
        known[tuple(nested(groups))].append(groups)
    for said, could_be in known.items():
        if said[0] == "40":
            continue  # larger groups say the same: here the list of candidates is cut short
        for place, text in enumerate(said):
            if text == FEW:
                assert len({groups[place] for groups in could_be}) >= 5
        for place in range(2):
            left = {groups[place] - groups[place + 1] for groups in could_be}
            assert min(left) >= 10 or len(left) >= 5


@pytest.mark.parametrize(
    ("some", "of", "said"),
    [(62, 74, "84"), (65, 74, FEW), (9, 74, FEW), (0, 0, FEW), (10, 20, "[u]"), (12, 24, "50")],
)
def test_a_share_is_said_where_both_sides_are_ten_or_more(some, of, said):
    assert part(some, of) == said

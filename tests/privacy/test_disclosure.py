"""Disclosure control of one table, by the published vectors of the rules.

Of other offices' formats ours uses none of these: rounding to the middle of six (0, 3, 9, 15), with which an office
publishes counts that nobody holds against each other; and the marks [none] and [low] of the OfS for a share of under
three and of under 23, in whose place stands [u] here, for the one mark more would tell of the small groups.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.disclosure import (
    FEW,
    HESA,
    MEANING,
    NHS_OPENSAFELY,
    PROFILES,
    UNSURE,
    headcount,
    meaning,
    number,
    rate,
    rounded,
    statistic,
    values,
)

counts = st.integers(min_value=0, max_value=5_000)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0, 0), (1, 0), (2, 0), (2.4, 0), (2.5, 5), (3, 5), (7, 5), (7.5, 10), (8, 10), (12, 10), (12.5, 15),
        (13, 15), (22, 20), (22.5, 25), (23, 25), (3286, 3285),
    ],
)  # fmt: skip
def test_a_number_goes_to_the_nearest_five_and_halves_go_up(value, said):
    assert rounded(value, 5) == said


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, "[c]"), (2, "[c]"), (9, "[c]"), (10, "10"), (11, "10"), (12, "10"), (13, "15"), (14, "15"),
        (15, "15"), (17, "15"), (18, "20"), (22, "20"), (23, "25"),
    ],
)  # fmt: skip
def test_a_headcount_under_ten_is_not_said_and_none_looks_the_same(n, said):
    assert headcount(n) == said


@pytest.mark.parametrize(
    ("n", "x", "people", "share"),
    [
        (22, 8, "20", "[u]"), (23, 8, "25", "35"), (24, 8, "25", "35"), (30, 7, "30", "25"),
        (48, 2, "50", "[DPL]"), (48, 3, "50", "5"), (48, 45, "50", "95"), (48, 46, "50", "[DPH]"),
        (52, 13, "50", "25"), (53, 13, "55", "24"), (150, 31, "150", "20"), (400, 77, "400", "19"),
        (9, 3, "[c]", "[c]"), (10, 3, "10", "[u]"),
    ],
)  # fmt: skip
def test_a_share_is_on_a_grid_as_coarse_as_its_group_is_small(n, x, people, share):
    assert (headcount(n), rate(x, n)) == (people, share)


@pytest.mark.parametrize(
    ("exact", "said"),
    [
        ([42, 31, 6, 58, 4, 9, 150], ["40", "30", "[c]", "60", "[c]", "[c]", "150"]),
        ([42, 31, 12, 58, 11, 3, 157], ["40", "30", "10", "60", "10", "[c]", "155"]),
        ([43, 7, 50], ["45", "[c]", "50"]),
        ([50, 2, 52], ["50", "[c]", "50"]),
        ([30, 90, 3, 17], ["30", "90", "[c]", "15"]),
    ],
)
def test_the_cells_of_one_table_and_its_total_are_rounded_each_by_itself(exact, said):
    assert [headcount(n) for n in exact] == said


@given(counts, counts)
def test_no_number_is_about_fewer_than_ten_people_and_no_share_about_fewer_than_23(x, n):
    x = min(x, n)
    assert headcount(n) == FEW or int(headcount(n)) >= 10
    said = rate(x, n)
    assert said in MEANING or (n >= 23 and 2 < x < n - 2 and 0 <= int(said) <= 100)


def test_a_statistic_needs_each_of_its_groups_to_be_large_enough():
    assert statistic(0.7812, (40, 23), 2) == "0.78"
    assert statistic(0.7812, (400, 22), 2) == UNSURE
    assert statistic(5.0, (23,)) == "5"


def test_a_mark_is_no_number():
    assert [number(said) for said in ("35", "0.78", FEW, "")] == [35, 0.78, None, None]


@pytest.mark.parametrize(
    ("counts", "said", "total"),
    [((3, 8, 16, 23), ["[c]", "10", "15", "25"], 50), ((18, 23, 31, 44), ["20", "25", "30", "45"], 120)],
)
def test_by_the_rules_of_opensafely_seven_and_fewer_are_not_said(counts, said, total):
    assert [headcount(n, NHS_OPENSAFELY) for n in counts] == said
    # Their total is the sum of what is said. Ours is rounded by itself, and the attacker knows both.
    assert sum(number(one) or 0 for one in said) == total
    assert abs(int(headcount(sum(counts), NHS_OPENSAFELY)) - total) <= 5
    assert values("10", NHS_OPENSAFELY) == (8, 12)
    assert values("[c]", NHS_OPENSAFELY) == (0, 7)


def test_by_the_rules_of_hesa_every_count_is_said_to_five_and_a_share_from_23_on():
    assert [headcount(n, HESA) for n in (0, 2, 3, 7, 8, 3286)] == ["0", "0", "5", "5", "10", "3285"]
    assert values("0", HESA) == (0, 2)
    assert [rate(8, n, HESA) for n in (22, 22.4, 22.5, 23)] == [UNSURE, UNSURE, "35", "35"]
    assert [statistic(5.0, (n,), rules=HESA) for n in (7, 8)] == [UNSURE, "5"]
    assert rate(0, 40, HESA) == "0"  # its shares have no edge


@pytest.mark.parametrize("rules", PROFILES.values(), ids=PROFILES)
def test_the_values_of_a_headcount_are_just_those_that_are_said_so(rules):
    for n in range(200):
        low, high = values(headcount(n, rules), rules)
        assert low <= n <= high
        assert {headcount(m, rules) for m in range(low, high + 1)} == {headcount(n, rules)}


@pytest.mark.parametrize("rules", PROFILES.values(), ids=PROFILES)
def test_every_mark_that_can_stand_there_is_explained(rules):
    marks = {
        said for n in range(60) for x in range(n + 1) for said in (headcount(n, rules), rate(x, n, rules))
    }
    assert {mark for mark in marks if number(mark) is None} == set(meaning(rules))

"""What an attacker works out from the figures of one table, before any is hidden beside the small ones."""

from types import SimpleNamespace

import pytest

from privacy.attacker import Attacker
from privacy.cells import Cells
from privacy.disclosure import FEW, ONS_10_5_OFS, headcount
from privacy.grouping import Grouping
from privacy.lattice import ALL, Lattice, Node
from tests.privacy.linear_attacker import LinearAttacker

NODES = [Node("s", "School", "school"), Node("c1", "One", "course", "s"), Node("c2", "Two", "course", "s")]


def bounds(counts, key, beside=frozenset()):
    """The fewest and the most people in a cell, by our attacker and by that of the tests, which are of one mind.

    `counts` are the students of each group at the one node, or at each of two courses under one school.
    """
    lattice = Lattice.of(NODES if isinstance(counts[0], tuple) else NODES[:1])
    courses = {"c1": counts[0], "c2": counts[1]} if isinstance(counts[0], tuple) else {"s": counts}
    groups = [str(n) for n in range(len(next(iter(courses.values()))))]
    cells = Cells(lattice, Grouping.flat(groups))
    people = {
        (leaf, (group,)): n for leaf, of in courses.items() for group, n in zip(groups, of, strict=True)
    }
    heads = {one: FEW if one in beside else headcount(count) for one, count in cells.summed(people).items()}
    found = Attacker(cells, heads, frozenset(beside), ONS_10_5_OFS).people(key)
    said = SimpleNamespace(headcounts=heads, audit=SimpleNamespace(beside=beside))
    table = {"t": SimpleNamespace(cells=cells)}
    assert LinearAttacker(table, {"t": said}, ONS_10_5_OFS).people("t", key) == found
    return found


@pytest.mark.parametrize(
    ("counts", "group", "left"),
    [
        ((42, 31, 6, 58, 4, 9), "2", (0, 9)),
        ((42, 31, 6, 58, 4, 9), "4", (0, 9)),
        ((42, 31, 6, 58, 4, 9), "5", (0, 9)),
        ((42, 31, 12, 58, 11, 3), "5", (0, 9)),
        ((42, 6), "1", (6, 9)),  # four values are too few: the other is hidden too
        ((43, 7), "1", (1, 9)),
        ((50, 2), "1", (0, 4)),
    ],
)
def test_of_a_small_group_at_one_node_so_much_stays_open(counts, group, left):
    assert bounds(list(counts), ("s", group)) == left


def test_with_the_other_group_hidden_beside_it_a_small_one_is_open_again():
    assert bounds([42, 6], ("s", "1"), {("s", "0")}) == (0, 9)


@pytest.mark.parametrize(
    ("counts", "key", "beside", "left"),
    [
        (((30, 90), (3, 17)), ("c2", "0"), (), (1, 9)),
        (((32, 90), (6, 12)), ("c2", "0"), (), (6, 9)),
        (((32, 90), (6, 12)), ("c2", "0"), (("c1", "0"), ("c2", "1")), (4, 9)),
        (((55, 48, 1), (21, 33, 0)), ("c1", "2"), (), (0, 6)),
        (((55, 48, 1), (21, 33, 0)), ("s", "2"), (), (0, 8)),
    ],
)
def test_of_a_small_group_on_one_of_two_courses_so_much_stays_open(counts, key, beside, left):
    assert bounds(counts, key, set(beside)) == left


def test_a_total_that_is_hidden_says_nothing():
    assert bounds([42, 6], ("s", "1"), {("s", ALL)}) == (0, 9)

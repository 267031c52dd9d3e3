"""Releases against an attacker who knows every rule: what is hidden stays hidden."""

from random import Random

import pytest

from privacy.attacker import Attacker
from privacy.disclosure import FEW, ONS_10_5_OFS, UNSURE
from privacy.lattice import ALL, Lattice, Node, UnknownNode
from privacy.release import CANDIDATES, build

ONE = Lattice.of([Node("u", "University", "university")])
TWO = Lattice.of(
    [Node("s", "School", "school"), Node("c1", "One", "course", "s"), Node("c2", "Two", "course", "s")]
)


def single(counts):
    people = {("u", str(n)): count for n, count in enumerate(counts)}
    return build(ONE, [str(n) for n in range(len(counts))], people, {})


def said(release, node, *categories):
    return [release.headcounts[node, category] for category in categories]


def bounds(lattice, categories, release, key):
    """What the attacker knows of the cell who guesses which of the hidden ones are small."""
    return attacking(lattice, categories, release).people(key)


def attacking(lattice, categories, release):
    beside = frozenset(release.audit.beside)
    return Attacker(lattice, categories, release.headcounts, {}, ONS_10_5_OFS, beside)


@pytest.mark.parametrize(
    ("counts", "shown", "total"),
    [
        ([42, 31, 6, 58, 4, 9], ["40", "30", "[c]", "60", "[c]", "[c]"], "150"),
        ([42, 31, 12, 58, 11, 3], ["40", "30", "10", "60", "10", "[c]"], "155"),
        ([42, 6], ["[c]", "[c]"], "50"),
        ([43, 7], ["45", "[c]"], "50"),
        ([50, 2], ["50", "[c]"], "50"),
    ],
)
def test_one_node_is_said_as_far_as_nobody_is_told_apart(counts, shown, total):
    release = single(counts)
    assert said(release, "u", *(str(n) for n in range(len(counts)))) == shown
    assert release.headcounts["u", ALL] == total


@pytest.mark.parametrize(
    ("c1", "c2", "school", "shown1", "shown2"),
    [
        ((30, 90), (3, 17), ["35", "105", "140"], ["30", "90", "120"], ["[c]", "15", "20"]),
        ((32, 90), (6, 12), ["40", "100", "140"], ["[c]", "90", "120"], ["[c]", "[c]", "20"]),
    ],
)
def test_a_school_and_its_courses_do_not_give_each_other_away(c1, c2, school, shown1, shown2):
    people = {("c1", "d"): c1[0], ("c1", "n"): c1[1], ("c2", "d"): c2[0], ("c2", "n"): c2[1]}
    release = build(TWO, ["d", "n"], people, {})
    assert said(release, "s", "d", "n", ALL) == school
    assert said(release, "c1", "d", "n", ALL) == shown1
    assert said(release, "c2", "d", "n", ALL) == shown2
    low, high = bounds(TWO, ["d", "n"], release, ("c2", "d"))
    assert high - low + 1 >= CANDIDATES


def test_one_student_of_another_sex_is_not_given_away():
    counts = {"c1": (55, 48, 1), "c2": (21, 33, 0)}
    people = {(c, s): n for c, of in counts.items() for s, n in zip("FMX", of, strict=True)}
    release = build(TWO, list("FMX"), people, {})
    assert said(release, "s", *"FMX", ALL) == ["75", "80", "[c]", "160"]
    assert said(release, "c1", *"FMX", ALL) == ["55", "50", "[c]", "105"]
    assert said(release, "c2", *"FMX", ALL) == ["20", "35", "[c]", "55"]


def test_what_is_no_node_is_not_computed():
    with pytest.raises(UnknownNode):
        TWO.node("s minus c1")
    assert ("s minus c1", "F") not in build(TWO, ["F"], {("c1", "F"): 30}, {}).headcounts


@pytest.mark.parametrize(
    "nodes",
    [
        [Node("c", "Course", "course", "s"), Node("s", "School", "school")],
        [Node("s", "School", "school"), Node("s", "School", "school")],
    ],
)
def test_a_tree_that_is_none_is_refused(nodes):
    with pytest.raises(ValueError, match="twice, or before"):
        Lattice.of(nodes)


def university(seed: int, courses: int = 6, groups: int = 4):
    """A small invented university: schools of one to three courses, groups of very different sizes."""
    dice = Random(seed)
    nodes = [Node("u", "University", "university")]
    leaves = []
    while len(leaves) < courses:
        school = f"s{len(nodes)}"
        nodes.append(Node(school, school, "school", "u"))
        for _ in range(min(dice.randint(1, 3), courses - len(leaves))):
            leaf = f"c{len(leaves)}"
            nodes.append(Node(leaf, leaf, "course", school))
            leaves.append(leaf)
    categories = [f"g{n}" for n in range(dice.randint(2, groups))]
    shares = [dice.random() ** 3 for _ in categories]
    people = {
        (leaf, group): int(size * share * 2 * dice.random())
        for leaf in leaves
        for size in [dice.randint(5, 150)]
        for group, share in zip(categories, shares, strict=True)
    }
    having = {key: sum(dice.random() < 0.3 for _ in range(count)) for key, count in people.items()}
    return Lattice.of(nodes), categories, people, having


@pytest.mark.parametrize("start", range(0, 200, 25))
def test_of_200_small_universities_no_hidden_count_has_fewer_than_five_values(start):
    for seed in range(start, start + 25):
        lattice, categories, people, _ = university(seed)
        release = build(lattice, categories, people, {})
        attacker = attacking(lattice, categories, release)
        for key, count in lattice.summed(people, categories).items():
            if count < 10:
                low, high = attacker.people(key)
                assert low <= count <= high
                assert high - low + 1 >= CANDIDATES, (seed, key)


@pytest.mark.parametrize("start", range(0, 24, 6))
def test_nor_does_a_share_tell_what_stands_beside_it(start):
    for seed in range(start, start + 6):
        lattice, categories, people, having = university(seed)
        release = build(lattice, categories, people, {"suggested": having})
        beside = frozenset(release.audit.beside)
        shares = release.rates["suggested"]
        attacker = Attacker(lattice, categories, release.headcounts, shares, ONS_10_5_OFS, beside)
        exact, having_it = lattice.summed(people, categories), lattice.summed(having, categories)
        for key, share in shares.items():
            low, high = attacker.having(key)
            assert low <= having_it[key] <= high
            if share in (FEW, UNSURE) and 0 < exact[key] < 23 and attacker.people(key)[1] >= 2:
                assert high - low + 1 >= 3, (seed, key)


def test_the_same_counts_make_the_same_release_in_whatever_order():
    lattice, categories, people, having = university(3)
    other = dict(sorted(people.items(), reverse=True))
    assert build(lattice, categories, people, {"m": having}) == build(
        lattice, categories, other, {"m": having}
    )

"""Releases against an attacker who knows every rule and every table: what is hidden stays hidden."""

from random import Random

import pytest

from privacy.cells import Cells, Counted
from privacy.disclosure import FEW, NEARLY_ALL, ONS_10_5_OFS, UNSURE, number
from privacy.families import Family
from privacy.grouping import Grouping, Step
from privacy.hiding import CANDIDATES
from privacy.lattice import ALL, Lattice, Node, UnknownNode
from privacy.release import Before, build
from tests.privacy.linear_attacker import LinearAttacker

ONE = Lattice.of([Node("u", "University", "university")])
TWO = Lattice.of(
    [Node("s", "School", "school"), Node("c1", "One", "course", "s"), Node("c2", "Two", "course", "s")]
)
SUGGESTED = Family(("suggested",))
RATED = Family(("well", "partly", "low"), apart=True)
FOLLOWED = Family(("suggested", "recovered"))


def flat(lattice, groups, people):
    return Counted(
        Cells(lattice, Grouping.flat(groups)), {(n, (g,)): count for (n, g), count in people.items()}
    )


def alone(lattice, groups, people):
    return build({"t": flat(lattice, groups, people)})["t"]


def single(counts):
    people = {("u", str(n)): count for n, count in enumerate(counts)}
    return alone(ONE, [str(n) for n in range(len(counts))], people)


def said(release, node, *groups):
    return [release.headcounts[node, group] for group in groups]


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
    tables = {"t": flat(TWO, ["d", "n"], people)}
    made = build(tables)
    release = made["t"]
    assert said(release, "s", "d", "n", ALL) == school
    assert said(release, "c1", "d", "n", ALL) == shown1
    assert said(release, "c2", "d", "n", ALL) == shown2
    low, high = LinearAttacker(tables, made, ONS_10_5_OFS).people("t", ("c2", "d"))
    assert high - low + 1 >= CANDIDATES


def test_one_student_of_another_sex_is_not_given_away():
    counts = {"c1": (55, 48, 1), "c2": (21, 33, 0)}
    people = {(c, s): n for c, of in counts.items() for s, n in zip("FMX", of, strict=True)}
    release = alone(TWO, list("FMX"), people)
    assert said(release, "s", *"FMX", ALL) == ["75", "80", "[c]", "160"]
    assert said(release, "c1", *"FMX", ALL) == ["55", "50", "[c]", "105"]
    assert said(release, "c2", *"FMX", ALL) == ["20", "35", "[c]", "55"]


def test_what_is_no_node_is_not_computed():
    with pytest.raises(UnknownNode):
        TWO.node("s minus c1")
    assert ("s minus c1", "F") not in alone(TWO, ["F"], {("c1", "F"): 30}).headcounts


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


def tree(dice, courses=6):
    """A small invented university: schools of one to three courses."""
    nodes = [Node("u", "University", "university")]
    leaves = []
    while len(leaves) < courses:
        school = f"s{len(nodes)}"
        nodes.append(Node(school, school, "school", "u"))
        for _ in range(min(dice.randint(1, 3), courses - len(leaves))):
            leaf = f"c{len(leaves)}"
            nodes.append(Node(leaf, leaf, "course", school))
            leaves.append(leaf)
    return Lattice.of(nodes), leaves


def university(seed, tables=1, courses=6, groups=4, measures=()):
    """Its students by the groups of so many characteristics, groups of very different sizes; and who has what."""
    dice = Random(seed)
    lattice, leaves = tree(dice, courses)
    names = [[f"{table}{n}" for n in range(dice.randint(2, groups))] for table in range(tables)]
    weights = [[dice.random() ** 3 for _ in of] for of in names]
    people = [{} for _ in names]
    having = [{measure: {} for measure in measures} for _ in names]
    for leaf in leaves:
        for _ in range(dice.randint(5, 150)):
            own = [dice.choices(of, weight)[0] for of, weight in zip(names, weights, strict=True)]
            has = own_measures(dice, measures)
            for table, group in enumerate(own):
                here = leaf, (group,)
                people[table][here] = people[table].get(here, 0) + 1
                for measure in has:
                    having[table][measure][here] = having[table][measure].get(here, 0) + 1
    return {
        f"t{table}": Counted(Cells(lattice, Grouping.flat(names[table])), people[table], having[table])
        for table in range(tables)
    }


def own_measures(dice, measures):
    if measures == RATED.measures:
        return [dice.choices(measures, [7, 3, 2])[0]] if dice.random() < 0.9 else []
    had = dice.random() < 0.3
    return [measure for n, measure in enumerate(measures) if had and (not n or dice.random() < 0.5)]


def hidden_counts_stay_open(tables, made, attacker=None):
    attacker = attacker or LinearAttacker(tables, made, ONS_10_5_OFS)
    for name, one in tables.items():
        for key, count in one.cells.summed(one.people).items():
            if count < 10:
                low, high = attacker.people(name, key)
                assert low <= count <= high
                assert high - low + 1 >= CANDIDATES, (name, key)


@pytest.mark.parametrize("start", range(0, 200, 25))
def test_of_200_small_universities_no_hidden_count_has_fewer_than_five_values(start):
    for seed in range(start, start + 25):
        tables = university(seed)
        hidden_counts_stay_open(tables, build(tables))


@pytest.mark.parametrize("start", range(0, 20, 5))
def test_nor_has_one_that_is_attacked_with_two_characteristics_at_once(start):
    for seed in range(start, start + 5):
        tables = university(seed, tables=2, courses=4)
        hidden_counts_stay_open(tables, build(tables))


@pytest.mark.parametrize("family", [SUGGESTED, RATED, FOLLOWED], ids=lambda family: " ".join(family.measures))
def test_nor_does_a_share_tell_what_stands_beside_it(family):
    for seed in range(8):
        tables = university(seed, measures=family.measures)
        made = build(tables, [family])
        attacker = LinearAttacker(tables, made, ONS_10_5_OFS, family)
        shares_stay_open(tables, made, attacker, family)


def test_nor_with_two_characteristics_at_once():
    # Of 200 such universities these last gave something away when shares were looked at table by table.
    for family, seeds in ((SUGGESTED, (*range(6), 50, 77, 146, 177)), (FOLLOWED, (93,))):
        for seed in seeds:
            tables = university(seed, tables=2, courses=4, groups=3, measures=family.measures)
            made = build(tables, [family])
            attacker = LinearAttacker(tables, made, ONS_10_5_OFS, family)
            shares_stay_open(tables, made, attacker, family)


def test_nor_do_shares_narrow_a_hidden_headcount_to_fewer_than_five_values():
    for seed in (60, 85, 133):
        tables = university(seed, courses=4, groups=3, measures=RATED.measures)
        made = build(tables, [RATED])
        hidden_counts_stay_open(tables, made, LinearAttacker(tables, made, ONS_10_5_OFS, RATED))


def shares_stay_open(tables, made, attacker, family):
    """Of every cell without a share, and the headcounts too for who knows the shares."""
    hidden_counts_stay_open(tables, made, attacker)
    for name, one in tables.items():
        exact = one.cells.summed(one.people)
        for measure in family.measures:
            having = one.cells.summed(one.having[measure])
            for key, share in made[name].shares[measure].items():
                if number(share) is None and exact[key]:
                    low, high = (
                        attacker.without(name, measure, key)
                        if share == NEARLY_ALL
                        else attacker.having(name, measure, key)
                    )
                    true = exact[key] - having[key] if share == NEARLY_ALL else having[key]
                    assert low <= true <= high
                    open_enough = high - low + 1 >= 3 or attacker.people(name, key)[1] < 2
                    assert open_enough, (name, measure, key)


def test_little_is_hidden_beside_what_is_small():
    small = beside = 0
    for seed in range(100):
        (made,) = build(university(seed)).values()
        small, beside = small + made.audit.small, beside + len(made.audit.beside)
    assert beside <= small / 10


def test_where_a_school_has_one_course_what_both_say_is_hidden_and_nothing_else_in_the_university():
    nodes = [Node("u", "University", "university")]
    people = {}
    for n in range(8):
        nodes += [Node(f"s{n}", f"s{n}", "school", "u"), Node(f"c{n}", f"c{n}", "course", f"s{n}")]
        people |= {(f"c{n}", "full"): 90 + n, (f"c{n}", "part"): 30 if n else 8}
    hidden = alone(Lattice.of(nodes), ["full", "part"], people).audit.beside
    assert {node for node, _ in hidden} <= {"s0", "c0"}
    assert len(hidden) <= 4


LADDER = Grouping(
    (
        Step(("English", "Irish", "Chinese", "Not known"), kinds=frozenset({"university"})),
        Step(("White", "Asian", "Not known"), kinds=frozenset({"university", "school"})),
        Step(("White", "Others", "Not known")),
    ),
    frozenset(
        {
            ("English", "White", "White"),
            ("Irish", "White", "White"),
            ("Chinese", "Asian", "Others"),
            ("Not known", "Asian", "Others"),  # known no finer than that
            ("Not known", "Not known", "Others"),
            ("Not known", "Not known", "Not known"),
        }
    ),
)


def test_a_node_shows_the_steps_of_a_ladder_that_are_for_its_kind_and_no_step_gives_another_away():
    dice = Random(7)
    for _ in range(10):
        lattice, leaves = tree(dice, 4)
        people = {
            (leaf, one): dice.randint(0, 6 if one[0] == "Irish" else 40)
            for leaf in leaves
            for one in sorted(LADDER.combinations)
        }
        tables = {"t": Counted(Cells(lattice, LADDER), people)}
        made = build(tables)
        hidden_counts_stay_open(tables, made)
        said = made["t"].headcounts
        assert {cell for node, cell in said if node == leaves[0]} == {ALL, "White", "Others", "Not known 3"}
        assert {cell for node, cell in said if node == "u"} == {
            *(ALL, "English", "Irish", "Chinese", "Not known"),
            *("White", "Asian", "Not known 2", "Others", "Not known 3"),
        }


def test_a_total_that_one_characteristic_must_hide_no_other_says():
    # Of 18 in two groups of nine, the total tells both.
    nines = flat(ONE, ["a", "b"], {("u", "a"): 9, ("u", "b"): 9})
    whole = flat(ONE, ["c"], {("u", "c"): 18})
    made = build({"nines": nines, "whole": whole})
    assert {one.headcounts["u", ALL] for one in made.values()} == {FEW}
    assert made["whole"].headcounts["u", "c"] == FEW


def test_a_later_release_of_the_same_students_says_no_headcount_and_no_share_that_the_first_did_not():
    people = {("u", ("a",)): 9, ("u", ("b",)): 9}
    nines = {"t": Counted(Cells(ONE, Grouping.flat(["a", "b"])), people)}
    everybody = Cells(ONE, Grouping((), frozenset({()})))
    week = Counted(everybody, {("u", ()): 18}, {"suggested": {("u", ()): 4}})
    assert build({"t": week}, [SUGGESTED])["t"].headcounts["u", ALL] == "20"
    (first,) = build(nines).values()
    later = build({"t": week}, [SUGGESTED], before=Before({"u": first.headcounts["u", ALL]}, frozenset()))[
        "t"
    ]
    assert later.headcounts["u", ALL] == later.shares["suggested"]["u", ALL] == FEW
    many = Counted(everybody, {("u", ()): 180}, {"suggested": {("u", ()): 40}})
    told = Before({"u": "180"}, frozenset({("suggested", "u")}))
    assert build({"t": many}, [SUGGESTED], before=told)["t"].shares["suggested"]["u", ALL] == UNSURE
    moved = build({"t": many}, [SUGGESTED], before=Before({"u": "175"}, frozenset()))["t"]
    assert moved.headcounts["u", ALL] == FEW


def test_the_same_counts_make_the_same_release_in_whatever_order():
    tables = university(3, measures=SUGGESTED.measures)
    other = {
        name: Counted(one.cells, dict(sorted(one.people.items(), reverse=True)), one.having)
        for name, one in tables.items()
    }
    assert build(tables, [SUGGESTED]) == build(other, [SUGGESTED])

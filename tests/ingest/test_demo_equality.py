"""The demo's characteristics: believable, the same each time, and with two gaps that are really there."""

from collections import Counter
from datetime import date

import pytest

from ingest.demo.equality import _AWAY, _SELDOM, profiles
from ingest.demo.university import university
from privacy import groupings, release_cells
from privacy.cells import Cells, Counted
from privacy.characteristics import (
    DOMICILES,
    ETHNIC_GROUPS,
    GROUPS,
    LADDER,
    NOT_IN_ENGLAND,
    QUINTILES,
    UNKNOWN,
    Dimension,
    Home,
)
from privacy.disclosure import ONS_10_5_OFS
from privacy.evidence import Verdict
from privacy.lattice import Lattice, Node
from privacy.release import build
from privacy.releases import FAMILIES, Measure

BOTH = {(Dimension.ETHNICITY.value, "Black"), (Dimension.DISABILITY.value, "Mental health")}


@pytest.fixture(scope="module")
def made():
    return university(date(2026, 11, 23), 1_200, 7)


@pytest.fixture(scope="module")
def known(made):
    return profiles(made.students, made.chance("equality"))


def test_every_student_has_the_same_profile_each_time(made, known):
    assert known == profiles(made.students, made.chance("equality"))
    assert set(known) == {student.key for student in made.students}


def test_each_profile_is_one_that_a_load_could_bring(known):
    for profile in known.values():
        assert profile.held[Dimension.ETHNICITY] in {*ETHNIC_GROUPS, UNKNOWN}
        for dimension, groups in GROUPS.items():
            held = profile.held[dimension]
            assert dimension is Dimension.ETHNICITY or held in groups.names
        assert profile.domicile in DOMICILES
        here = profile.domicile == Home.ENGLAND
        for dimension in (Dimension.DEPRIVATION, Dimension.PARTICIPATION):
            assert (profile.held[dimension] in QUINTILES) <= here
            assert (profile.held[dimension] == NOT_IN_ENGLAND) <= (not here)
        assert (profile.imd_version == 2019) == (profile.held[Dimension.DEPRIVATION] in QUINTILES)


def test_the_shares_are_those_of_a_university(known):
    for dimension in Dimension:
        groups = Counter(GROUPS[dimension].group(profile.held[dimension]) for profile in known.values())
        assert set(groups) >= set(GROUPS[dimension].compared)
        assert groups[UNKNOWN] / len(known) < 0.1
    ethnicities = Counter(profile.held[Dimension.ETHNICITY] for profile in known.values())
    assert len(ethnicities) >= 18
    assert 0.5 < ethnicities["160"] / len(known) < 0.6


def test_two_groups_are_seldom_in_class_more_often_and_no_third_one_is(made, known):
    away, large = seldom_in_class(made), {}
    for dimension, steps in LADDER.items():
        groups = GROUPS[dimension] if dimension is Dimension.ETHNICITY else steps[0]
        for name in set(groups.compared) - {groups.reference}:
            of = [key for key, profile in known.items() if groups.group(profile.held[dimension]) == name]
            share = sum(key in away for key in of) / len(of)
            if len(of) >= 50 and share > 2 * len(away) / len(known):
                large[name] = share
    assert set(large) == {"Black", "Mental health"}


def test_a_release_of_so_many_students_tells_of_both_gaps_and_of_no_third_one(made, known):
    likely = likely_gaps(made, known, seldom_in_class(made))
    assert likely >= BOTH
    assert {dimension for dimension, _ in likely} == {Dimension.ETHNICITY.value, Dimension.DISABILITY.value}


def test_both_are_found_too_where_an_autumn_census_tells_of_half_of_them_and_of_a_sixth_of_all_others(
    made, known
):
    away = sorted(seldom_in_class(made))
    others = sorted(student.key for student in made.students if student.key not in away)
    assert likely_gaps(made, known, {*away[::2], *others[::6]}) >= BOTH


def test_either_group_is_of_a_believable_size(known):
    for dimension, name, low, high in (
        (Dimension.ETHNICITY, "Black", 0.08, 0.12),
        (Dimension.DISABILITY, "Mental health", 0.06, 0.1),
    ):
        held = [GROUPS[dimension].group(profile.held[dimension]) for profile in known.values()]
        assert low < held.count(name) / len(held) < high


def likely_gaps(made, known, having):
    tables = {one.value: counted(made.students, known, one, having) for one in Dimension}
    release = build(tables, FAMILIES)
    return {
        (name, one.group)
        for name, table in tables.items()
        for one in release_cells.said(name, table, release[name], {}, ONS_10_5_OFS)
        if one.node == "u" and one.verdict == Verdict.LIKELY
    }


def seldom_in_class(made):
    return {
        student.key
        for student in made.students
        if student.habits.kind in _AWAY or student.habits.attends < _SELDOM
    }


def counted(students, known, dimension, absent):
    """One table over the university, its schools and their courses."""
    courses = {student.place.course.code: student.place.course.school for student in students}
    nodes = [Node("u", "University", "university")]
    nodes += [Node(one, one, "school", "u") for one in sorted(set(courses.values()))]
    nodes += [Node(code, code, "course", school) for code, school in sorted(courses.items())]
    people, having = Counter(), Counter()
    for student in students:
        here = student.place.course.code, groupings.belonging(dimension, known[student.key])
        people[here] += 1
        having[here] += student.key in absent
    cells = Cells(Lattice.of(nodes), groupings.GROUPINGS[dimension.value])
    return Counted(cells, people, {Measure.ABSENT.name: having})

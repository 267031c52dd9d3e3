"""Characteristics: every code in its group, the traps of the old ones, and the ladders between fine and coarse."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from privacy import characteristic_codes as codes
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
    Profile,
    lines,
)

DETAILED, SIX, TWO = LADDER[Dimension.ETHNICITY]
KINDS, DECLARED = LADDER[Dimension.DISABILITY]
HELD = {dimension: groups.names[0] for dimension, groups in GROUPS.items()}


@pytest.mark.parametrize(
    ("code", "present", "six", "two"),
    [
        ("100", "100", "Asian", "Global majority"),
        ("139", "139", "Black", "Global majority"),
        ("168", "168", "White", "White"),
        ("180", "180", "Other", "Global majority"),
        ("998", UNKNOWN, UNKNOWN, UNKNOWN),
        ("31", "103", "Asian", "Global majority"),
        ("34", "101", "Asian", "Global majority"),
        ("22", "120", "Black", "Global majority"),
        ("41", "142", "Mixed", "Global majority"),  # 41 and 43 have changed places
        ("43", "140", "Mixed", "Global majority"),
        ("11", "166", "White", "White"),
        ("51", "166", "White", "White"),  # Jisc's own for Irish
        ("15", "163", "White", "White"),
        ("50", "180", "Other", "Global majority"),
        ("90", UNKNOWN, UNKNOWN, UNKNOWN),
        ("98", UNKNOWN, UNKNOWN, UNKNOWN),
    ],
)
def test_an_ethnicity_old_or_new_is_kept_by_its_present_code_and_grouped_by_table(code, present, six, two):
    held = codes.ETHNICITY[code]
    assert (held, SIX.group(held), TWO.group(held)) == (present, six, two)


def test_the_nations_of_britain_were_one_group_before_and_are_near_to_one_code_now():
    assert {codes.ETHNICITY[code] for code in ("10", "12", "13")} == {"160"}
    assert [code for code in codes.ETHNICITY if codes.near(code)] == ["10", "12", "13"]


def test_what_is_known_more_coarsely_than_a_step_is_not_known_there():
    assert (DETAILED.group("Asian"), SIX.group("Asian"), TWO.group("Asian")) == (
        UNKNOWN,
        "Asian",
        "Global majority",
    )
    assert (KINDS.group("Disability declared"), DECLARED.group("Disability declared")) == (
        UNKNOWN,
        "Disability declared",
    )
    assert {KINDS.group("7"), SIX.group(""), TWO.group("Quokka")} == {UNKNOWN}


@pytest.mark.parametrize(
    ("code", "group"),
    [
        ("10", "Female"), ("11", "Male"), ("12", "Other"), ("98", UNKNOWN), ("96", UNKNOWN), ("99", UNKNOWN),
        ("1", "Male"), ("2", "Female"), ("3", "Other"), ("4", UNKNOWN),  # the old codes run the other way round
    ],
)  # fmt: skip
def test_sex_old_and_new(code, group):
    assert codes.SEX[code] == group


@pytest.mark.parametrize(
    ("told", "group"),
    [
        (["95"], "None known"),
        (["00"], "None known"),
        (["55"], "Mental health"),
        (["55", "55"], "Mental health"),
        (["51", "55"], "Multiple"),
        (["54", "56"], "Multiple"),
        (["08"], "Multiple"),
        (["96"], "Sensory, medical or physical"),  # in teacher training too; there 98 and 99 are as here
        (["declared"], "Disability declared"),
        (["98"], UNKNOWN),
        (["99"], UNKNOWN),
        ([], UNKNOWN),
    ],
)
def test_disability_has_one_group_whatever_the_number_of_codes(told, group):
    assert codes.disability(told) == group


@pytest.mark.parametrize(
    "told", [["95", "51"], ["98", "99"], ["00", "08"], ["50"], ["95", "x"], ["declared", "99"]]
)
def test_codes_that_cannot_be_or_cannot_stand_together_are_none(told):
    with pytest.raises(ValueError, match="no codes"):
        codes.disability(told)


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (date(2005, 9, 22), "Under 21"),
        (date(2005, 9, 21), "21 to 24"),
        (date(2001, 9, 22), "21 to 24"),
        (date(2001, 9, 21), "25 to 29"),
        (date(1996, 9, 21), "30 and over"),
        (None, UNKNOWN),
        (date(2027, 1, 1), UNKNOWN),
    ],
)
def test_age_is_that_of_the_first_day(born, band):
    assert codes.age(born, date(2026, 9, 21)) == band
    assert codes.age(born, None) == UNKNOWN


@pytest.mark.parametrize(
    ("code", "held", "group"),
    [
        ("XF", Home.ENGLAND, "UK"), ("XI", Home.ELSEWHERE, "UK"), ("JE", Home.ELSEWHERE, "UK"),
        ("XK", Home.SOMEWHERE, "UK"), ("GB", Home.SOMEWHERE, "UK"), ("FR", "EU", "EU"), ("XA", "EU", "EU"),
        ("XB", "Non-EU", "Non-EU"), ("QO", "Non-EU", "Non-EU"), ("CH", "Non-EU", "Non-EU"),
        ("ZZ", UNKNOWN, UNKNOWN), ("XP", UNKNOWN, UNKNOWN),
    ],
)  # fmt: skip
def test_a_domicile_is_in_one_of_four_groups_and_england_is_known_where_the_code_says_so(code, held, group):
    assert (codes.DOMICILE[code], DOMICILES[codes.DOMICILE[code]]) == (held, group)


def test_every_domicile_and_fifth_and_fee_is_a_group_that_is_shown():
    assert set(codes.DOMICILE.values()) == set(DOMICILES)
    assert len(codes._EU_COUNTRIES.split()) == 27 + 6
    assert tuple(codes.FIFTHS.values()) == QUINTILES
    assert set(codes.FEES.values()) == set(GROUPS[Dimension.FEES].names)
    assert set(codes.SEX.values()) == set(GROUPS[Dimension.SEX].names)
    assert set(codes.ETHNICITY.values()) == {*ETHNIC_GROUPS, UNKNOWN}


@pytest.mark.parametrize("dimension", Dimension)
def test_each_step_has_a_reference_knows_its_groups_and_covers_the_finer_one(dimension):
    steps = LADDER[dimension]
    assert GROUPS[dimension] in steps
    for groups in steps:
        assert groups.names[-1] == UNKNOWN
        assert len(set(groups.names)) == len(groups.names)
        assert groups.reference in groups.compared
        assert {*map(groups.group, groups.found), UNKNOWN} == set(groups.names)
        assert UNKNOWN not in groups.compared
    for finer, coarser in pairwise(steps):
        known = [held for held in finer.found if finer.group(held) != UNKNOWN]
        assert UNKNOWN not in map(coarser.group, known)
        for name in finer.compared:  # no group of the finer step lies in two of the coarser
            assert len({coarser.group(held) for held in known if finer.group(held) == name}) == 1


def test_who_is_not_from_england_is_shown_and_compared_with_nobody():
    for dimension in (Dimension.DEPRIVATION, Dimension.PARTICIPATION):
        groups = GROUPS[dimension]
        assert groups.names[-2] == NOT_IN_ENGLAND
        assert groups.compared == QUINTILES


def test_the_groups_as_they_are_shown_are_the_six_and_the_kinds():
    assert GROUPS[Dimension.ETHNICITY] is SIX
    assert GROUPS[Dimension.DISABILITY] is KINDS
    assert SIX.names == ("Asian", "Black", "Mixed", "White", "Other", UNKNOWN)
    assert (len(DETAILED.names), TWO.names) == (20, ("White", "Global majority", UNKNOWN))
    assert DECLARED.names == ("None known", "Disability declared", UNKNOWN)


def test_a_deprivation_counts_by_the_version_of_policy_alone_and_one_outside_england_by_any():
    mine = Profile(HELD, Home.ENGLAND, 2019)
    assert mine.of_index(2019) is mine
    assert mine.of_index(2025).held[Dimension.DEPRIVATION] == UNKNOWN
    assert replace(mine, imd_version=None).of_index(2019).held[Dimension.DEPRIVATION] == UNKNOWN
    elsewhere = Profile({**HELD, Dimension.DEPRIVATION: NOT_IN_ENGLAND}, Home.ELSEWHERE)
    assert elsewhere.of_index(2025).held[Dimension.DEPRIVATION] == NOT_IN_ENGLAND


def test_a_profile_says_nothing_where_it_is_written_down_and_all_of_it_to_its_student():
    mine = Profile({**HELD, Dimension.ETHNICITY: "139"}, Home.ENGLAND, 2019)
    assert repr(mine) == "Profile()"
    assert dict(lines(mine)) == {
        **{dimension.value: held for dimension, held in HELD.items()},
        "ethnicity": "Any other Black background",
        "deprivation of the home area": "Quintile 1 (index of 2019)",
        "domicile": "England",
    }

"""Codes of characteristics: every one in its group, the traps of the old ones, and nothing guessed."""

from datetime import date

import pytest

from privacy.characteristics import (
    GROUPS,
    READ,
    UNKNOWN,
    Dimension,
    age,
    disability,
    ethnicity,
    fees,
    quintile,
    sex,
)

NEW = [100, 101, 103, 104, *range(119, 122), *range(139, 143), 159, 160, 163, 166, 168, 179, 180, 899]


@pytest.mark.parametrize(
    ("code", "group"),
    [
        ("100", "Asian"), ("139", "Black"), ("159", "Mixed"), ("168", "White"), ("180", "Other"), ("998", UNKNOWN),
        ("31", "Asian"), ("34", "Asian"), ("22", "Black"), ("41", "Mixed"), ("10", "White"), ("15", "White"),
        ("50", "Other"), ("90", UNKNOWN), ("", UNKNOWN), ("7", UNKNOWN),
    ],
)  # fmt: skip
def test_ethnicity_old_and_new(code, group):
    assert ethnicity(code) == group


def test_every_code_of_the_record_has_a_group():
    assert UNKNOWN not in map(ethnicity, map(str, NEW))


@pytest.mark.parametrize(
    ("code", "group"),
    [
        ("10", "Female"), ("11", "Male"), ("12", "Other"), ("98", UNKNOWN), ("96", UNKNOWN), ("99", UNKNOWN),
        ("1", "Male"), ("2", "Female"), ("3", "Other"), ("", UNKNOWN),  # the old codes run the other way round
    ],
)  # fmt: skip
def test_sex_old_and_new(code, group):
    assert sex(code) == group


@pytest.mark.parametrize(
    ("codes", "group"),
    [
        (["95"], "None known"),
        (["00"], "None known"),
        (["55"], "Mental health"),
        (["51", "55"], "Multiple"),
        (["08"], "Multiple"),
        (["98"], UNKNOWN),
        ([], UNKNOWN),
    ],
)
def test_disability_has_one_group_whatever_the_number_of_codes(codes, group):
    assert disability(codes) == group


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
    assert age(born, date(2026, 9, 21)) == band


def test_fifths_and_fees():
    assert (quintile("1"), quintile(" 5 "), quintile("6")) == ("Quintile 1", "Quintile 5", UNKNOWN)
    assert (fees("01"), fees("2"), fees("03")) == ("Home fees", "Other fees", UNKNOWN)


@pytest.mark.parametrize("dimension", Dimension)
def test_every_group_is_one_that_is_shown_and_its_coarser_one_covers_it(dimension):
    groups = GROUPS[dimension]
    assert groups.reference in groups.names
    assert groups.names[-1] == UNKNOWN
    if dimension in READ:
        assert READ[dimension]("no such code") == UNKNOWN
    if groups.coarser:
        assert set(groups.coarser) == set(groups.names)

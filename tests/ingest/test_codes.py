"""Codes in our words, with the traps: zeros in front, letters that mean a level, decimals."""

import pytest

from engagement.studies import Level, Mode
from ingest import codes


@pytest.mark.parametrize(
    ("code", "mode"),
    [
        ("1", Mode.FULL_TIME),
        ("01", Mode.FULL_TIME),
        ("02", Mode.FULL_TIME),
        ("23", Mode.FULL_TIME),
        ("31", Mode.PART_TIME),
        ("38", Mode.PART_TIME),
        ("43", Mode.FULL_TIME),
        ("44", Mode.PART_TIME),
        ("63", Mode.FULL_TIME),
        ("64", Mode.PART_TIME),
        ("98", "98"),
        ("", ""),
        ("0", "0"),
        ("full-time", "full-time"),
    ],
)
def test_a_mode_is_full_or_part_time_or_stays_as_it_is(code, mode):
    assert codes.mode(code) == mode


@pytest.mark.parametrize(
    ("aim", "level"),
    [
        ("D00", Level.RESEARCH),
        ("L00", Level.RESEARCH),
        ("E00", Level.TAUGHT_POSTGRADUATE),
        ("M11", Level.TAUGHT_POSTGRADUATE),
        ("M22", Level.UNDERGRADUATE),  # an integrated master's is a first degree
        ("H00", Level.UNDERGRADUATE),
        ("J10", Level.UNDERGRADUATE),
        ("C20", Level.UNDERGRADUATE),
        ("P50", "P50"),
        ("Diploma", "Diploma"),
        ("", ""),
    ],
)
def test_a_course_aim_has_a_level_by_its_letter_or_stays_as_it_is(aim, level):
    assert codes.level(aim) == level


@pytest.mark.parametrize(
    ("number", "whole", "loses"),
    [
        ("40", "40", False),
        ("40.0", "40", False),
        ("40.50", "41", True),
        ("64.49", "64", True),
        ("0.5", "1", True),
        ("2.5", "3", True),
        ("", "", False),
        ("40%", "40%", False),
        ("NaN", "NaN", True),
    ],
)
def test_decimals_become_whole_halves_up_and_words_stay(number, whole, loses):
    assert (codes.whole(number), codes.rounds(number)) == (whole, loses)

"""`rights.toml`: whole years of bank holidays, one after another."""

from datetime import date

import pytest

import policy
from policy.rights import Rights

SHIPPED = policy.current().rights


def made(years: dict[int, tuple[date, ...]]) -> Rights:
    return Rights(progress_days=14, days_before_use=5, bank_holidays=years)


def test_the_shipped_years_are_those_that_have_been_announced():
    assert sorted(SHIPPED.bank_holidays) == [2024, 2025, 2026, 2027, 2028]
    assert {year: len(days) for year, days in SHIPPED.bank_holidays.items()} == dict.fromkeys(
        range(2024, 2029), 8
    )
    assert date(2026, 12, 28) in SHIPPED.holidays


def test_nobody_is_named_as_officer_until_the_university_does():
    assert SHIPPED.data_protection_officer == ""


@pytest.mark.parametrize(
    ("years", "says"),
    [
        ({2026: (date(2026, 1, 1),), 2028: (date(2028, 1, 3),)}, "without a gap"),
        ({2026: (date(2027, 1, 1),)}, "2027-01-01 stands among the bank holidays of 2026"),
        ({2026: ()}, "2026 has no bank holiday at all"),
        ({}, "at least 1"),
    ],
)
def test_a_list_that_would_miscount_is_refused(years, says):
    with pytest.raises(ValueError, match=says):
        made(years)

"""Working days in England and Wales, and where knowledge of them ends."""

from datetime import date

import pytest

import policy
from privacy.bank_holidays import BankHolidays, HolidaysUnknown

HOLIDAYS = BankHolidays(policy.current().rights.holidays)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-12-24", True),
        ("2026-12-25", False),
        ("2026-12-26", False),
        ("2026-12-28", False),
        ("2026-12-29", True),
        ("2027-03-26", False),
        ("2027-12-28", False),
        ("2028-01-03", False),
        ("2028-01-04", True),
    ],
)
def test_a_substitute_day_is_a_holiday_and_a_saturday_never_works(day, works):
    assert HOLIDAYS.working(date.fromisoformat(day)) is works


@pytest.mark.parametrize("day", ["2023-12-29", "2029-01-02"])
def test_a_day_of_a_year_that_is_not_loaded_is_refused(day):
    with pytest.raises(HolidaysUnknown, match=day[:4]):
        HOLIDAYS.working(date.fromisoformat(day))


def test_what_begins_in_the_last_year_and_ends_beyond_it_is_refused():
    assert HOLIDAYS.last_year == 2028
    with pytest.raises(HolidaysUnknown):
        HOLIDAYS.on_or_after(date(2028, 12, 30))

"""Days: London's midnight, and numbers that go there and back."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy import days


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 6, 4, 22, 59, 59, tzinfo=UTC), date(2026, 6, 4)),
        (datetime(2026, 6, 4, 23, 0, tzinfo=UTC), date(2026, 6, 5)),
        (datetime(2026, 11, 23, 23, 59, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), date(2026, 10, 25)),  # the night with 25 hours
    ],
)
def test_an_instant_lies_on_londons_date(at, day):
    assert days.london_day(at) == day


def test_an_instant_without_a_time_zone_has_no_date():
    with pytest.raises(ValueError, match="time zone"):
        days.london_day(datetime(2026, 6, 4))  # noqa: DTZ001


@given(st.dates())
def test_a_day_number_goes_there_and_back(day):
    assert days.day(days.number(day)) == day
    assert days.monday(day).weekday() == 0


@given(st.dates(min_value=date(1900, 1, 1)))
def test_noon_in_london_is_inside_the_day(day):
    assert days.london_day(days.london_noon(day)) == day

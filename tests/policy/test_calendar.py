"""The teaching calendar: what is taught, what kind a week is, and windows that reach back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.calendar import Calendar, Span, Week

CALENDAR = Calendar(
    year="2026/27",
    term=(
        Span(name="Autumn", first=date(2026, 9, 21), last=date(2026, 12, 13)),
        Span(name="Spring", first=date(2027, 1, 11), last=date(2027, 4, 4)),
    ),
    reading_week=(Span(name="Reading week", first=date(2026, 10, 26), last=date(2026, 11, 1)),),
)
days = st.dates(min_value=date(2026, 8, 1), max_value=date(2027, 8, 1))


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 9, 21), Week.TEACHING),
        (date(2026, 9, 20), Week.VACATION),
        (date(2026, 10, 28), Week.READING),
        (date(2026, 12, 13), Week.TEACHING),
        (date(2026, 12, 14), Week.VACATION),
        (date(2027, 1, 11), Week.TEACHING),
    ],
)
def test_a_week_is_of_one_kind(day, kind):
    assert CALENDAR.kind(day) is kind


def test_a_window_reaches_back_over_the_vacation():
    window = CALENDAR.window(date(2027, 1, 13), 14)
    assert window[0] == date(2026, 12, 3)
    assert window[10:] == [date(2026, 12, 13), date(2027, 1, 11), date(2027, 1, 12), date(2027, 1, 13)]


def test_a_window_in_the_vacation_is_that_of_the_last_day_of_term():
    assert CALENDAR.window(date(2026, 12, 30), 14) == CALENDAR.window(date(2026, 12, 13), 14)


def test_a_window_at_the_start_of_the_year_is_shorter():
    assert CALENDAR.window(date(2026, 9, 23), 14) == [date(2026, 9, 21) + timedelta(days=n) for n in range(3)]


@given(days, st.integers(min_value=1, max_value=40))
def test_a_window_holds_taught_days_alone_in_order_and_never_more_than_asked(last, length):
    window = CALENDAR.window(last, length)
    assert all(CALENDAR.taught(day) for day in window)
    assert window == sorted(set(window))
    assert len(window) <= length
    assert all(day <= last for day in window)


def test_the_year_holds_every_monday_between_its_terms():
    weeks = CALENDAR.weeks()
    assert (weeks[0], weeks[-1], len(weeks)) == (date(2026, 9, 21), date(2027, 3, 29), 28)


def test_a_term_that_ends_before_it_begins_is_refused_by_name():
    with pytest.raises(ValueError, match="Autumn"):
        Span(name="Autumn", first=date(2026, 9, 21), last=date(2026, 9, 20))

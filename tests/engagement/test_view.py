"""The range that is looked at: whole weeks, and never outside the year."""

from datetime import date

import pytest

from engagement import view as views
from engagement.view import View
from policy import current

CALENDAR = current().calendar
YEAR = (date(2026, 9, 21), date(2027, 5, 30))


def test_the_year_the_term_and_the_last_weeks_are_whole_weeks():
    today = date(2026, 11, 25)
    assert views.year(CALENDAR) == YEAR
    assert views.term(CALENDAR, today) == (date(2026, 9, 21), date(2026, 12, 13))
    assert views.lately(CALENDAR, today) == (date(2026, 11, 2), date(2026, 11, 29))
    assert View(*views.lately(CALENDAR, today)).weeks == 4


@pytest.mark.parametrize(
    ("today", "term"),
    [
        (date(2026, 8, 1), date(2026, 9, 21)),  # before the first: the first
        (date(2026, 12, 28), date(2026, 9, 21)),  # in a vacation: the last that began
        (date(2027, 1, 11), date(2027, 1, 11)),
        (date(2027, 8, 1), date(2027, 4, 26)),
    ],
)
def test_this_term_is_the_one_that_runs_or_the_last_that_began(today, term):
    assert views.term(CALENDAR, today)[0] == term


def test_earlier_and_later_go_by_as_many_weeks_as_are_seen_and_stop_at_the_ends_of_the_year():
    seen = View(date(2026, 11, 2), date(2026, 11, 29))
    assert views.moved(CALENDAR, seen, -1) == (date(2026, 10, 5), date(2026, 11, 1))
    assert views.moved(CALENDAR, seen, 1) == (date(2026, 11, 30), date(2026, 12, 27))
    assert views.moved(CALENDAR, View(date(2026, 9, 28), date(2026, 10, 25)), -1)[0] == YEAR[0]
    assert views.moved(CALENDAR, View(date(2027, 5, 10), date(2027, 5, 30)), 1)[1] == YEAR[1]
    assert views.moved(CALENDAR, View(*YEAR), 1) == YEAR


@pytest.mark.parametrize("weeks", [-3, 0, 1, 4, 36, 400])
@pytest.mark.parametrize("first", [date(2000, 1, 1), date(2026, 11, 4), date(2027, 5, 29), date(2100, 1, 1)])
def test_whatever_is_asked_for_lies_in_the_year(first, weeks):
    start, end = views.within(CALENDAR, first, weeks)
    assert YEAR[0] <= start < end <= YEAR[1]
    assert start.weekday() == 0
    assert end.weekday() == 6

"""Since when a suggestion waits, in working days, and how much waits for a tutor."""

from datetime import date, timedelta

import pytest

import policy
from engagement.suggestion import working_days
from policy.days import london_noon
from support.coverage import Tutoring, raised_by

CALENDAR = policy.current().calendar
DAYS = [date(2026, 9, 21) + timedelta(days=n) for n in range(380)]


@pytest.mark.parametrize(
    ("today", "waits", "raised"),
    [
        (date(2026, 11, 23), 5, date(2026, 11, 16)),  # Monday to Monday
        (date(2026, 11, 22), 5, date(2026, 11, 15)),  # a Sunday: a whole week of five days lies between
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
    ],
)
def test_the_last_day_on_which_one_that_waits_so_long_was_raised(today, waits, raised):
    assert raised_by(today, waits, CALENDAR) == raised


@pytest.mark.parametrize("waits", [0, 1, 5, 10])
def test_it_is_the_last_such_day_by_the_count_of_the_tutors_own_page(waits):
    for today in DAYS:
        last = raised_by(today, waits, CALENDAR)
        assert working_days(london_noon(last), today, CALENDAR) >= waits
        after = last + timedelta(days=1)
        assert after > today or working_days(london_noon(after), today, CALENDAR) < waits


def test_what_waits_for_a_tutor_leaves_out_what_waits_for_the_student():
    line = Tutoring("Ada", 40, unanswered=1, for_student=9, for_tutor=2, not_met=8, actions=3, reviews=4)
    assert line.waits == 10

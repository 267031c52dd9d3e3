"""What was heard of a feed: told, a pause no longer than a weekend, or a silence."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from engagement.feeds import Heard, heard, spans
from privacy.labels import Source

MONDAY = date(2026, 11, 9)
WEEK = [MONDAY + timedelta(days=n) for n in range(7)]
T, P, S = Heard.TOLD, Heard.PAUSE, Heard.SILENT


def of(*told: int, expected=WEEK) -> list[Heard]:
    """What is heard of these expected days when these of the week were told."""
    return list(heard(Source.VLE, expected, {WEEK[n] for n in told}).values())


def test_two_days_in_a_row_are_a_pause_and_three_are_a_silence():
    assert of(0, 1, 2, 3, 4) == [T, T, T, T, T, P, P]
    assert of(0, 1, 2, 3) == [T, T, T, T, S, S, S]
    assert of(1, 2, 4) == [P, T, T, P, T, P, P]
    assert of() == [S] * 7


def test_days_on_which_nothing_is_expected_do_not_end_a_silence():
    assert of(0, expected=[WEEK[n] for n in (0, 2, 4, 6)]) == [T, S, S, S]


@given(st.frozensets(st.integers(0, 60)))
def test_the_runs_of_the_calendar_hold_each_day_once_and_no_two_of_them_touch(days):
    found = spans(MONDAY + timedelta(days=n) for n in days)
    held = [(first - MONDAY).days + n for first, last in found for n in range((last - first).days + 1)]
    assert held == sorted(days)
    assert all(after[0] - before[1] > timedelta(days=1) for before, after in pairwise(found))

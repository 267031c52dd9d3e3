"""The rules of emergency access: the states of its review, the day it is due, and how long telling may wait."""

from datetime import date, timedelta

import pytest

import policy
from privacy.bank_holidays import BankHolidays
from privacy.break_glass import AGAIN_AFTER, LASTS, NEXT, State, holdable, review_by

HOLIDAYS = BankHolidays(policy.current().rights.holidays)
ALLOWED = {(State.DECLARED, State.JUSTIFIED), (State.DECLARED, State.NOT_JUSTIFIED)}


@pytest.mark.parametrize("before", State)
@pytest.mark.parametrize("after", State)
def test_a_review_is_done_once_and_stays(before, after):
    assert (after in NEXT[before]) == ((before, after) in ALLOWED)


def test_it_lasts_an_hour_and_is_not_renewed_within_a_day():
    assert timedelta(minutes=60) == LASTS
    assert timedelta(hours=24) == AGAIN_AFTER


@pytest.mark.parametrize(
    ("declared", "due"),
    [
        (date(2026, 11, 23), date(2026, 11, 25)),
        (date(2026, 11, 26), date(2026, 11, 30)),
        (date(2026, 11, 28), date(2026, 12, 1)),
        (date(2026, 12, 24), date(2026, 12, 30)),
        (date(2099, 1, 1), date(2099, 1, 5)),
    ],
)
def test_the_review_is_due_on_the_second_working_day(declared, due):
    assert review_by(declared, HOLIDAYS) == due


@pytest.mark.parametrize(("days", "may"), [(0, False), (-1, False), (1, True), (28, True), (29, False)])
def test_telling_the_student_waits_four_weeks_at_most(days, may):
    today = date(2026, 11, 23)
    assert holdable(today + timedelta(days=days), today) is may

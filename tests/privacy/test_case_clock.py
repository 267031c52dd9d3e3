"""The clock of a request, as its steps tell it."""

from datetime import date

import pytest

import policy
from privacy.bank_holidays import BankHolidays, HolidaysUnknown
from privacy.case_clock import Days, Move, changed_on, days, deadline, identified, pauses, waiting_since
from privacy.deadlines import Pause
from privacy.request import Kind, State

HOLIDAYS = BankHolidays(policy.current().rights.holidays)
RECEIVED = date(2026, 11, 23)
S = State


def moves(*steps: tuple[State, str]) -> list[Move]:
    return [Move(state, date.fromisoformat(f"2026-{on}")) for state, on in steps]


ASKED_WHO = moves((S.RECEIVED, "11-23"), (S.ID_PENDING, "11-24"), (S.RECEIVED, "12-02"))
ASKED_WHAT = moves((S.RECEIVED, "11-23"), (S.CLARIFYING, "11-26"), (S.IN_PROGRESS, "12-03"))


def test_the_steps_say_when_it_was_known_who_asks():
    assert identified(ASKED_WHO) == date(2026, 12, 2)
    assert identified(ASKED_WHO[:2]) is None
    assert identified(ASKED_WHAT) is None
    assert deadline(RECEIVED, ASKED_WHO, HOLIDAYS).due == date(2027, 1, 4)


def test_the_steps_say_for_how_long_the_clock_stood_still():
    assert pauses(ASKED_WHAT) == (Pause(date(2026, 11, 26), date(2026, 12, 3)),)
    assert pauses(ASKED_WHAT[:2]) == ()
    again = [*ASKED_WHAT, *moves((S.CLARIFYING, "12-04"), (S.EXTENDED, "12-06"))]
    assert [pause.days for pause in pauses(again)] == [7, 2]


@pytest.mark.parametrize(
    ("steps", "since"),
    [
        (ASKED_WHAT[:1], None),
        (ASKED_WHAT[:2], date(2026, 11, 26)),
        (ASKED_WHAT, None),
        (ASKED_WHO[:2], date(2026, 11, 24)),
        (ASKED_WHO, None),
    ],
)
def test_the_steps_say_whether_the_clock_stands_still_now(steps, since):
    assert waiting_since(steps) == since


def test_no_step_can_lie_before_the_last_change_of_state():
    assert changed_on(ASKED_WHAT[:1]) == date(2026, 11, 23)
    assert changed_on(ASKED_WHAT) == date(2026, 12, 3)
    assert changed_on([*ASKED_WHAT, *moves((S.IN_PROGRESS, "12-20"))]) == date(2026, 12, 3)


def test_a_step_into_the_longer_time_gives_two_months_more_for_good():
    longer = moves(
        (S.RECEIVED, "11-23"), (S.IN_PROGRESS, "11-24"), (S.EXTENDED, "12-20"), (S.REVIEW, "12-30")
    )
    assert deadline(RECEIVED, longer, HOLIDAYS).due == date(2027, 2, 23)


def test_lists_show_what_follows_from_the_steps():
    assert days(Kind.ACCESS, RECEIVED, ASKED_WHAT, HOLIDAYS, 14) == Days(
        date(2026, 12, 28), date(2026, 12, 30), date(2026, 12, 31)
    )


def test_a_complaint_is_first_to_be_acknowledged_and_then_to_be_heard_of_every_fortnight():
    first = moves((S.RECEIVED, "11-23"))
    assert days(Kind.COMPLAINT, RECEIVED, first, HOLIDAYS, 14) == Days(
        date(2026, 12, 22), date(2026, 12, 22), date(2026, 12, 23)
    )
    later = [
        *first,
        *moves((S.ACKNOWLEDGED, "11-23"), (S.INVESTIGATING, "11-25"), (S.INVESTIGATING, "12-01")),
    ]
    assert days(Kind.COMPLAINT, RECEIVED, later, HOLIDAYS, 14).due == date(2026, 12, 15)


def test_where_bank_holidays_are_not_loaded_there_is_no_day_and_no_guess():
    late = date(2028, 12, 20)
    steps = [Move(S.RECEIVED, late)]
    assert days(Kind.ERASURE, late, steps, HOLIDAYS, 14) == Days()
    with pytest.raises(HolidaysUnknown):
        deadline(late, steps, HOLIDAYS)

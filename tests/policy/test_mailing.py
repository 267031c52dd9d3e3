"""When e-mail is sent: the hours of London's nights and weekends, through both changes of the clocks."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import policy
from policy.days import LONDON

QUIET = policy.current().messages.quiet


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


@pytest.mark.parametrize(
    ("at", "sent"),
    [
        ("2026-11-23 10:00", "2026-11-23 10:00"),  # a Monday
        ("2026-11-23 08:00", "2026-11-23 08:00"),
        ("2026-11-23 07:59", "2026-11-23 08:00"),
        ("2026-11-23 19:59", "2026-11-23 19:59"),
        ("2026-11-23 20:00", "2026-11-24 08:00"),
        ("2026-11-27 20:00", "2026-11-30 08:00"),  # a Friday evening
        ("2026-11-28 10:00", "2026-11-30 08:00"),
        ("2026-11-29 23:30", "2026-11-30 08:00"),
        ("2026-10-23 21:00", "2026-10-26 08:00"),  # the clocks go back on the 25th
        ("2026-10-26 01:00", "2026-10-26 08:00"),
        ("2027-03-26 21:00", "2027-03-29 08:00"),  # and forward on the 28th
    ],
)
def test_a_quiet_hour_ends_at_eight_by_londons_clock(at, sent):
    assert QUIET.after(london(at)) == london(sent)


def test_eight_in_london_is_seven_in_summers_utc():
    assert QUIET.after(datetime(2026, 7, 1, 3, tzinfo=UTC)) == datetime(2026, 7, 1, 7, tzinfo=UTC)
    assert QUIET.after(datetime(2026, 12, 1, 3, tzinfo=UTC)) == datetime(2026, 12, 1, 8, tzinfo=UTC)


def test_where_weekends_are_not_quiet_only_the_nights_are():
    quiet = QUIET.model_copy(update={"weekends": False})
    assert quiet.after(london("2026-11-28 10:00")) == london("2026-11-28 10:00")
    assert quiet.after(london("2026-11-27 21:00")) == london("2026-11-28 08:00")


@given(st.integers(0, 2 * 366 * 24 * 60))
def test_whenever_it_is_the_answer_is_not_quiet_not_earlier_and_within_three_days(minute):
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    sent = QUIET.after(at)
    here = sent.astimezone(LONDON)
    assert at <= sent < at + timedelta(days=3)
    assert 8 <= here.hour < 20
    assert here.weekday() < 5
    assert QUIET.after(sent) == sent


def test_the_wait_grows_and_then_stays():
    sending = policy.current().messages.sending
    assert [sending.wait(tries) for tries in (1, 2, 3, 4, 5, 99)] == [
        timedelta(minutes=minutes) for minutes in (5, 15, 60, 240, 240, 240)
    ]

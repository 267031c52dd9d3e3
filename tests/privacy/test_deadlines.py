"""When requests are due: every day here was worked out by hand, some by the regulator itself."""

from datetime import UTC, date, datetime

import pytest

import policy
from policy.days import london_day
from privacy import deadlines
from privacy.bank_holidays import BankHolidays, HolidaysUnknown
from privacy.deadlines import Pause

HOLIDAYS = BankHolidays(policy.current().rights.holidays)


def d(text: str) -> date:
    return date.fromisoformat(text)


def due(received: str, *, identified: str | None = None, pauses=(), extended=False):
    known = d(identified) if identified else None
    paused = [Pause(d(asked), d(answered)) for asked, answered in pauses]
    return deadlines.answer(d(received), known, paused, extended, HOLIDAYS)


@pytest.mark.parametrize(
    ("received", "nominal", "expected", "extended"),
    [
        ("2024-11-25", "2024-12-25", "2024-12-27", None),
        ("2027-01-01", "2027-02-01", "2027-02-01", None),
        ("2026-01-31", "2026-02-28", "2026-03-02", None),
        ("2028-01-31", "2028-02-29", "2028-02-29", None),
        ("2026-11-23", "2026-12-23", "2026-12-23", "2027-02-23"),
        ("2026-11-25", "2026-12-25", "2026-12-29", "2027-02-25"),
        ("2026-11-26", "2026-12-26", "2026-12-29", "2027-02-26"),
        ("2026-11-28", "2026-12-28", "2026-12-29", "2027-03-01"),
        ("2026-11-30", "2026-12-30", "2026-12-30", "2027-03-01"),
        ("2026-12-31", "2027-01-31", "2027-02-01", "2027-03-31"),
        ("2027-01-29", "2027-02-28", "2027-03-01", "2027-04-29"),
        ("2027-01-30", "2027-02-28", "2027-03-01", "2027-04-30"),
        ("2027-01-31", "2027-02-28", "2027-03-01", "2027-04-30"),
        ("2027-02-26", "2027-03-26", "2027-03-30", "2027-05-26"),
        ("2027-08-31", "2027-09-30", "2027-09-30", "2027-11-30"),
        ("2027-11-27", "2027-12-27", "2027-12-29", "2028-02-28"),
    ],
)
def test_a_request_is_due_on_the_same_day_of_next_month_or_the_working_day_after(
    received, nominal, expected, extended
):
    found = due(received)
    assert (found.nominal, found.due, found.latest) == (d(nominal), d(expected), d(expected))
    assert found.extend_by == found.due
    if extended:
        assert due(received, extended=True).due == d(extended)


def test_the_day_of_receipt_is_londons():
    at = datetime(2027, 6, 30, 23, 30, tzinfo=UTC)
    found = due(london_day(at).isoformat())
    assert (found.start, found.nominal, found.due) == (d("2027-07-01"), d("2027-08-01"), d("2027-08-02"))


def test_the_clock_begins_when_it_is_known_who_asks():
    found = due("2026-11-23", identified="2026-12-02")
    assert (found.start, found.nominal, found.due) == (d("2026-12-02"), d("2027-01-02"), d("2027-01-04"))


@pytest.mark.parametrize(
    ("received", "pauses", "nominal", "paused", "safe", "statutory"),
    [
        ("2026-11-23", [("2026-11-26", "2026-12-03")], "2026-12-23", 7, "2026-12-30", "2026-12-31"),
        (
            "2027-01-04",
            [("2027-01-06", "2027-01-08"), ("2027-01-20", "2027-01-25")],
            "2027-02-04",
            7,
            "2027-02-11",
            "2027-02-15",
        ),
        ("2027-01-04", [("2027-01-06", "2027-01-06")], "2027-02-04", 0, "2027-02-04", "2027-02-05"),
    ],
)
def test_a_question_stops_the_clock_and_both_ways_of_counting_are_kept(
    received, pauses, nominal, paused, safe, statutory
):
    found = due(received, pauses=pauses)
    assert (found.nominal, found.paused) == (d(nominal), paused)
    assert (found.due, found.latest) == (d(safe), d(statutory))


def test_the_first_aim_is_28_days_and_the_days_the_clock_stood_still():
    assert due("2026-11-23").target == d("2026-12-21")
    assert due("2026-11-23", pauses=[("2026-11-26", "2026-12-03")]).target == d("2026-12-28")


def test_a_longer_time_must_be_taken_within_the_first_month():
    assert due("2026-11-25").extend_by == d("2026-12-29")
    assert due("2026-11-25", extended=True).extend_by == d("2026-12-29")
    assert due("2026-11-23", pauses=[("2026-11-26", "2026-12-03")]).extend_by == d("2026-12-30")


def test_no_time_limit_is_worked_out_past_the_last_year_that_is_loaded():
    assert due("2028-11-29").due == d("2028-12-29")
    with pytest.raises(HolidaysUnknown, match="2029"):
        due("2028-12-01")


@pytest.mark.parametrize(
    ("received", "latest", "strict"),
    [
        ("2026-11-23", "2026-12-23", "2026-12-22"),
        ("2026-11-25", "2026-12-29", "2026-12-24"),
        ("2026-11-28", "2026-12-29", "2026-12-27"),
        ("2026-12-25", "2027-01-25", "2027-01-23"),
        ("2026-06-19", "2026-07-20", "2026-07-18"),
    ],
)
def test_a_complaint_is_acknowledged_within_30_days(received, latest, strict):
    assert deadlines.acknowledgement_latest(d(received), HOLIDAYS) == d(latest)
    assert deadlines.acknowledgement(d(received)) == d(strict)


@pytest.mark.parametrize(
    ("requested", "results", "expected"),
    [
        ("2027-05-10", "2027-07-02", "2027-08-10"),
        ("2027-01-15", "2027-07-02", "2027-06-14"),
        ("2027-07-05", "2027-07-02", "2027-08-05"),
        ("2027-05-10", None, "2027-10-09"),
    ],
)
def test_marks_wait_for_their_results_but_not_for_ever(requested, results, expected):
    known = d(results) if results else None
    assert deadlines.marks(d(requested), known, due(requested).due) == d(expected)


def test_the_regulator_is_told_of_a_breach_within_72_hours_weekends_and_holidays_included():
    aware = datetime(2026, 12, 24, 16, tzinfo=UTC)
    assert deadlines.breach(aware) == datetime(2026, 12, 27, 16, tzinfo=UTC)

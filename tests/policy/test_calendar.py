"""The teaching calendar: what is taught, what kind a week is, and windows that reach back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import policy
from policy.calendar import BankHoliday, Calendar, Span, Week

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


def with_(**closed) -> Calendar:
    return Calendar(year="2026/27", term=CALENDAR.term, **closed)


CLOSED = with_(
    closure=(Span(name="Founders’ days", first=date(2027, 2, 11), last=date(2027, 2, 12)),),
    bank_holiday=(BankHoliday(name="Good Friday", on=date(2027, 3, 26)),),
)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2027, 2, 10), None),
        (date(2027, 2, 11), "Founders’ days"),
        (date(2027, 2, 12), "Founders’ days"),
        (date(2027, 2, 13), None),
        (date(2027, 3, 26), "Good Friday"),
    ],
)
def test_a_closed_day_is_not_taught_and_says_its_name(day, name):
    assert CLOSED.closed(day) == name
    assert CLOSED.taught(day) is (name is None)


def test_a_window_reaches_back_over_closed_days():
    window = CLOSED.window(date(2027, 2, 14), 7)
    assert window == [date(2027, 2, day) for day in (6, 7, 8, 9, 10, 13, 14)]


def test_a_closed_day_makes_no_vacation_of_its_week_and_seven_do():
    wednesday = BankHoliday(name="A day off", on=date(2026, 11, 11))
    assert with_(bank_holiday=(wednesday,)).kind(date(2026, 11, 9)) is Week.TEACHING
    week = Span(name="Snow", first=date(2026, 11, 9), last=date(2026, 11, 15))
    assert with_(closure=(week,)).kind(date(2026, 11, 9)) is Week.VACATION


def test_the_shipped_year_has_the_bank_holidays_that_fall_inside_its_terms():
    shipped = policy.current().calendar
    assert [(str(one.on), one.name) for one in shipped.bank_holiday] == [
        ("2027-03-26", "Good Friday"),
        ("2027-03-29", "Easter Monday"),
        ("2027-05-03", "Early May bank holiday"),
    ]
    assert all(any(term.holds(one.on) for term in shipped.term) for one in shipped.bank_holiday)
    assert len(shipped.taught_days) == 84 - 7 + 84 - 2 + 35 - 1


AUTUMN = {"name": "Autumn", "first": date(2026, 9, 21), "last": date(2026, 12, 13)}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"term": []}, "term"),
        (
            {"term": [AUTUMN, {"name": "Spring", "first": date(2026, 12, 13), "last": date(2027, 3, 1)}]},
            "the terms “Autumn” and “Spring” overlap on 2026-12-13",
        ),
        (
            {"reading_week": [{"name": "Reading", "first": date(2026, 12, 7), "last": date(2026, 12, 14)}]},
            "“Reading” from 2026-12-07 to 2026-12-14 lies inside no term",
        ),
        (
            {"closure": [{"name": "Strike", "first": date(2025, 11, 2), "last": date(2025, 11, 3)}]},
            "“Strike” from 2025-11-02 to 2025-11-03 lies outside the year, "
            "which runs from 2026-09-21 to 2027-09-20",
        ),
        (
            {"bank_holiday": [{"name": "Good Friday", "on": date(2026, 4, 3)}]},
            "“Good Friday” on 2026-04-03 lies outside the year",
        ),
        (
            {"bank_holiday": [{"name": one, "on": date(2027, 3, 26)} for one in ("Good Friday", "Easter")]},
            "the bank holidays “Good Friday” and “Easter” overlap on 2027-03-26",
        ),
        (
            {"closure": [{"name": "Snow", "first": date(2026, 11, 3), "last": date(2026, 11, 2)}]},
            "“Snow” ends before it begins",
        ),
    ],
)
def test_a_calendar_that_cannot_be_is_refused_in_a_plain_sentence(changes, says):
    with pytest.raises(ValueError, match="error") as refused:
        Calendar.model_validate({"year": "2026/27", "term": [AUTUMN]} | changes)
    assert says in str(refused.value)


LAST = Calendar(
    year="2025/26",
    term=(
        Span(name="Autumn", first=date(2025, 9, 22), last=date(2025, 12, 14)),
        Span(name="Summer", first=date(2026, 4, 20), last=date(2026, 5, 31)),
    ),
)


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2024, 1, 1), "2025/26"),
        (date(2025, 9, 22), "2025/26"),
        (date(2026, 1, 5), "2025/26"),  # between its terms
        (date(2026, 5, 31), "2025/26"),
        (date(2026, 6, 1), "2026/27"),  # over; what begins now is taught next year
        (date(2026, 9, 20), "2026/27"),
        (date(2026, 11, 23), "2026/27"),
        (date(2027, 8, 1), "2026/27"),
    ],
)
def test_each_day_is_judged_by_the_calendar_of_its_year(day, year):
    assert with_(earlier=(LAST,)).of(day).year == year


def test_earlier_years_change_nothing_of_this_one():
    both = with_(earlier=(LAST,))
    assert (both.taught_days, both.weeks()) == (with_().taught_days, with_().weeks())
    assert CALENDAR.of(date(2020, 1, 1)) == CALENDAR


def test_the_shipped_calendar_knows_last_year():
    shipped = policy.current().calendar
    assert shipped.of(date(2025, 11, 23)).year == "2025/26"
    assert not shipped.of(date(2025, 10, 28)).taught(date(2025, 10, 28))


BEFORE_LAST = Calendar(
    year="2024/25", term=(Span(name="Autumn", first=date(2024, 9, 23), last=date(2024, 12, 15)),)
)


@pytest.mark.parametrize(
    ("earlier", "says"),
    [
        ((LAST, LAST), "the years “2025/26” and “2025/26” overlap on 2025-09-22"),
        ((CALENDAR,), "the years “2026/27” and “2026/27” overlap on 2026-09-21"),
        (
            (LAST.model_copy(update={"earlier": (BEFORE_LAST,)}),),
            "the earlier year 2025/26 has earlier years of its own: name all in this one",
        ),
        (
            (
                Calendar(
                    year="2027/28", term=(Span(name="A", first=date(2027, 9, 20), last=date(2027, 12, 1)),)
                ),
            ),
            "the earlier year 2027/28 begins after 2026/27",
        ),
    ],
)
def test_years_that_are_not_earlier_are_refused(earlier, says):
    with pytest.raises(ValueError, match="error") as refused:
        with_(earlier=earlier)
    assert says in str(refused.value)

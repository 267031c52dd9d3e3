"""The demo's year: whatever the date, today lies well inside the teaching."""

from datetime import date, timedelta

import pytest

import policy
from ingest.demo import home
from ingest.demo.year import around
from policy.calendar import Calendar, Span, Week
from policy.days import monday, number

EVERY_DAY = [date(2024, 1, 1) + timedelta(days=n) for n in range(8 * 366)]


def teaching_weeks_behind(calendar: Calendar, today: date) -> int:
    this_week = monday(today)
    return sum(calendar.kind(week) is Week.TEACHING for week in calendar.weeks() if week < this_week)


def moved(calendar: Calendar, weeks: int) -> Calendar:
    by = timedelta(weeks=weeks)

    def span(of: Span) -> Span:
        return Span(name=of.name, first=of.first + by, last=of.last + by)

    return Calendar(
        year=calendar.year,
        term=tuple(map(span, calendar.term)),
        reading_week=tuple(map(span, calendar.reading_week)),
    )


def natural(calendar: Calendar) -> date:
    """The Monday nearest to 21 September of the year that the calendar is named after."""
    september = date(int(calendar.year[:4]), 9, 21)
    return min((september + timedelta(days=n) for n in range(-3, 4)), key=lambda day: day.weekday())


def test_whatever_the_date_today_is_taught_with_seven_weeks_of_teaching_behind():
    for today in EVERY_DAY:
        calendar = around(today).calendar
        assert calendar.taught(today), today
        assert teaching_weeks_behind(calendar, today) >= 7, today


def test_the_year_is_moved_by_whole_weeks_and_never_by_more_than_a_quarter_of_a_year():
    shifts = {(around(today).calendar.first - natural(around(today).calendar)).days for today in EVERY_DAY}
    assert {shift % 7 for shift in shifts} == {0}
    assert max(map(abs, shifts)) <= 13 * 7


def test_in_the_ninth_week_of_a_natural_year_nothing_is_moved():
    year = around(date(2026, 11, 18))
    assert [(term.first, term.last) for term in year.calendar.term] == [
        (date(2026, 9, 21), date(2026, 12, 13)),
        (date(2027, 1, 11), date(2027, 4, 4)),
        (date(2027, 4, 26), date(2027, 5, 30)),
    ]
    assert year.calendar.kind(date(2026, 10, 26)) is Week.READING


def test_no_smaller_move_would_do():
    def does(calendar: Calendar, today: date) -> bool:
        begun = [start for start in (calendar.first, calendar.term[1].first) if start <= today]
        weeks_into_the_semester = (monday(today) - max(begun, default=today)).days // 7
        taught = calendar.taught(today) and teaching_weeks_behind(calendar, today) >= 7
        return taught and weeks_into_the_semester >= 3

    for today in EVERY_DAY[:366]:
        found = around(today).calendar
        shift = (found.first - natural(found)).days // 7
        nearer = range(-abs(shift) + 1, abs(shift))
        assert does(found, today), today
        assert not [weeks for weeks in nearer if does(moved(found, weeks - shift), today)], today


@pytest.fixture
def shipped_policy():
    yield
    policy.use(None)


@pytest.mark.parametrize("today", [date(2026, 11, 23), date(2026, 8, 2), date(2028, 2, 29)])
def test_the_calendar_is_written_as_policy_and_read_back_alike(today, tmp_path, shipped_policy):
    year = around(today)
    home.write_policy(tmp_path, year)
    policy.use(tmp_path / "policy")
    assert policy.current().calendar == year.calendar
    assert policy.current().institution.demonstration


def test_taught_days_are_counted_back_over_vacations():
    year = around(date(2027, 2, 3))  # a Wednesday in the fourth week of spring
    last_of_autumn = number(date(2026, 12, 13))
    assert year.taught_since[last_of_autumn] == 3 * 7 + 2
    assert year.taught_since[number(year.yesterday)] == 0


def test_somebody_answers_for_everything_in_the_registers_of_the_demo(tmp_path, shipped_policy):
    home.write_policy(tmp_path, around(date(2026, 11, 23)))
    policy.use(tmp_path / "policy")
    ours = policy.current().registers
    assert ours.unowned == 0
    assert 'owner = ""' not in (tmp_path / "policy" / "registers.toml").read_text("utf-8")

"""One student's weeks: windows over the calendar, and what is counted in them."""

from datetime import date

import pytest

from engagement.measure import Counts
from engagement.weekly import Day, Gaps, Window, Work, counts, last_active, span, windows
from policy.calendar import Calendar, Span
from policy.days import number

CALENDAR = Calendar(
    year="2026/27",
    term=(
        Span(name="Autumn", first=date(2026, 9, 21), last=date(2026, 12, 13)),
        Span(name="Spring", first=date(2027, 1, 11), last=date(2027, 4, 4)),
    ),
)
TODAY = number(date(2026, 11, 23))
WINDOW = Window(week=TODAY, as_of=TODAY, days=frozenset(range(TODAY - 13, TODAY + 1)))


def test_a_modules_weeks_run_from_its_first_to_today():
    found = windows(CALENDAR, 14, date(2026, 9, 21), date(2026, 12, 13), date(2026, 11, 25))
    assert len(found) == 10
    assert (found[0].as_of, len(found[0].days)) == (number(date(2026, 9, 27)), 7)
    assert found[-1].as_of == number(date(2026, 11, 25))


def test_a_module_of_spring_does_not_look_back_into_autumn():
    first = windows(CALENDAR, 14, date(2027, 1, 11), date(2027, 4, 4), date(2027, 1, 17))[0]
    assert min(first.days) == number(date(2027, 1, 11))


def test_a_module_over_both_terms_looks_back_over_the_vacation():
    found = windows(CALENDAR, 14, date(2026, 9, 21), date(2027, 4, 4), date(2027, 1, 13))[-1]
    assert found.first == number(date(2026, 12, 3))


@pytest.mark.parametrize(
    ("work", "due", "on_time", "late"),
    [
        (Work(TODAY - 1, None, late=False), 1, 0, 0),
        (Work(TODAY, None, late=False), 0, 0, 0),  # the day is not over
        (Work(TODAY, TODAY, late=False), 1, 1, 0),
        (Work(TODAY - 3, TODAY - 1, late=True), 1, 0, 1),
        (Work(TODAY - 3, TODAY + 1, late=True), 1, 0, 0),  # handed in after the day looked at
        (Work(TODAY - 14, None, late=False), 0, 0, 0),
        (Work(TODAY + 1, TODAY - 1, late=False), 0, 0, 0),  # early work counts when it falls due
    ],
)
def test_work_counts_in_the_window_that_it_falls_due_in(work, due, on_time, late):
    found = counts({}, [work], WINDOW, Gaps())
    assert (found.due, found.on_time, found.late) == (due, on_time, late)


@pytest.mark.parametrize(
    ("work", "marked", "points"),
    [
        (Work(TODAY - 60, TODAY - 61, late=False, mark=70), 1, 70),  # of the whole module so far
        (Work(TODAY - 60, None, late=False), 1, 0),  # what is missing counts as nought
        (Work(TODAY - 9, TODAY - 10, late=False), 0, 0),  # not marked yet
        (Work(TODAY, None, late=False), 0, 0),  # the day is not over
        (Work(TODAY - 3, TODAY + 1, late=True, mark=90), 1, 0),  # not there on the day looked at
        (Work(TODAY + 5, TODAY - 1, late=False, mark=90), 0, 0),  # counts once it has fallen due
    ],
)
def test_marks_count_from_the_day_that_work_was_due(work, marked, points):
    found = counts({}, [work], WINDOW, Gaps())
    assert (found.marked, found.mark_points) == (marked, points)


def test_classes_of_days_without_a_feed_are_not_recorded_whatever_the_register_says():
    days = {TODAY - 2: Day(expected=2, attended=1), TODAY - 1: Day(expected=1, cancelled=1)}
    found = counts(days, [], WINDOW, Gaps(attendance=frozenset({TODAY - 2})))
    assert found == Counts(expected=3, attended=0, cancelled=1, unrecorded=2)


def test_activity_of_days_without_a_feed_is_not_counted():
    days = {TODAY - 2: Day(views=5), TODAY - 1: Day(views=1)}
    assert counts(days, [], WINDOW, Gaps(vle=frozenset({TODAY - 2}))).active_days == 1


def test_being_seen_is_being_online_in_class_or_handing_in():
    days = {TODAY - 9: Day(views=1), TODAY - 5: Day(expected=1, attended=1), TODAY - 2: Day(expected=1)}
    work = [Work(TODAY - 8, TODAY - 4, late=True)]
    assert last_active(days, work, TODAY) == TODAY - 4
    assert last_active(days, work, TODAY - 6) == TODAY - 9
    assert last_active({}, [], TODAY) is None


def test_a_span_holds_both_its_ends():
    assert span(date(2026, 11, 1), date(2026, 11, 3)) == frozenset(
        {number(date(2026, 11, 1)), number(date(2026, 11, 2)), number(date(2026, 11, 3))}
    )

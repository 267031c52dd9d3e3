"""The weeks of a timeline: what is counted where, and the difference between nought and nothing known."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from engagement import lanes
from engagement import view as views
from engagement.away import away
from engagement.facts import Away, Gap, Presence, Reach, Studied, WorkState
from engagement.lanes import Known, known
from engagement.view import By
from policy import current
from policy.calendar import Week as Kind
from privacy.labels import Source
from tests.engagement.made import MODULE, REACH, TERM, TODAY, classes, facts, online, work

CALENDAR = current().calendar
WEEK_2, THIRD = TERM + timedelta(weeks=1), TERM + timedelta(weeks=2)
OTHER = Studied("M2", "Hearing", TERM, date(2026, 12, 13))


def weeks(today=TODAY, **changes):
    return {week.first: week for week in seen(By.WEEKS, today, **changes)}


def seen(by, today=TODAY, **changes):
    known = facts(**changes)
    return lanes.stretches(known, away(known), CALENDAR, views.year(CALENDAR), by, today)


def gap(module: str | None, first: date, last: date, system: Source = Source.VLE) -> Gap:
    return Gap(system, module, first, last, "The export failed")


def test_the_year_is_every_week_from_the_first_term_to_the_last_with_what_each_is():
    year = weeks()
    assert list(year) == CALENDAR.weeks()
    kinds = {kind: [w.first for w in year.values() if w.kind is kind] for kind in Kind}
    assert kinds[Kind.READING] == [date(2026, 10, 26)]
    assert year[date(2026, 10, 26)].term == "Autumn"
    assert year[date(2026, 12, 21)].kind is Kind.VACATION
    assert year[date(2026, 12, 21)].term is None


def test_a_day_on_two_modules_is_one_day_and_all_its_page_views():
    both = [*online(WEEK_2, WEEK_2 + timedelta(days=1)), replace(online(WEEK_2)[0], module="M2")]
    week = weeks(online=both)[WEEK_2]
    assert (week.active_days, week.views) == (2, 15)


def test_classes_are_counted_by_what_became_of_them():
    lines = classes(*[(WEEK_2 + timedelta(days=n), presence) for n, presence in enumerate(Presence)])
    assert weeks(registers=lines)[WEEK_2].classes == dict.fromkeys(Presence, 1)


@pytest.mark.parametrize(
    ("week", "changes", "what"),
    [
        (WEEK_2, {}, Known.DATA),
        (TODAY, {}, Known.NOT_YET),  # the data reach to yesterday, a Sunday
        (TODAY + timedelta(weeks=1), {}, Known.AHEAD),
        (WEEK_2, {"reach": {}}, Known.NO_FEED),
        (WEEK_2, {"modules": []}, Known.NOT_THERE),
        (WEEK_2, {"modules": [replace(MODULE, first=WEEK_2 + timedelta(weeks=1))]}, Known.NOT_THERE),
        (WEEK_2, {"modules": [replace(MODULE, last=TERM)]}, Known.NOT_THERE),
        (WEEK_2, {"gaps": [gap(None, WEEK_2, WEEK_2 + timedelta(days=6))]}, Known.GAP),
        (WEEK_2, {"gaps": [gap(None, WEEK_2, WEEK_2 + timedelta(days=2))]}, Known.IN_PART),
        (WEEK_2, {"gaps": [gap("M1", WEEK_2, WEEK_2 + timedelta(days=6))]}, Known.GAP),
        (WEEK_2, {"gaps": [gap("M9", WEEK_2, WEEK_2 + timedelta(days=6))]}, Known.DATA),
        (
            WEEK_2,
            {"gaps": [gap("M1", WEEK_2, WEEK_2 + timedelta(days=6))], "modules": [MODULE, OTHER]},
            Known.IN_PART,
        ),
        (WEEK_2, {"gaps": [gap(None, WEEK_2, WEEK_2, Source.ATTENDANCE)]}, Known.DATA),
    ],
)
def test_what_is_not_known_is_said_and_never_nought(week, changes, what):
    assert known(Source.VLE, week, week + timedelta(days=6), facts(**changes), TODAY) is what


def test_a_week_that_the_data_reach_into_is_known_so_far():
    reach = REACH | {Source.VLE: Reach(WEEK_2 + timedelta(days=1), TODAY)}
    assert known(Source.VLE, WEEK_2, WEEK_2 + timedelta(days=6), facts(reach=reach), TODAY) is Known.DATA
    assert known(Source.VLE, THIRD, THIRD + timedelta(days=6), facts(reach=reach), TODAY) is Known.NOT_YET


def test_inside_a_gap_a_register_says_nothing_but_a_cancelled_class_stays_cancelled():
    lines = classes((WEEK_2, Presence.ABSENT), (WEEK_2, Presence.CANCELLED))
    closed = gap("M1", WEEK_2, WEEK_2, Source.ATTENDANCE)
    counted = weeks(registers=lines, gaps=[closed])[WEEK_2].classes
    assert counted == {Presence.NOT_RECORDED: 1, Presence.CANCELLED: 1}


def test_inside_a_gap_a_stray_click_does_not_count_as_in_the_measure():
    closed = gap("M1", WEEK_2, WEEK_2)
    week = weeks(online=online(WEEK_2, WEEK_2 + timedelta(days=1)), gaps=[closed])[WEEK_2]
    assert week.active_days == 1


def test_weeks_ahead_hold_nothing_but_the_work_that_is_due():
    ahead = TODAY + timedelta(days=9)
    year = weeks(work=[work(ahead, WorkState.OPEN)])
    later = [w for w in year.values() if w.first > TODAY]
    assert [w.first for w in later if w.work] == [date(2026, 11, 30)]
    assert not any(w.active_days or w.classes for w in later)


def test_a_week_names_the_latest_load_behind_it_and_without_rows_the_systems_latest():
    early = replace(online(WEEK_2)[0], loaded=WEEK_2 + timedelta(days=1))
    year = weeks(online=[early])
    assert year[WEEK_2].loaded[Source.VLE] == WEEK_2 + timedelta(days=1)
    assert year[WEEK_2].loaded[Source.ATTENDANCE] == TODAY
    assert Source.VLE not in weeks(reach={})[WEEK_2].loaded


def test_day_by_day_each_fact_stands_on_its_day():
    tuesday = WEEK_2 + timedelta(days=1)
    lines = classes((tuesday, Presence.ATTENDED), (tuesday, Presence.LATE))
    pieces = [work(tuesday, WorkState.ON_TIME)]
    days = {d.first: d for d in seen(By.DAYS, online=online(tuesday, views=9), registers=lines, work=pieces)}
    assert len(days) == 7 * len(CALENDAR.weeks())
    day = days[tuesday]
    assert (day.last, day.days, day.views) == (tuesday, 1, 9)
    assert day.classes == {Presence.ATTENDED: 1, Presence.LATE: 1}
    assert [piece.title for piece in day.work] == ["Essay"]
    assert days[tuesday + timedelta(days=1)].views == 0
    assert days[TODAY].known[Source.VLE] is Known.NOT_YET
    assert days[TODAY + timedelta(days=1)].known[Source.VLE] is Known.AHEAD


def test_closed_days_are_named_and_stay_in_the_kind_of_week_they_lie_in():
    friday = date(2027, 3, 26)
    days = {d.first: d for d in seen(By.DAYS)}
    assert (days[friday].closed, days[friday].kind) == (("Good Friday",), Kind.TEACHING)
    assert days[date(2026, 10, 28)].kind is Kind.READING
    assert days[date(2026, 12, 24)].kind is Kind.VACATION
    (week,) = [w for w in seen(By.WEEKS) if w.first <= friday <= w.last]
    assert (week.closed, week.kind) == (("Good Friday",), Kind.TEACHING)


def test_days_away_are_named_where_they_lie():
    lines = classes(*[(WEEK_2 + timedelta(days=n), Presence.AUTHORISED) for n in range(2)])
    year = weeks(registers=lines, interrupted=[Away(THIRD, THIRD, "Interruption of study")])
    assert year[WEEK_2].away == ("Authorised absence",)
    assert year[THIRD].away == ("Interruption of study",)
    assert year[TERM].away == ()

"""Now against before: the title of the chart, and what a student reads first."""

import itertools
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from engagement import comparison
from engagement.facts import Gap, Presence, WorkState
from engagement.measure import Rating
from privacy.labels import Source
from tests.engagement.made import TERM, TODAY, classes, facts, online, timeline, work

NOW, BEFORE = date(2026, 11, 17), date(2026, 11, 5)
NEVER_TO_A_STUDENT = (
    "at risk",
    "failing",
    "problem",
    "predict",
    "disengaged",
    "poor",
    "rank",
    "average",
    *(str(rating).lower() for rating in Rating),
)


def went(attended: int, held: int, near: date) -> list:
    return classes(
        *[(near, Presence.ATTENDED if n < attended else Presence.ABSENT) for n in range(held)],
    )


def used(days: int, near: date) -> list:
    return online(*[near + timedelta(days=n - 3) for n in range(days)])


@pytest.mark.parametrize(
    ("now", "before", "title"),
    [
        ((2, 8, 1), (7, 8, 6), "Fewer classes and fewer days on the VLE than before"),
        ((2, 8, 6), (7, 8, 6), "Fewer classes than before"),
        ((7, 8, 1), (7, 8, 6), "Fewer days on the VLE than before"),
        ((7, 8, 6), (8, 8, 5), "Classes and days on the VLE much as before"),
        ((8, 8, 6), (2, 8, 1), "More classes and more days on the VLE than before"),
        ((2, 8, 6), (8, 8, 1), "Fewer classes, more days on the VLE than before"),
    ],
)
def test_the_title_of_the_chart_says_the_finding(now, before, title):
    known = facts(
        registers=went(*now[:2], NOW) + went(*before[:2], BEFORE),
        online=used(now[2], NOW) + used(before[2], BEFORE),
    )
    assert comparison.finding(timeline(known)) == title


def test_days_of_which_the_vle_told_nothing_are_not_fewer_days_on_it():
    lost = Gap(Source.VLE, None, date(2026, 11, 14), date(2026, 11, 20), "No export")
    whole = facts(online=used(6, NOW) + used(6, BEFORE))
    known = replace(whole, gaps=[lost])
    assert comparison.finding(timeline(known)) == "Classes and days on the VLE much as before"
    assert comparison.figures(timeline(known)) == (
        "The last two teaching weeks: 0 days on the VLE of the 6 that reached us. "
        "The two teaching weeks before: 6 days on the VLE."
    )
    assert "you did not use the VLE on the 6 days that reached us." in comparison.own(timeline(known))


def test_the_figures_give_both_runs_of_weeks():
    known = facts(
        registers=went(2, 8, NOW) + went(7, 8, BEFORE),
        online=used(1, NOW) + used(6, BEFORE),
        work=[work(NOW, WorkState.MISSING)],
    )
    assert comparison.figures(timeline(known)) == (
        "The last two teaching weeks: 2 of 8 classes, 1 day on the VLE and the one piece of work due not "
        "handed in. The two teaching weeks before: 7 of 8 classes and 6 days on the VLE."
    )


def test_where_nothing_was_held_or_told_there_is_no_finding():
    nothing = timeline(facts(reach={}))
    assert comparison.finding(nothing) == "Nothing recorded in these weeks"
    assert comparison.figures(nothing) == ""
    assert "Nothing was recorded for you" in comparison.own(nothing)


def test_at_the_start_of_the_year_there_is_nothing_to_compare_with():
    early = TERM + timedelta(days=4)
    known = facts(registers=went(3, 4, TERM))
    assert comparison.finding(timeline(known, today=early)) == "The weeks so far"
    assert comparison.own(timeline(known, today=early)).startswith(
        "In the 5 teaching days so far (21–25 September) you went to 3 of 4 classes"
    )
    before_term = timeline(facts(), today=TERM - timedelta(days=1))
    assert comparison.own(before_term).startswith("Teaching has not begun yet.")
    assert comparison.finding(before_term) == "Nothing recorded in these weeks"


def test_a_student_reads_their_own_weeks_first():
    known = facts(
        registers=[*went(7, 9, NOW), *classes((NOW, Presence.NOT_RECORDED)), *went(8, 9, BEFORE)],
        online=used(5, NOW) + used(6, BEFORE),
        work=[work(NOW, WorkState.ON_TIME)],
    )
    assert comparison.own(timeline(known)) == (
        "In the last two teaching weeks (10–23 November) you went to 7 of 9 classes, used the VLE on 5 days "
        "and handed in the one piece of work due. 1 class without a register is left out. "
        "In the two teaching weeks before, you went to 8 of 9 classes and used the VLE on 6 days."
    )


def test_part_time_windows_are_said_as_the_four_weeks_they_are():
    whole = timeline(facts(registers=went(1, 2, NOW)))
    assert whole.now
    longer = replace(whole, now=replace(whole.now, length=28, taught_days=28), before=None)
    assert comparison.own(longer).startswith("In the last four teaching weeks")


@pytest.mark.parametrize(("attended", "held"), [(0, 0), (0, 4), (4, 4)])
def test_no_sentence_to_a_student_judges_ranks_or_predicts(attended, held):
    states = [*itertools.combinations(WorkState, 2)]
    for days, pair, excused in itertools.product((0, 1, 6), states, (0, 2)):
        known = facts(
            registers=went(attended, held, NOW) + classes(*[(NOW, Presence.AUTHORISED)] * excused),
            online=used(days, NOW),
            work=[work(NOW, state) for state in pair],
        )
        year = timeline(known, today=TODAY)
        said = " ".join((comparison.own(year), comparison.finding(year), comparison.figures(year))).lower()
        assert [word for word in NEVER_TO_A_STUDENT if re.search(rf"\b{word}", said)] == []
        assert said.count("you ") >= 1

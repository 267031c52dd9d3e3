"""A run of taught days, counted as the measure counts."""

from datetime import timedelta

import pytest

from engagement.facts import Gap, Presence, WorkState
from engagement.period import period
from privacy.labels import Source
from tests.engagement.made import TERM, classes, facts, online, work

DAYS = [TERM + timedelta(days=n) for n in range(14)]
EACH = classes(*[(TERM, presence) for presence in Presence])


def test_classes_count_as_attended_late_or_absent_and_the_rest_is_left_out():
    found = period(facts(registers=EACH), DAYS, 14, "excluded")
    assert found
    assert (found.attended, found.held, found.authorised, found.unrecorded) == (2, 3, 1, 1)
    assert found.percent == 67


def test_where_excused_counts_as_met_it_counts_as_attended():
    found = period(facts(registers=EACH), DAYS, 14, "met")
    assert found
    assert (found.attended, found.held) == (3, 4)


def test_only_the_days_of_the_period_count():
    outside = TERM + timedelta(days=14)
    found = period(
        facts(registers=classes((outside, Presence.ABSENT)), online=online(TERM, outside)),
        DAYS,
        14,
        "excluded",
    )
    assert found
    assert (found.held, found.days_online) == (0, 1)
    assert found.percent is None


def test_work_still_to_come_is_not_due_and_missing_work_is_missing():
    pieces = [work(TERM, state) for state in WorkState]
    found = period(facts(work=pieces), DAYS, 14, "excluded")
    assert found
    assert (found.due, found.missing) == (3, 1)


@pytest.mark.parametrize(
    "changes",
    [
        {"reach": {}},
        {"gaps": [Gap(Source.VLE, None, TERM, TERM + timedelta(days=30), "No export")]},
        {"modules": []},
    ],
)
def test_without_a_feed_days_on_the_vle_are_unknown_and_not_nought(changes):
    found = period(facts(**changes), DAYS, 14, "excluded")
    assert found
    assert found.days_online is None
    assert found.empty


def test_a_window_cut_short_by_the_start_of_the_year_says_so():
    short = period(facts(), DAYS[:5], 14, "excluded")
    assert short
    assert short.short
    assert period(facts(), [], 14, "excluded") is None

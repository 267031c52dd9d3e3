"""Marks asked for before their results: the day they are owed by, and a letter that promises what can be kept."""

from datetime import date

import pytest

from privacy.marks import Awaited, awaited

OUTSIDE = "from the records of the university outside Learner Analytics"
HERE = "Learner Analytics holds no mark before it is announced"


@pytest.mark.parametrize(
    ("requested", "results", "by", "says"),
    [
        (date(2027, 5, 10), date(2027, 7, 2), "10 August 2027", "You will have them by the end of"),
        (date(2027, 1, 15), date(2027, 7, 2), "14 June 2027", OUTSIDE),  # owed before they are announced
        (date(2027, 1, 15), None, "14 June 2027", "within 40 days of the announcement if that is sooner"),
        (date(2026, 11, 23), date(2027, 1, 20), "28 February 2027", "You will have them by the end of"),
    ],
)
def test_what_is_not_announced_when_it_is_owed_is_not_promised_from_here(requested, results, by, says):
    told = Awaited(requested, results).told
    assert f"by the end of {by}" in told
    assert says in told
    assert HERE in told
    assert (OUTSIDE in told) is not Awaited(requested, results).held_by_then


@pytest.mark.parametrize(
    ("results", "waits"),
    [(date(2026, 12, 19), False), (date(2026, 12, 20), False), (date(2026, 12, 21), True), (None, True)],
)
def test_marks_that_are_announced_by_now_wait_no_longer(results, waits):
    assert (awaited(date(2026, 11, 23), results, date(2026, 12, 20)) is not None) is waits

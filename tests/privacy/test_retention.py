"""When records are due to go: leap days, months' ends, and the reverse question."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import policy
from policy.retention import Retention, Rule
from privacy import labels
from privacy.retention import NEXT, State, due, last_end_due

SIX = Rule(after="last course end", years=6, action="delete", automatic=False, authority="x")


@pytest.mark.parametrize(
    ("end", "rule", "day"),
    [
        (date(2027, 6, 4), SIX, date(2033, 6, 4)),
        (date(2028, 2, 29), SIX, date(2034, 2, 28)),
        (date(2028, 2, 29), SIX.model_copy(update={"years": 4}), date(2032, 2, 29)),
        (date(2026, 12, 31), SIX.model_copy(update={"years": 0, "months": 2}), date(2027, 2, 28)),
        (date(2026, 12, 31), SIX.model_copy(update={"years": 0, "days": 1}), date(2027, 1, 1)),
        (date(2026, 12, 31), SIX.model_copy(update={"years": 0}), date(2026, 12, 31)),
    ],
)
def test_the_day_on_which_records_are_due(end, rule, day):
    assert due(end, rule) == day


@given(
    st.dates(date(2015, 1, 1), date(2060, 12, 31)),
    st.integers(0, 12),
    st.integers(0, 11),
    st.integers(0, 365),
)
def test_the_last_end_that_is_due_is_due_and_the_next_day_is_not(today, years, months, days):
    rule = SIX.model_copy(update={"years": years, "months": months, "days": days})
    end = last_end_due(today, rule)
    assert due(end, rule) <= today
    assert due(end.fromordinal(end.toordinal() + 1), rule) > today


def test_every_class_of_the_labels_has_a_rule_in_what_is_shipped():
    assert policy.current().retention.unruled({one.value for one in labels.Retention}) == []
    assert policy.current().retention.unruled({"core", "else"}) == ["else"]


def test_nothing_may_be_kept_longer_than_what_it_hangs_on():
    rule = SIX.model_dump()
    with pytest.raises(ValueError, match="class support is kept longer"):
        Retention.model_validate({"version": "x", "class": {"core": rule, "support": rule | {"years": 7}}})


def test_what_is_done_or_refused_stays_so():
    assert not NEXT[State.DONE] | NEXT[State.REFUSED]

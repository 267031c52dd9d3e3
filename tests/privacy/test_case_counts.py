"""Requests that are over, in counts."""

from datetime import UTC, date, datetime

from privacy.case_counts import Counted, counted
from privacy.request import Kind, State


def at(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 12, tzinfo=UTC)


def test_each_kind_is_counted_with_its_ends_and_the_middle_of_its_days():
    found = counted(
        [
            (Kind.ERASURE, State.REFUSED, at(3, 1), at(3, 11), date(2026, 4, 1)),
            (Kind.ACCESS, State.FULFILLED, at(3, 1), at(3, 31), date(2026, 4, 1)),
            (Kind.ACCESS, State.FULFILLED, at(3, 1), at(4, 1), date(2026, 4, 1)),
            (Kind.ACCESS, State.REFUSED, at(3, 1), at(4, 2), date(2026, 4, 1)),
        ]
    )
    assert found == (
        Counted(Kind.ACCESS, 3, 2, 31, ((State.FULFILLED, 2), (State.REFUSED, 1))),
        Counted(Kind.ERASURE, 1, 1, 10, ((State.REFUSED, 1),)),
    )


def test_what_had_no_day_is_not_in_time():
    (one,) = counted([(Kind.ACCESS, State.FULFILLED, at(3, 1), at(3, 2), None)])
    assert (one.number, one.in_time) == (1, 0)


def test_nothing_is_nothing():
    assert counted([]) == ()

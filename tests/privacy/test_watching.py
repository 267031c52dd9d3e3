"""What stands out in the access log, rule by rule, to the boundary of each."""

from datetime import UTC, datetime, timedelta

import pytest

import policy
from privacy.watching import Confirmations, Rule, Seen, confirmations, warnings
from tests.cast import NOW

WATCH = policy.current().access.watch
MOST, REFUSALS = WATCH.students_an_hour, WATCH.refusals_an_hour
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
ADA, TOM = "ada", "tom"


def seen(n: int, *, actor=ADA, every=SECOND, since=NOW, allowed=True, students=None) -> Seen:
    return Seen(since + n * every, actor, "Personal tutor", students or (f"student-{n}",), allowed)


def rules(*lines: Seen, namesakes=None) -> list[tuple[Rule, str, int]]:
    return [(one.rule, one.actor, one.number) for one in warnings(lines, namesakes or {}, WATCH)]


@pytest.mark.parametrize(("number", "stands_out"), [(MOST, []), (MOST + 1, [(Rule.MANY, ADA, MOST + 1)])])
def test_many_students_within_an_hour_stand_out_from_one_more_than_policy_says(number, stands_out):
    assert rules(*(seen(n) for n in range(number))) == stands_out


def test_as_many_in_more_than_an_hour_do_not():
    slow = timedelta(hours=1) / MOST
    assert rules(*(seen(n, every=slow) for n in range(MOST + 1))) == []
    assert rules(*(seen(n, every=slow - SECOND) for n in range(MOST + 1))) == [(Rule.MANY, ADA, MOST + 1)]


def test_the_same_student_again_lists_and_two_peoples_looks_are_not_many():
    assert rules(*(seen(n, students=("ben",)) for n in range(3 * MOST))) == []
    assert rules(*(seen(n, students=tuple(f"s{n}-{m}" for m in range(45))) for n in range(MOST))) == []
    assert rules(*(seen(n, actor=(ADA, TOM)[n % 2]) for n in range(MOST + 1))) == []


def test_a_long_hour_is_one_warning_and_the_next_hour_another():
    assert len(rules(*(seen(n) for n in range(3 * MOST)))) == 1
    later = NOW + timedelta(hours=1)
    both = [*(seen(n) for n in range(MOST + 1)), *(seen(n, since=later) for n in range(MOST + 1))]
    assert len(rules(*both)) == 2


@pytest.mark.parametrize(
    ("at", "late"),
    [
        (datetime(2026, 11, 23, 5, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 23, 6, 0, tzinfo=UTC), False),
        (datetime(2026, 11, 23, 21, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 23, 22, 0, tzinfo=UTC), True),
        (datetime(2026, 7, 6, 5, 0, tzinfo=UTC), False),  # six o'clock in summer
        (datetime(2026, 7, 6, 21, 0, tzinfo=UTC), True),
    ],
)
def test_a_record_opened_out_of_hours_stands_out_by_londons_clock(at, late):
    assert rules(seen(0, since=at)) == ([(Rule.LATE, ADA, 1)] if late else [])


def test_a_night_is_one_warning_that_says_how_many_students():
    night = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)
    assert rules(*(seen(n, since=night) for n in range(3)), seen(0, since=night)) == [(Rule.LATE, ADA, 3)]


def test_a_student_of_the_same_surname_stands_out_once_a_day_and_nobody_elses_does():
    same = {ADA: frozenset({"student-1"})}
    assert rules(seen(0), seen(2), namesakes=same) == []
    assert rules(seen(1), seen(1, since=NOW + MINUTE), namesakes=same) == [(Rule.NAMESAKE, ADA, 1)]
    assert rules(seen(1, actor=TOM), namesakes=same) == []
    assert rules(seen(1, allowed=False), namesakes=same) == []


@pytest.mark.parametrize(
    ("number", "stands_out"), [(REFUSALS, []), (REFUSALS + 1, [(Rule.REFUSED, ADA, REFUSALS + 1)])]
)
def test_refusals_stand_out_from_one_more_than_policy_says_the_same_student_or_not(number, stands_out):
    assert rules(*(seen(n, allowed=False, students=("ben",)) for n in range(number))) == stands_out


def test_what_somebody_does_with_their_own_record_stands_out_in_nothing():
    night = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)
    assert rules(*(seen(n, since=night, students=(ADA,)) for n in range(3 * MOST))) == []


@pytest.mark.parametrize(("milliseconds", "quick"), [(0, 1), (5_000, 1), (5_001, 0), (60_000, 0)])
def test_a_confirmation_is_quick_up_to_the_seconds_of_policy(milliseconds, quick):
    assert confirmations([timedelta(milliseconds=milliseconds)], WATCH) == Confirmations(1, quick)


def test_the_share_is_in_whole_per_cent_with_halves_up():
    assert [Confirmations(*one).share for one in ((0, 0), (3, 1), (8, 1), (200, 1), (2, 2))] == [
        0,
        33,
        13,
        1,
        100,
    ]

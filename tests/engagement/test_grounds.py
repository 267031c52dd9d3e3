"""The rules for suggestions: what brings one about on a day, and what must not."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import policy
from engagement.grounds import Grounds, Missing, findings
from engagement.measure import Counts
from engagement.suggestion import Finding, Rule

# Monday 23 November is taught, and so is every day since reading week, which ends on 1 November.
TODAY = date(2026, 11, 23)
FIRST = date(2026, 11, 10)
QUIET = Grounds(
    as_of=TODAY,
    first=FIRST,
    last_active=date(2026, 11, 13),
    since=date(2026, 11, 13),
    in_use=5_000,
)
AWAY = Grounds(as_of=TODAY, first=FIRST, counts=(Counts(expected=8, attended=2), Counts(expected=1)))
FALLEN = Grounds(as_of=TODAY, first=FIRST, score=4_050, before=(7_000, 6_100, 8_000, 6_000))
ESSAY = Missing(7, date(2026, 11, 12), first=True)


def found(grounds: Grounds) -> list[Finding]:
    rules = policy.current()
    return findings(grounds, rules.engagement, rules.calendar)


@pytest.mark.parametrize(
    ("grounds", "said"),
    [
        # 14 to 23 November are ten days, all of teaching weeks.
        (QUIET, [Finding(Rule.QUIET, TODAY, date(2026, 11, 13), amount=10)]),
        (replace(QUIET, since=date(2026, 11, 14)), []),  # nine
        (replace(QUIET, last_active=None), [Finding(Rule.QUIET, TODAY, None, amount=10)]),
        (replace(QUIET, in_use=4_999), []),  # the module is quiet itself
        (replace(QUIET, unknown=frozenset({date(2026, 11, 20)})), []),  # a day of which nobody can tell
        (replace(QUIET, as_of=date(2026, 11, 22)), []),
        # 2 of 9 classes in two modules; 22 in 100.
        (AWAY, [Finding(Rule.ATTENDANCE, TODAY, FIRST, amount=2, of=9)]),
        (replace(AWAY, counts=(Counts(expected=3, attended=0),)), []),  # too few to say
        (
            replace(AWAY, counts=(Counts(expected=4, attended=1),)),
            [Finding(Rule.ATTENDANCE, TODAY, FIRST, 1, 4)],
        ),
        (replace(AWAY, counts=(Counts(expected=4, attended=2),)), []),  # half is not under half
        # Authorised, cancelled and not recorded classes are no absences: three are left.
        (
            replace(AWAY, counts=(Counts(expected=8, attended=1, authorised=2, cancelled=2, unrecorded=1),)),
            [],
        ),
        # The median of four by rank is the lower of the middle two, 61; 20.5 points under it.
        (FALLEN, [Finding(Rule.FALL, TODAY, amount=40, of=61)]),
        (replace(FALLEN, score=4_101), []),
        (replace(FALLEN, before=(9_000, 9_000, 9_000)), []),
        (replace(FALLEN, score=None), []),
        (replace(FALLEN, gaps=frozenset({FIRST})), []),
        (replace(FALLEN, excused=frozenset({TODAY})), []),
        (
            replace(FALLEN, excused=frozenset({FIRST - timedelta(days=1)})),
            [Finding(Rule.FALL, TODAY, None, 40, 61)],
        ),
        (
            replace(AWAY, counts=(), missing=(ESSAY,)),
            [Finding(Rule.MISSING, ESSAY.due, amount=1, work=7)],
        ),
        (
            replace(AWAY, counts=(), missing=(ESSAY,), excused=frozenset({ESSAY.due - timedelta(days=7)})),
            [],
        ),
        (
            replace(AWAY, counts=(), missing=(ESSAY,), excused=frozenset({ESSAY.due - timedelta(days=8)})),
            [Finding(Rule.MISSING, ESSAY.due, amount=1, work=7)],
        ),
        (Grounds(as_of=TODAY, first=FIRST), []),
    ],
)
def test_a_suggestion_is_raised_by_its_rule_and_by_nothing_else(grounds, said):
    assert found(grounds) == said


def test_vacations_reading_weeks_and_bank_holidays_are_no_quiet_days():
    # Seen on 22 October; reading week runs from 26 October to 1 November. 23–25 October and 2–8 November: ten.
    away = replace(QUIET, since=date(2026, 10, 22), last_active=date(2026, 10, 22))
    assert found(replace(away, as_of=date(2026, 11, 7))) == []
    assert [one.amount for one in found(replace(away, as_of=date(2026, 11, 8)))] == [10]


def test_the_most_telling_comes_first_and_of_missing_work_the_first_of_a_module():
    other = Missing(5, date(2026, 11, 11), first=False)
    every = replace(
        QUIET, counts=AWAY.counts, score=FALLEN.score, before=FALLEN.before, missing=(other, ESSAY)
    )
    assert [(one.rule, one.work) for one in found(every)] == [
        (Rule.MISSING, 7),
        (Rule.MISSING, 5),
        (Rule.QUIET, 0),
        (Rule.ATTENDANCE, 0),
        (Rule.FALL, 0),
    ]


DAYS = st.dates(FIRST - timedelta(days=30), TODAY)


@given(
    since=DAYS,
    counts=st.builds(Counts, expected=st.integers(0, 20), attended=st.integers(0, 8)),
    score=st.none() | st.integers(0, 10_000),
    before=st.lists(st.integers(0, 10_000), max_size=8).map(tuple),
    missing=st.lists(st.builds(Missing, st.integers(1, 5), DAYS, st.booleans()), max_size=3).map(tuple),
    lost=st.frozensets(DAYS),
    excused=st.frozensets(DAYS),
)
def test_gaps_and_authorised_absence_never_bring_a_suggestion_about(
    since, counts, score, before, missing, lost, excused
):
    calm = Grounds(TODAY, FIRST, (counts,), score, before, since, since, in_use=10_000, missing=missing)
    disturbed = replace(calm, unknown=lost, gaps=lost, excused=excused)
    assert {one.rule for one in found(disturbed)} <= {one.rule for one in found(calm)}
    assert {(one.rule, one.work) for one in found(disturbed)} <= {(one.rule, one.work) for one in found(calm)}

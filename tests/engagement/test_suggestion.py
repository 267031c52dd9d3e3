"""A suggestion to talk: its states, its sentence, and how long it has waited."""

from datetime import UTC, date, datetime

import pytest

import policy
from engagement.evidence import evidence
from engagement.measure import Counts, Rating
from engagement.suggestion import NEXT, SAID, STANDING, Finding, Rule, State, Suggestion, working_days
from tests.engagement.made import module, standing

FRIDAY = datetime(2026, 11, 13, 22, tzinfo=UTC)


def suggestion(rule: Rule, *, first: date | None = None, amount: int = 0, of: int = 0) -> Suggestion:
    finding = Finding(rule, date(2026, 11, 23), first, amount, of)
    return Suggestion(1, State.RAISED, finding, FRIDAY, title="Essay", module="Seeing", course="History")


@pytest.mark.parametrize(
    ("one", "sentence"),
    [
        (
            suggestion(Rule.MISSING, amount=1),
            "The first piece of work of Seeing, “Essay”, due 23 November, is not handed in.",
        ),
        (suggestion(Rule.MISSING), "Work of Seeing, “Essay”, due 23 November, is not handed in."),
        (
            suggestion(Rule.QUIET, first=date(2026, 11, 6), amount=12),
            "No class, VLE use or work since 6 November: 12 teaching days by 23 November.",
        ),
        (
            suggestion(Rule.QUIET, amount=10),
            "No class, VLE use or work so far: 10 teaching days by 23 November.",
        ),
        (
            suggestion(Rule.ATTENDANCE, first=date(2026, 11, 10), amount=2, of=9),
            "Attended 2 of 9 classes, 10–23 November.",
        ),
        (
            suggestion(Rule.FALL, amount=41, of=72),
            "The score is 31 points under the median of the weeks before: 41 where it was 72.",
        ),
    ],
)
def test_each_rule_says_why_in_one_sentence_with_its_figures(one, sentence):
    assert one.sentence == sentence


@pytest.mark.parametrize(
    ("today", "days"),
    [
        (date(2026, 11, 13), 0),
        (date(2026, 11, 15), 0),  # a weekend
        (date(2026, 11, 16), 1),
        (date(2026, 11, 20), 5),
        (date(2026, 11, 23), 6),
        (date(2026, 12, 23), 28),
        (date(2027, 1, 3), 28),  # the university is shut
        (date(2027, 1, 4), 29),
    ],
)
def test_a_suggestion_waits_by_working_days(today, days):
    assert working_days(FRIDAY, today, policy.current().calendar) == days


def test_every_state_is_said_and_leads_only_onwards():
    assert set(SAID) == set(State) == set(NEXT)
    ends = {state for state, after in NEXT.items() if not after}
    assert ends == {State.CLEARED, State.LAPSED, State.WITHDRAWN}
    assert set(STANDING) == {State.RAISED, State.CONFIRMED, State.OFFERED}
    reached, fresh = set(), {State.RAISED}
    while fresh:
        reached |= fresh
        fresh = {after for state in fresh for after in NEXT[state]} - reached
    assert reached == set(State)


@pytest.mark.parametrize("rule", Rule)
def test_what_it_rests_on_ends_with_the_rule_and_its_numbers(rule):
    counted = module(Counts(expected=4, attended=1, due=2, on_time=1))
    stands = standing(Rating.LOW, 7_000, 4_100, modules=(counted,))
    lines = evidence(suggestion(rule, amount=1, of=4), stands, policy.current().engagement)
    assert lines[-1].startswith("Rule: ")
    assert any(character.isdigit() for character in lines[-1])
    told = {
        Rule.MISSING: "Work of Seeing lately: 2 pieces due, 1 on time, 0 late, 1 not handed in.",
        Rule.QUIET: "Last seen on Sun 22 Nov: in a class, on the VLE, or by work handed in.",
        Rule.ATTENDANCE: "Seeing: 1 of 4 classes.",
        Rule.FALL: "The score of each week, by its Monday: 16 November: 70, 23 November: 41.",
    }
    assert told[rule] in lines

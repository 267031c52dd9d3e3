"""Other thresholds: the answer of one student to the whole grid is what the rules say under each of its places."""

import tomllib
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import policy
from engagement.grounds import Grounds, Missing, findings
from engagement.measure import Counts
from engagement.thresholds import Choice, Grid, answer, in_force, lines
from policy.engagement import Engagement

RULES, CALENDAR = policy.current().engagement, policy.current().calendar
ON = date(2026, 11, 22)
GRID = Grid.around(in_force(RULES))

grounds = st.builds(
    Grounds,
    as_of=st.just(ON),
    first=st.just(ON - timedelta(days=13)),
    counts=st.integers(0, 10).map(lambda n: (Counts(expected=10, attended=n),)),
    score=st.integers(0, 10_000),
    before=st.lists(st.integers(0, 10_000), max_size=6).map(tuple),
    since=st.integers(0, 40).map(lambda n: ON - timedelta(days=n)),
    in_use=st.sampled_from((4_000, 6_000)),
    missing=st.lists(st.just(Missing(1, ON - timedelta(days=3), first=True)), max_size=2).map(tuple),
)


def test_the_grid_is_the_usual_one_with_the_thresholds_in_force():
    assert Grid((5, 7, 10, 14, 20), (30, 40, 50, 60, 70), (10, 15, 20, 25, 30)) == GRID
    assert len(GRID.choices()) == 125
    odd = Grid.around(Choice(12, 50, 33))
    assert (odd.quiet, odd.fall) == ((5, 7, 10, 12, 14, 20), (10, 15, 20, 25, 30, 33))
    assert {choice.quiet for choice in odd.diagonal()} == set(odd.quiet)
    assert {choice.fall for choice in odd.diagonal()} == set(odd.fall)


@given(grounds)
@settings(max_examples=40, deadline=None)
def test_an_answer_is_what_the_rules_say_at_every_place_of_the_grid(of):
    found = answer(of, GRID, RULES, CALENDAR)
    for choice in GRID.choices()[::7]:
        assert found.suggestions(choice) == len(findings(of, choice.rules(RULES), CALENDAR))


@given(grounds)
@settings(max_examples=30, deadline=None)
def test_a_stricter_threshold_never_raises_more(of):
    found = answer(of, GRID, RULES, CALENDAR)
    loose, strict = Choice(5, 70, 10), Choice(20, 30, 30)
    assert found.suggestions(strict) <= found.suggestions(in_force(RULES)) <= found.suggestions(loose)


def test_the_lines_to_change_are_policy_that_reads_as_the_choice():
    choice = Choice(14, 50, 25)
    text = lines(choice, RULES)
    assert text == 'version = "2026-4"\n\n[suggestions.quiet]\ndays = 14\n\n[suggestions.fall]\npoints = 25'
    changed, values = tomllib.loads(text), RULES.model_dump()
    values["version"] = changed["version"]
    for table, settings_ in changed["suggestions"].items():
        values["suggestions"][table] |= settings_
    assert in_force(Engagement.model_validate(values)) == choice


@pytest.mark.parametrize(("version", "after"), [("2026-3", "2026-4"), ("9", "10"), ("ours", "ours-2")])
def test_a_change_names_a_version_of_its_own(version, after):
    rules = RULES.model_copy(update={"version": version})
    assert f'version = "{after}"' in lines(Choice(5, 50, 20), rules)


def test_no_change_has_no_lines():
    assert lines(in_force(RULES), RULES) == ""
    assert Choice.named(in_force(RULES).row) == in_force(RULES)

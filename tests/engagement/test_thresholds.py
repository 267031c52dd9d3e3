"""Other thresholds: the answer of one student to the whole grid is what the rules say under each of its places."""

import tomllib
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import policy
from engagement.grounds import Grounds, Missing, findings
from engagement.measure import Counts
from engagement.suggestion import Rule
from engagement.thresholds import Answer, Choice, Grid, answer, in_force, lines, raised, told
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
@settings(max_examples=20, deadline=None)
def test_the_suggestions_of_all_rules_together_are_the_suggestions(of):
    found = answer(of, GRID, RULES, CALENDAR)
    for choice in GRID.choices()[::11]:
        assert sum(found.by_rule(rule, choice) for rule in Rule) == found.suggestions(choice)


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


QUIET = Answer(0, frozenset({5, 7, 10}), frozenset(), frozenset())
LATE = Answer(2, frozenset(), frozenset({50, 60, 70}), frozenset())
NOTHING = Answer(0, frozenset(), frozenset(), frozenset())


def rows(now, then=()):
    found = {}
    for cell in (*raised(GRID, now), *told(GRID, then)):
        found.setdefault((cell.report, cell.row), {})[cell.heading] = cell.value
    return found


def test_each_rule_says_what_it_alone_would_raise_for_whom_and_how_it_would_have_done():
    now = [(NOTHING, tutor) for tutor in range(30)] + [(QUIET, tutor) for tutor in range(16)]
    now += [(LATE, 0)] * 6 + [(NOTHING, None)] * 8  # of 60 students; tutor 0 has 12 missing pieces of work
    then = [(QUIET, True)] * 30 + [(LATE, False)] * 10 + [(NOTHING, True)] * 30
    found = rows(now, then)
    assert {row for report, row in found if report == "rules"} == {
        "missing work/",
        *(f"no activity/{days}" for days in GRID.quiet),
        *(f"attendance/{percent}" for percent in GRID.attendance),
        *(f"sharp fall/{points}" for points in GRID.fall),
    }
    assert found["rules", "no activity/10"] == {
        "suggestions": "15",  # 16
        "per tutor": "11.2",  # 45 × 15 ÷ 60
        "median": "1",  # of 30 tutors 16 have one, and nobody more
        "most": "[c]",
        "precision": "[DPH]",  # 30 of 30
        "recall": "50",  # 30 of 60
    }
    assert found["rules", "no activity/14"]["suggestions"] == "[c]"
    assert found["rules", "missing work/"] == {
        "suggestions": "10",  # 12
        "per tutor": "7.5",
        "median": "0",
        "most": "10",  # 12, all of one tutor
        "precision": "[u]",  # of 10
        "recall": "[DPL]",  # none of 60
    }
    whole = found["thresholds", in_force(RULES).row]  # 16 + 12 + 6: tutor 0 has 19
    assert (whole["suggestions"], whole["median"], whole["most"]) == ("35", "1", "20")


def test_of_a_few_tutors_neither_the_most_nor_the_middle_is_told():
    for count, said in ((22, ("[u]", "[u]")), (23, ("1", "10"))):
        now = [(QUIET, tutor) for tutor in range(count)] + [(LATE, 0)] * 3
        whole = rows(now)["thresholds", in_force(RULES).row]
        assert (whole["median"], whole["most"]) == said


def test_no_tutor_is_among_what_is_published():
    now = [(LATE, 98_765_432 + n) for n in range(40)] * 4
    text = repr(rows(now))
    assert not any(str(98_765_432 + n) in text for n in range(40))

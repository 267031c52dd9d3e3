"""From students with a suggestion to published cells: stages, days waited, and what a comparison comes to."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy.impact import Match
from support.impact import Finding, Followed, Stage, cells, counts, finding
from support.matching import Pair, Start

ON = date(2026, 10, 12)
LATER = ON + timedelta(days=8)
RULES = Match(score=5, history=10, pairs=30)


def one(student=1, **values):
    return Followed(student, ON, **values)


@pytest.mark.parametrize(
    ("of", "stage"),
    [
        (one(), Stage.SUGGESTED),
        (one(answered=ON), Stage.ANSWERED),
        (one(answered=ON, offered=ON), Stage.OFFERED),
        (one(met=LATER), Stage.SUPPORTED),  # by whatever way
        (one(planned=LATER), Stage.PLANNED),
        (one(met=LATER, planned=LATER, recovered=True), Stage.RECOVERED),
        (one(recovered=True), Stage.SUGGESTED),  # without a plan it is not told
    ],
)
def test_the_furthest_stage_counts(of, stage):
    assert of.stage is stage


def test_support_begins_with_the_first_conversation_or_plan():
    assert one(met=LATER, planned=ON).supported == ON
    assert one(met=ON).supported == ON
    assert one(offered=ON).supported is None


days = st.none() | st.dates(ON, LATER)
followed = st.builds(
    Followed,
    student=st.integers(),
    suggested=st.just(ON),
    answered=days,
    in_time=st.booleans(),
    offered=days,
    met=days,
    planned=days,
    recovered=st.booleans(),
    waited=st.none() | st.integers(0, 40),
)


@given(st.lists(followed, max_size=60))
def test_every_stage_is_a_part_of_the_one_before_and_the_first_is_everybody(students):
    found = list(counts(students).values())
    assert found == sorted(found, reverse=True)
    assert found[0] == len(students)


@given(st.lists(followed, max_size=60), st.randoms(use_true_random=False))
def test_what_is_published_does_not_depend_on_the_order_and_says_nothing_of_few(students, shuffled):
    def published(of):
        return list(cells("2026/27", ON, of, [], 0, RULES))

    first = published(students)
    again = [*students]
    shuffled.shuffle(again)
    assert published(again) == first
    if len(students) < 10:
        assert {cell.value for cell in first[1:]} <= {"[c]", "[u]"}


def test_the_same_headings_are_published_whether_there_is_little_or_much():
    little = list(cells("2026/27", ON, [], [], 0, RULES))
    much = list(cells("2026/27", ON, [one(n, met=ON) for n in range(80)], compared([500] * 40), 0, RULES))
    assert [cell[:3] for cell in little] == [cell[:3] for cell in much]


def test_the_days_waited_are_told_in_quarters():
    students = [one(n, offered=LATER, waited=n) for n in range(1, 24)]
    row = {
        cell.heading: cell.value
        for cell in cells("2026/27", ON, students, [], 0, RULES)
        if cell.report == "wait"
    }
    assert row == {"lower": "7", "median": "12", "upper": "18"}
    few = [cell.value for cell in cells("2026/27", ON, students[1:], [], 0, RULES) if cell.report == "wait"]
    assert few == ["[u]"] * 3


def compared(differences):
    return [
        Pair(
            Start(0, "same", 3_000, 5_000, n, 1_000 + difference),
            Start(0, "same", 3_100, 5_000, 1_000 + n, 1_000),
        )
        for n, difference in enumerate(differences)
    ]


def row(differences, supported=80, later=0):
    students = [one(n, met=LATER) for n in range(supported)]
    found = cells("2026/27", ON, students, compared(differences), later, RULES)
    return {cell.heading: cell.value for cell in found if cell.report == "comparison"}


def test_under_the_policys_pairs_nothing_is_said():
    found = row([2_000] * 29)
    assert found == {
        "pairs": "[c]",
        **dict.fromkeys(("score", "supported", "others", "difference", "low", "high", "later"), "[u]"),
    }
    assert finding(found) is Finding.FEW
    assert finding(row([2_000, 1_900] * 15)) is Finding.MORE


def test_an_interval_is_told_in_whole_points_rounded_away_from_the_middle():
    found = row([300, 900] * 20)
    assert found == {
        "pairs": "40",
        "score": "30",
        "supported": "16",
        "others": "10",
        "difference": "6",
        "low": "5",  # 6 − 2.02 × 3.04 ÷ √40 = 5.03
        "high": "7",
        "later": "[c]",
    }


@pytest.mark.parametrize(
    ("differences", "comes_to"),
    [
        ([300, 900] * 20, Finding.MORE),
        ([-300, -900] * 20, Finding.LESS),
        ([-900, 1_000] * 20, Finding.OPEN),
        ([10, 110] * 20, Finding.OPEN),  # above nought by less than a point: its end is published as 0
    ],
)
def test_a_finding_is_what_the_published_interval_shows(differences, comes_to):
    assert finding(row(differences)) is comes_to


def test_a_number_of_pairs_that_would_tell_of_a_few_without_one_is_left_out():
    assert row([500, 600] * 20, supported=49)["pairs"] == "[c]"  # nine are in no pair
    assert row([500, 600] * 20, supported=50)["pairs"] == "40"
    assert row([500, 600] * 20, supported=49)["difference"] == "6"  # 5.5


def test_how_many_of_the_others_had_support_later_is_told_as_a_share():
    assert row([500, 600] * 20, later=16)["later"] == "40"
    assert row([500, 600] * 20, later=9)["later"] == "[c]"

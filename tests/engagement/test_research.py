"""Research students by hand: meetings held, milestones met, their window, and what is said of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement import measure, research, research_words, sentences
from engagement.measure import Rating
from engagement.research import Duty, ResearchCounts, ResearchParts, ResearchScore
from policy import current
from tests.engagement.made import standing
from tests.engagement.test_explanation import by_hand

RULES = current().engagement.research
TODAY, YEAR = 20_000, 19_950
WEEK = research.week(91, YEAR, TODAY, TODAY)


@pytest.mark.parametrize(
    ("due", "done", "counts", "held"),
    [
        (TODAY - 10, TODAY - 10, 1, 1),
        (TODAY - 10, TODAY - 12, 1, 1),  # held before its day
        (TODAY - 10, TODAY - 3, 1, 1),  # held after its day is held
        (TODAY - 10, None, 1, 0),
        (TODAY - 10, TODAY + 1, 1, 0),  # not yet, on the day looked at
        (TODAY, None, 0, 0),  # the day is not over
        (TODAY, TODAY, 1, 1),
        (TODAY + 1, TODAY, 0, 0),  # counts on the day it is due
        (TODAY - 90, None, 1, 0),  # 91 days, both ends included
        (TODAY - 91, None, 0, 0),
    ],
)
def test_a_meeting_counts_in_the_window_it_was_due_in(due, done, counts, held):
    found = research.counts([Duty(due, done)], [], WEEK)
    assert (found.meetings_due, found.meetings_held) == (counts, held)


@pytest.mark.parametrize(
    ("due", "met", "counted"),
    [
        (YEAR, None, (1, 0, 0)),  # the first day of the year
        (YEAR - 1, None, (0, 0, 0)),  # the year before
        (TODAY - 1, TODAY - 1, (1, 1, 0)),
        (TODAY - 5, TODAY - 1, (1, 0, 1)),  # late
        (TODAY - 5, TODAY + 1, (1, 0, 0)),  # still overdue on the day looked at
        (TODAY, None, (0, 0, 0)),
        (TODAY + 5, TODAY - 5, (0, 0, 0)),
    ],
)
def test_a_milestone_counts_from_the_day_it_was_due_to_the_end_of_the_year(due, met, counted):
    found = research.counts([], [Duty(due, met)], WEEK)
    assert (found.milestones_due, found.milestones_on_time, found.milestones_late) == counted


def test_what_fell_due_after_student_records_last_told_is_not_held_against_anybody():
    week = research.week(91, YEAR, TODAY, TODAY - 7)
    duties = [Duty(TODAY - 7, None), Duty(TODAY - 6, None), Duty(TODAY - 5, TODAY - 5)]
    found = research.counts(duties, duties, week)
    assert (found.meetings_due, found.meetings_held) == (2, 1)
    assert (found.milestones_due, found.overdue) == (2, 1)


@pytest.mark.parametrize(
    ("counts", "parts", "score"),
    [
        (ResearchCounts(), (None, None), None),
        (ResearchCounts(3, 2), (6_667, None), 6_667),  # 2 of 3; alone, it is the score
        (ResearchCounts(4, 0), (0, None), 0),
        (ResearchCounts(0, 0, 2, 2, 0), (None, 10_000), 10_000),
        (ResearchCounts(0, 0, 1, 0, 1), (None, 5_000), 5_000),  # met late: half
        (ResearchCounts(0, 0, 2, 1, 0), (None, 2_500), 2_500),  # half, and halved: one is overdue
        (ResearchCounts(0, 0, 3, 2, 0), (None, 3_333), 3_333),  # 2 ÷ 3 ÷ 2
        (ResearchCounts(3, 2, 2, 1, 1), (6_667, 7_500), 7_000),  # (6 × 66.67 + 4 × 75) ÷ 10 = 70.002
        (ResearchCounts(4, 1, 1, 0, 0), (2_500, 0), 1_500),  # (6 × 25 + 4 × 0) ÷ 10
        (ResearchCounts(8, 1, 1, 1, 0), (1_250, 10_000), 4_750),
    ],
)
def test_the_parts_and_the_score_by_hand(counts, parts, score):
    found = research.parts(counts)
    assert (found.supervision, found.milestones) == parts
    assert research.score(found, RULES) == score


@st.composite
def counted(draw) -> ResearchCounts:
    due, on_time, late, overdue = (draw(st.integers(0, 12)) for _ in range(4))
    return ResearchCounts(due, draw(st.integers(0, due)), on_time + late + overdue, on_time, late)


def scored(counts: ResearchCounts) -> ResearchScore:
    parts = research.parts(counts)
    return ResearchScore(counts, parts, research.score(parts, RULES), 91)


@given(counted())
def test_the_number_follows_from_what_is_on_the_screen(counts):
    found = scored(counts)
    for line, value in zip(
        research_words.lines(found, RULES), (found.parts.supervision, found.parts.milestones), strict=True
    ):
        if value is None:
            assert (line.working, line.score, line.weight) == ("left out", "–", "–")
        else:
            assert by_hand(line.working) == (value, value)
            assert f"{line.weight} × {line.score}" in research_words.total(found, RULES)
    if found.score is None:
        assert research_words.total(found, RULES) == "nothing to go by"
    else:
        assert by_hand(research_words.total(found, RULES)) == (found.score, found.score)


@given(counted())
def test_a_meeting_more_or_a_milestone_met_never_lowers_the_score(counts):
    before = scored(counts).score
    more = []
    if counts.meetings_held < counts.meetings_due:
        more.append(_with(counts, meetings_held=counts.meetings_held + 1))
    if counts.overdue:
        more.append(_with(counts, milestones_late=counts.milestones_late + 1))
        more.append(_with(counts, milestones_on_time=counts.milestones_on_time + 1))
    assert all(scored(one).score >= before for one in more)


def _with(counts: ResearchCounts, **changes: int) -> ResearchCounts:
    return ResearchCounts(**(vars(counts) | changes))


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (
            ResearchCounts(3, 2, 2, 1, 0),
            "Held 2 of 3 supervision meetings in the last 91 days; 1 milestone overdue.",
        ),
        (ResearchCounts(1, 1), "Held 1 of 1 supervision meeting in the last 91 days."),
        (ResearchCounts(0, 0, 3, 1, 2), "2 milestones met late this year."),
        (ResearchCounts(0, 0, 2, 2, 0), "2 milestones met on time this year."),
        (ResearchCounts(), "No supervision meeting due in the last 91 days, and no milestone this year."),
    ],
)
def test_why_tells_of_supervision_and_milestones(counts, said):
    found = scored(counts)
    rating = measure.rating(found.score, current().engagement.bands)
    assert sentences.why(standing(rating, found.score, research=found)) == said


def test_a_fall_is_said_first():
    found = scored(ResearchCounts(4, 1))
    fallen = standing(Rating.LOW, 7_500, 2_500, research=found)
    assert sentences.why(fallen, fallen=True) == (
        "Down 50 points since last week: held 1 of 4 supervision meetings in the last 91 days."
    )


def test_the_sum_is_told_with_what_was_counted():
    lines = research_words.lines(scored(ResearchCounts(3, 2, 2, 1, 0)), RULES)
    assert [line.counted for line in lines] == [
        "3 supervision meetings due in the last 91 days: 2 held",
        "2 milestones due this year so far: 1 met on time, 0 met late, 1 overdue",
    ]
    assert lines[1].working == "100 × (1 + 0 ÷ 2) ÷ 2, halved because a milestone is overdue = 25.00"
    assert ResearchParts(6_667, 2_500) == scored(ResearchCounts(3, 2, 2, 1, 0)).parts

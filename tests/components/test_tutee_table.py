"""The rows of the table of tutees, as they are handed to the browser."""

import json
from dataclasses import replace
from datetime import date

import pytest

from components import tutee_table
from engagement.measure import Rating
from engagement.recent import Recent
from engagement.suggestion import Finding, Rule, State
from engagement.tutee import Attention, Deadline
from tests.engagement.made import TODAY, WINDOW, YESTERDAY, standing, tutee
from tests.engagement.test_tutee import raised

CELLS = ("name", "rating", "why", "change", "weeks", "attendance", "activity", "deadline")


def cells(**changes):
    made = tutee("Ida Marsh", **changes)
    return dict(zip(CELLS, tutee_table._cells(made, TODAY), strict=True))


def test_a_row_says_everything_in_words_and_figures():
    low = standing(Rating.LOW, 4000, 3199, recent=Recent(WINDOW, attended=2, held=8))
    row = cells(standing=low, deadline=Deadline("Essay", "Seeing", date(2026, 12, 2)))
    assert row == {
        "name": ["Ida Marsh", "History, stage\N{NO-BREAK SPACE}2"],
        "rating": ["◔", "Low"],
        "why": "Attended 2 of 8 classes in the last 14 teaching days.",
        "change": "▼ 8 points",
        "weeks": {
            "scores": [None] * 6 + [40.0, 31.99],
            "label": "Scores of the last eight weeks, oldest first: "
            "none, none, none, none, none, none, 40, 31",
        },
        "attendance": ["2 of 8", "25%"],
        "activity": ["Yesterday", "Sun 22 Nov"],
        "deadline": ["Essay", "Wed 2 Dec"],
    }


def test_what_is_not_there_is_said_in_words():
    row = cells(standing=standing(Rating.NOT_ENOUGH, last_active=None), place=Attention.NOT_ENOUGH)
    assert row["rating"] == ["◌", "Not enough data"]
    assert (row["change"], row["attendance"], row["activity"]) == ("–", "No classes", "None yet")
    assert row["deadline"] == "None known"
    assert row["weeks"]["scores"] == [None] * 8


def test_a_change_beside_a_gap_is_no_fall():
    fallen = standing(Rating.PARTIAL, 7800, 5000, disturbed=True)
    assert cells(standing=fallen)["change"] == "Not comparable"


@pytest.mark.parametrize(
    ("last", "said"), [(TODAY, "Today"), (YESTERDAY, "Yesterday"), (date(2026, 11, 8), "15 days ago")]
)
def test_the_last_activity_is_said_as_time_ago_and_as_a_date(last, said):
    assert cells(standing=standing(Rating.GOOD, 7000, last_active=last))["activity"][0] == said


def test_a_sharp_fall_is_the_first_thing_said():
    fallen = standing(Rating.GOOD, 9000, 7000, recent=Recent(WINDOW, attended=6, held=8))
    assert cells(standing=fallen, place=Attention.FALL)["why"].startswith("Down 20 points since last week:")


def test_every_word_of_the_rating_has_a_shape_of_its_own():
    shapes = {cells(standing=standing(rating))["rating"][0] for rating in Rating}
    assert len(shapes) == len(Rating)


def test_a_row_is_plain_data_without_markup():
    row = cells(standing=standing(Rating.GOOD, 7000))
    assert json.loads(json.dumps(row)) == row
    assert "<" not in json.dumps(row)


def test_what_is_suggested_is_said_first_with_what_became_of_it():
    fall = raised(6, finding=Finding(Rule.FALL, TODAY, amount=40, of=61))
    quiet = raised(0, finding=Finding(Rule.QUIET, TODAY, YESTERDAY, amount=10), state=State.CONFIRMED)
    row = cells(
        standing=standing(Rating.LOW, 4000), suggestions=(quiet, fall, quiet), place=Attention.WAITING
    )
    assert row["why"] == [
        "No class, VLE use or work since 22 November: 10 teaching days by 23 November. "
        "The score is 21 points under the median of the weeks before: 40 where it was 61. And one more.",
        "Suggested 16 November, no answer yet for 6 working days",
    ]
    alone = cells(standing=standing(Rating.LOW, 4000), suggestions=(quiet,), place=Attention.LOW)
    assert alone["why"][1] == "Suggested 16 November, a conversation is planned"
    waits = (replace(quiet, waited=6), raised(0))
    row = cells(standing=standing(Rating.LOW, 4000), suggestions=waits, place=Attention.WAITING)
    assert (
        row["why"][1]
        == "Suggested 16 November, a conversation is planned, nothing offered for 6 working days"
    )


def test_what_the_tutor_has_hidden_is_not_said():
    row = cells(
        standing=standing(Rating.LOW, 4000), suggestions=(raised(6, hidden=True),), place=Attention.LOW
    )
    assert row["why"] == "No classes, no VLE data and no work due in the last 14 teaching days."

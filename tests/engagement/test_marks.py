"""Marks of single days: meetings, milestones, and suggestions to talk."""

from datetime import UTC, datetime, timedelta

import pytest

from engagement import marks
from engagement.facts import Agreed
from engagement.marks import Outcome
from engagement.suggestion import Finding, Rule, State, Suggestion
from tests.engagement.made import TODAY

WEEK = timedelta(weeks=1)


def only(title, due, done):
    (mark,) = marks.all_of([Agreed(due, title, done, TODAY)], (), TODAY)
    return mark


@pytest.mark.parametrize(
    ("due", "done", "on", "outcome", "ends"),
    [
        (TODAY - WEEK, TODAY - 2 * WEEK, TODAY - 2 * WEEK, Outcome.DONE, "held Mon 9 Nov."),
        (TODAY - WEEK, TODAY, TODAY, Outcome.LATE, "held Mon 23 Nov."),
        (TODAY - WEEK, None, TODAY - WEEK, Outcome.MISSED, "not recorded as held."),
        (TODAY, None, TODAY, Outcome.AHEAD, "still to come."),
        (TODAY + WEEK, TODAY + WEEK, TODAY + WEEK, Outcome.AHEAD, "still to come."),  # told of ahead of time
    ],
)
def test_a_meeting_stands_on_the_day_it_was_held_else_on_the_day_it_was_due(due, done, on, outcome, ends):
    mark = only(None, due, done)
    assert (mark.word, mark.on, mark.outcome) == ("Supervision", on, outcome)
    assert mark.sentence.startswith("Supervision meeting, due ")
    assert mark.sentence.endswith(ends)


def test_a_milestone_is_met_and_named():
    mark = only("Ethics approval", TODAY - WEEK, None)
    assert mark.word == "Milestone"
    assert mark.sentence == "Milestone “Ethics approval”, due Mon 16 Nov: not recorded as met."


def test_a_suggestion_stands_on_the_day_it_arose_and_says_what_became_of_it():
    raised = datetime(2026, 11, 16, 3, tzinfo=UTC)
    one = Suggestion(1, State.CONFIRMED, Finding(Rule.ATTENDANCE, TODAY, TODAY - WEEK, 1, 6), raised)
    (mark,) = marks.all_of((), [one], TODAY)
    assert (mark.on, mark.word, mark.outcome) == (raised.date(), "Suggestion", Outcome.NONE)
    assert mark.sentence == (
        "Suggestion to talk: Attended 1 of 6 classes, 16–23 November. Since then: a conversation is planned."
    )


def test_what_somebody_has_put_out_of_their_own_sight_is_not_marked_for_them():
    raised = datetime(2026, 11, 16, 3, tzinfo=UTC)
    one = Suggestion(1, State.RAISED, Finding(Rule.ATTENDANCE, TODAY), raised, hidden=True)
    assert marks.all_of((), [one], TODAY) == ()

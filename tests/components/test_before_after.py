"""Did it help? What the box on a plan says: both means, its gaps, and that none of it is proof."""

from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from components import before_after
from policy.wording import BLAME, HEALTH, VERDICTS, found
from support.before_after import before_after as sides
from support.party import Party

MONDAY = date(2026, 10, 19)
WEEK = timedelta(weeks=1)
SCORES = {MONDAY + n * WEEK: score for n, score in ((-2, 3_049), (-1, 4_000), (1, 5_000), (3, 7_080))}
ENOUGH = sides(SCORES, MONDAY, MONDAY + 4 * WEEK)
TOO_FEW = sides(SCORES, MONDAY, MONDAY + 2 * WEEK)


def test_both_means_are_told_with_their_weeks_and_the_gap_is_named():
    assert before_after.sentence(ENOUGH, Party.TUTOR) == (
        "Before the plan the score was 35 of 100 in the mean of 2 weeks; since then it was 60 in the mean "
        "of 2 weeks. One of these weeks has no score and is left out: missing is not low. What each score "
        "is made of stands on the page “Engagement timeline”."
    )
    assert "your score was 35" in before_after.sentence(ENOUGH, Party.STUDENT)
    assert "“My engagement”" in before_after.sentence(ENOUGH, Party.STUDENT)


def test_too_few_weeks_are_said_to_be_too_few():
    assert before_after.sentence(TOO_FEW, Party.STUDENT) == (
        "Too few weeks have a score so far to set them side by side: it takes two before the plan and two "
        "whole weeks since. There are two before and one since."
    )


def test_the_chart_breaks_where_a_week_has_no_score_and_is_told_in_words():
    figure = before_after.chart(ENOUGH)
    type(figure)(figure.to_dict())  # plotly's own check of every value
    assert [tuple(line.y) for line in figure.data] == [(30, 40), (50, None, 70)]
    assert before_after.alt(ENOUGH) == (
        "Line chart of the score by week. Before the plan: 30, 40; since: 50, no score, 70."
    )


def page(enough):
    from components import before_after  # AppTest runs this as a script of its own
    from support.party import Party
    from tests.components.test_before_after import ENOUGH, TOO_FEW

    before_after.show(ENOUGH if enough else TOO_FEW, 7, Party.STUDENT)


@pytest.mark.parametrize("enough", [True, False])
def test_the_box_is_empty_until_it_is_opened_and_then_says_that_it_is_no_proof(enough):
    app = AppTest.from_function(page, kwargs={"enough": enough}, default_timeout=20)
    app.run()
    assert not app.markdown
    app.session_state["effect-7"] = True
    app.run()
    assert not app.exception
    text = "\n".join(one.value.replace("\\", "") for one in app.markdown)
    assert ("This does not show that the plan helped, or that it did not." in text) == enough
    assert len(app.get("plotly_chart")) == enough
    if enough:
        app.toggle[0].set_value(True).run()
        assert list(app.table[0].value["Score"]) == ["30", "40", "50", "no score", "70"]


@pytest.mark.parametrize("party", Party)
@pytest.mark.parametrize("of", [ENOUGH, TOO_FEW])
def test_the_words_hold_no_verdict_and_no_blame(of, party):
    assert not found(before_after.sentence(of, party), (*VERDICTS, *BLAME, *HEALTH))

"""What stands on the paper: all that the page shows, and who made it."""

from datetime import UTC, datetime

from components import timeline_paper
from engagement import comparison
from engagement.facts import WorkState
from engagement.freshness import Freshness
from engagement.measure import Counts, Parts, Rating
from engagement.score_line import EXPLAINED, Middle
from policy import current
from privacy.labels import Source
from tests.engagement.made import TERM, TODAY, YESTERDAY, facts, module, standing, timeline, work

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
FRESH = [Freshness(Source.VLE, AT, YESTERDAY), Freshness(Source.ATTENDANCE, None, None)]
RATED = standing(
    Rating.GOOD, 7000, modules=(module(Counts(4, 3), Parts(7500, None, None), 7500),), as_of=TODAY
)


def paper(own=False, **view):
    made = timeline(facts(work=[work(TERM, WorkState.MISSING)]), RATED, **view)
    rules = current().engagement
    return made, timeline_paper.content(made, FRESH, rules, "A university", ("Ada Okonkwo", AT), own=own)


def test_it_opens_with_who_it_is_about_and_where_they_stand():
    _, found = paper()
    assert found["title"] == "Engagement timeline: Ida Marsh"
    (lead,) = found["lead"]
    assert lead.startswith("History, stage 2, full-time. Good, 70 of 100.")


def test_a_students_own_paper_opens_with_their_own_weeks_and_no_word_of_a_rating():
    made, found = paper(own=True)
    assert found["lead"] == [comparison.own(made)]
    assert "Good" not in found["lead"][0]


def test_it_holds_the_tables_of_the_page_and_the_sums():
    _, found = paper()
    weeks, pieces = found["tables"]
    assert weeks["head"] == ["Week", "Active on the VLE", "Attendance"]
    assert len(weeks["rows"]) == 10
    assert pieces["rows"] == [["Essay (M1)", "Mon 21 Sep", "Not handed in"]]
    (worked,) = found["worked"]
    assert worked["tables"][0]["rows"][0][2] == "100 × 3 ÷ 4 = 75.00"
    assert worked["said"][0] == "All together: (20 × 75.00) ÷ 20 = 70.00"


def test_the_others_stand_on_it_only_where_they_were_asked_for():
    assert paper()[1]["middle"] == ""
    assert paper(middle=(Middle(TERM, 40, 70),), score=True, others=True)[1]["middle"] == EXPLAINED


def test_it_says_how_fresh_it_is_who_made_it_and_when():
    _, found = paper()
    assert found["fresh"] == "Data up to: VLE Sun 22 Nov; Attendance no feed yet."
    assert found["made"].startswith("Made by Ada Okonkwo on 23 November 2026, 10:00.")


def test_who_is_not_rated_has_nothing_to_work_out():
    made = timeline(facts(), standing(Rating.NOT_ENOUGH, as_of=None))
    found = timeline_paper.content(made, FRESH, current().engagement, "A university", ("Ada", AT), own=False)
    assert found["worked"][0]["said"] == ["No module has been rated lately."]

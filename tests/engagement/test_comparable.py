"""Why a rating is not held against last week's: the data that are missing, and since when."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from engagement import comparable, counted, sentences
from engagement.facts import Gap, Presence, Reach
from engagement.measure import Rating
from privacy.labels import Source
from tests.engagement.made import REACH, TODAY, YESTERDAY, classes, facts, standing, timeline

GONE, EARLY = date(2026, 11, 9), date(2026, 10, 5)
FALLEN = standing(Rating.PARTIAL, 7800, 5000, disturbed=True)


def said(**known) -> str:
    made = timeline(facts(**known), FALLEN)
    return comparable.why_not(FALLEN, made.facts, made.now)


def gap(system=Source.ATTENDANCE, first=GONE, last=YESTERDAY, **more) -> Gap:
    return Gap(system, None, first, last, "The reader was broken.", **more)


@pytest.mark.parametrize(
    ("known", "why"),
    [
        ({"gaps": [gap()]}, "attendance data are missing since 9 November"),
        ({"gaps": [gap(last=date(2026, 11, 13))]}, "attendance data are missing for 9–13 November"),
        (
            {"gaps": [gap(), gap(Source.VLE, date(2026, 11, 16), date(2026, 11, 16))]},
            "attendance data are missing since 9 November and VLE data are missing for 16 November",
        ),
        (
            {"reach": REACH | {Source.VLE: Reach(date(2026, 11, 18), TODAY)}},
            "VLE data are missing since 19 November",
        ),
        (
            {"registers": classes((date(2026, 11, 12), Presence.AUTHORISED))},
            "an absence was authorised for 12 November",
        ),
        # A weekend without a word is no reason; nor is what lies further back than either week looks.
        ({"gaps": [gap(noted=False)]}, "data of one of the two weeks are missing"),
        (
            {"gaps": [gap(first=GONE - timedelta(days=30), last=GONE - timedelta(days=20))]},
            "data of one of the two weeks are missing",
        ),
    ],
)
def test_it_says_what_is_missing_and_since_when(known, why):
    assert said(**known) == why


def test_tutor_and_student_read_it_in_the_place_of_a_fall():
    made = timeline(facts(gaps=[gap()]), FALLEN)
    assert FALLEN.change is None
    assert sentences.rating(FALLEN) == "50 of 100, not comparable with last week"
    told = counted.counted(made.facts, made.now, made.standings)
    assert told[-1] == "Not comparable with last week: attendance data are missing since 9 November."


@pytest.mark.parametrize("scores", [(5000,), (None, 5000), (7800, None)])
def test_where_there_is_nothing_to_compare_nothing_is_said(scores):
    alone = replace(standing(Rating.PARTIAL, *scores), disturbed=True)
    made = timeline(facts(gaps=[gap()]), alone)
    assert comparable.why_not(alone, made.facts, made.now) == ""
    assert "comparable" not in sentences.rating(alone)


def test_beside_nothing_disturbing_the_change_is_told():
    calm = replace(FALLEN, disturbed=False)
    assert sentences.rating(calm) == "50 of 100, down 28 points since last week"
    made = timeline(facts(gaps=[gap()]), calm)
    assert comparable.why_not(calm, made.facts, made.now) == ""

"""The words on the pages of a student: every page with every story of the demo, every part and every opened box.

No verdict, no prediction, no blame, no guess about health, no colour for a word, no score without its explanation;
and sentences that are easy to read.
"""

import pytest

import policy
from ingest.demo.habits import Kind
from ingest.demo.stories import STORIES
from policy.wording import EVERYWHERE, HEALTH, LABELS, found
from tests import reading_age, stories

PAGE_YEARS, SENTENCE_YEARS = 9, 15
"""Years of school that a page may ask for, and a long sentence of it: nobody has fewer than 11 behind them."""
LONG, LONGEST = 20, 35
"""Words of a sentence that is long, and the most that one may have."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> stories.Demo:
    """Made once, and walked once for each student."""
    return stories.made(tmp_path_factory.mktemp("demo") / "home")


# The list itself


@pytest.mark.parametrize(
    "planted",
    [
        "You are at risk.",
        "You are an at-risk student.",
        "You are failing two modules.",
        "A problem student.",
        "You are predicted to withdraw.",
        "You seem disengaged.",
        "Your status is red.",
        "Amber",
        "Your attendance is poor.",
        "You are ranked 40th of 45.",
        "You should have handed this in.",
        "You skipped four classes.",
        "You only went: only 2 of 8.",
        "Three unauthorised absences.",
        "You are likely to drop out.",
    ],
)
def test_the_list_catches_what_is_planted(planted):
    assert found(planted, EVERYWHERE)


@pytest.mark.parametrize(
    "planted", ["Are you ill?", "This may be depression.", "You look stressed.", "Poor health"]
)
def test_the_list_catches_a_guess_about_health(planted):
    assert found(planted, HEALTH)


@pytest.mark.parametrize(
    "planted", ["Your engagement: Low", "◔ Low", "31 of 100", "Your score fell", "Very low"]
)
def test_the_list_catches_a_label_that_is_not_explained(planted):
    assert found(planted, LABELS)


@pytest.mark.parametrize(
    "harmless",
    [
        "In the last two teaching weeks you went to 2 of 8 classes.",
        ":gray[Ordered by module] :blue-badge[now]",
        "followed by the allowance, still to come, registered, coloured",
        "as low as possible",
    ],
)
def test_the_list_lets_plain_words_be(harmless):
    assert not found(harmless, (*EVERYWHERE, *HEALTH, *LABELS))


# The pages, with every story


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.kind)
def test_no_page_of_a_student_says_what_no_student_may_read(demo, story):
    for seen in demo.seen(story):
        assert found(seen.sent, EVERYWHERE) == [], (seen.page.url, seen.part)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.kind)
def test_the_first_page_of_a_student_names_no_health_and_explains_what_it_says(demo, story):
    (shut, opened) = (seen for seen in demo.seen(story) if seen.page.url == "engagement")
    # The boxes were open: the sum is there, for everybody who is rated.
    assert ("÷" in opened.sent) == (story.kind is not Kind.LEAVER)
    assert found(_without_places(opened.sent), HEALTH) == []
    # No label and no score is there until it is asked for.
    assert found("\n".join(shut.shown), LABELS) == []


def _without_places(text: str) -> str:
    """The text without what the places of support are called and help with: that may name health."""
    places = policy.current().support
    for place in (*places.place, places.out_of_hours):
        text = text.replace(place.name, "…").replace(place.helps_with, "…")
    return text


# How hard they are to read


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.kind)
def test_no_page_and_no_long_sentence_of_a_student_is_hard_to_read(demo, story):
    for seen in demo.seen(story):
        read = reading_age.sentences(seen.shown)
        assert reading_age.years(read) <= PAGE_YEARS, (seen.page.url, seen.part)
        long = [one for one in read if len(one.split()) > LONG]
        assert [one for one in long if reading_age.years([one]) > SENTENCE_YEARS] == []
        assert [one for one in long if len(one.split()) > LONGEST] == []


def test_the_pages_have_sentences_to_look_at(demo):
    read = [reading_age.sentences(seen.shown) for seen in demo.seen(STORIES[0])]
    assert sum(map(len, read)) > 300
    assert all(read)


def test_a_text_is_as_hard_as_flesch_and_kincaid_say():
    # 13 words and 24 syllables: 0.39 × 13 + 11.8 × 24 ÷ 13 − 15.59
    planted = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."
    assert reading_age.years([planted]) == pytest.approx(11.3, abs=2)
    assert reading_age.years(["You went to six of the eight classes."]) < 3
    assert reading_age.years(["Institutional obligations necessitate comprehensive documentation."]) > 20


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("My engagement", 0),
        ("**Two** classes count here. :gray[One is left out of it.]", 2),
        ("* You can ask your tutor.\n* A label", 1),
        ("See [the notice](/privacy) before you decide!", 1),
    ],
)
def test_only_sentences_are_measured(text, read):
    assert len(reading_age.sentences([text])) == read

"""The wording check: what it says of a text, what it lets be, and what it stops."""

import pytest

from support import wording


@pytest.mark.parametrize(
    ("text", "says", "stops"),
    [
        ("You are failing two modules.", "judges or forecasts", False),
        ("You are predicted to withdraw.", "judges or forecasts", False),
        ("You should have come on Monday.", "puts a fault on somebody", False),
        ("This is your last chance.", "threatens", False),
        ("You must attend, or else.", "threatens", False),
        ("Your engagement is rated Very low.", "names a rating", False),
        ("You came to 40 % of your classes.", "quotes a number", True),
        ("You came to 40 per cent of your classes.", "quotes a number", True),
        ("You have 38 out of 100.", "quotes a number", True),
        ("I hear that you are depressed.", "tells of health", False),
        ("Is it your anxiety again?", "tells of health", False),
    ],
)
def test_what_is_not_supportive_is_said_in_a_sentence(text, says, stops):
    (said,) = [sentence for sentence in wording.check(text) if says in sentence]
    assert said.startswith("“")
    assert bool(wording.refused(text)) is stops


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I noticed that you were online less than usual. How are things? I have time on Tuesday.",
        "Room 40, second floor; the green door.",
        "Would 10:00 to 10:30 suit you? It takes 30 minutes.",
        "The deadline is low on my list; nothing hangs on it.",
    ],
)
def test_plain_words_are_let_be(text):
    assert wording.check(text) == []
    assert wording.refused(text) == []


def test_the_sentence_names_each_word_once_and_says_what_to_write_instead():
    assert wording.check("Poor work, poor, poor.") == [
        "“Poor”, “poor”: this judges or forecasts. Say what you noticed and ask how things are."
    ]

"""A message as it is written: its words in their places, its e-mail without what is private, and its states."""

import pytest

import policy
from policy.messages import PRIVATE, TAKES
from support.message import NEXT, WHY, Problem, State, emailed, written

OURS = policy.current().messages
WORDS = {word: f"‹{word}›" for words in TAKES.values() for word in words}


@pytest.mark.parametrize("name", TAKES)
def test_every_template_takes_the_words_it_is_handed_and_leaves_no_brace(name):
    subject, body = written(OURS.template[name], WORDS)
    assert "{" not in subject + body
    assert "\n" not in subject
    assert all(f"‹{word}›" in subject + body for word in TAKES[name])


@pytest.mark.parametrize("name", TAKES)
def test_no_email_carries_what_somebody_wrote_freely(name):
    subject, body = written(OURS.template[name], WORDS)
    sent = subject + emailed(OURS, "Ben", OURS.template[name], body)
    assert not [word for word in PRIVATE if f"‹{word}›" in sent]
    assert "Dear Ben," in sent
    assert f"{OURS.site}/{OURS.template[name].page or OURS.page}" in sent


def test_a_subject_is_one_line_whatever_a_name_holds():
    subject, _ = written(OURS.template["plan"], {"tutor": "Ada\r\nBcc: all@x.example"})
    assert subject == "Ada Bcc: all@x.example proposes a support plan"


def test_what_stands_in_a_word_is_not_looked_into_again():
    _, body = written(OURS.template["plan"], {"tutor": "{until.__class__}"})
    assert body.startswith("{until.__class__} has written down")


def test_a_word_that_is_empty_leaves_no_hole():
    _, body = written(
        OURS.template["offer"], {"tutor": "Ada", "times": "Monday", "place": "1.02", "text": ""}
    )
    assert "\n\n\n" not in body


def test_a_word_that_is_missing_is_no_message():
    with pytest.raises(KeyError):
        written(OURS.template["meeting"], {"tutor": "Ada"})


def test_a_message_of_a_template_that_is_gone_says_only_that_it_is_there():
    assert "secret" not in emailed(OURS, "Ben", None, "secret")


def test_every_state_says_what_may_follow_and_what_is_final_stays():
    assert set(NEXT) == set(State)
    assert {state for state in State if not NEXT[state]} == {State.BOUNCED, State.BLOCKED}
    assert State.SENT not in NEXT[State.WAITING]


def test_every_problem_is_said_in_words():
    assert set(WHY) == set(Problem)

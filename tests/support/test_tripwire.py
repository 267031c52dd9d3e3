"""Words that look sensitive: which are found in a text, and which ordinary words are left alone."""

import pytest

import policy
from support import tripwire


def found(text):
    return tripwire.found(text, policy.current().plans.tripwire.terms)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Bring her anxiety meds", ("anxiety", "meds")),
        ("He is anxious about the exam", ("anxious",)),
        ("a Diagnosis, and medication for it", ("Diagnosis", "medication")),
        ("was depressed, now on antidepressants", ("depressed", "antidepressants")),
        ("She is PREGNANT", ("PREGNANT",)),
        ("waits for PIP and for DSA", ("PIP", "DSA")),
        ("fasting in ramadan", ("ramadan",)),
        ("self harm, self-harming, self\u2011harm", ("self harm", "self-harming", "self\u2010harm")),
        ("an eating\n disorder", ("eating disorder",)),
        ("the doctor’s note", ("doctor’s note",)),
        ("the counsellor's advice, two counsellors", ("counsellor's", "counsellors")),
        ("dis\u00adability and de\u200bpression", ("disability", "depression")),
        ("ｄｙｓｌｅｘｉａ", ("dyslexia",)),
        ("ill, ill, and Ill again", ("ill", "Ill")),
        ("ADHD or adhd", ("ADHD", "adhd")),
    ],
)
def test_a_word_that_looks_sensitive_is_found_as_it_was_written(text, words):
    assert found(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "She will still fill in the drill sheet",
        "a pip of an apple, and the dsa exercises",
        "Painting and grapes; a scathing review of the transcript",
        "Gpx files, the median of media",
        "Come to two classes a week, and bring the list of open work",
    ],
)
def test_ordinary_words_are_left_alone(text):
    assert found(text) == ()


def test_what_a_term_means_is_said_by_its_star_and_its_capitals():
    assert tripwire.found("crabs, crabby, crab's", ["crab"]) == ("crabs", "crab's")
    assert tripwire.found("crabs crabby", ["crab*"]) == ("crabs", "crabby")
    assert tripwire.found("GP gp", ["GP"]) == ("GP",)


def test_no_shipped_template_holds_a_word_that_looks_sensitive():
    for template in policy.current().plans.template:
        for text in (template.name, template.aim, *(one.text for one in template.action)):
            assert found(text) == ()

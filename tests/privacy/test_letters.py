"""The letters: what was decided, the ground in law, the reasons, and every way to complain."""

from datetime import UTC, date, datetime

import pytest

import policy
from policy.institution import Contact, Institution, Regulator
from privacy import letters
from privacy.case import Case, Step
from privacy.case_clock import Days
from privacy.marks import Awaited
from privacy.refusal_grounds import Ground, grounds
from privacy.request import Channel, Kind, State

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
ON = date(2026, 12, 20)
AWAITED = Awaited(AT.date(), date(2027, 1, 20))
OURS = Institution(
    name="University of Harrowmere",
    support_name="IT",
    support_contact="",
    information_compliance=Contact(name="Compliance team", email="rights@harrowmere.example"),
    regulator=(
        Regulator(name="The Commissioner", begins=date(2001, 1, 30), link="https://old.example"),
        Regulator(name="The Commission", begins=date(2027, 1, 1), link="https://new.example"),
    ),
)


def case(kind: Kind = Kind.ERASURE) -> Case:
    return Case(
        reference="R-1234ABCD",
        student_id="p-1",
        student="Ben Quaverley",
        kind=kind,
        state=State.REVIEW,
        channel=Channel.HERE,
        text="The note",
        received_at=AT,
        days=Days(),
        ended_at=None,
        about_team=False,
        about="",
        steps=(Step(State.RECEIVED, AT.date(), AT, "Ben Quaverley", ""),),
    )


def written(state: State, ground: Ground | None = None, said: str = "", due=None, on=ON) -> str:
    return letters.letter(case(), state, ground, said, due, OURS, on)


def test_a_refusal_has_its_ground_its_reasons_and_three_ways_to_complain():
    assert written(State.REFUSED, Ground.PUBLIC_TASK, "The weeks are still needed.") == (
        "University of Harrowmere\n20 December 2026\nReference R-1234ABCD\n\n"
        "Dear Ben Quaverley,\n\n"
        "Erasure: your request of 23 November 2026.\n\n"
        "We have not done what you asked for. The reasons are below.\n\n"
        "The ground in law (E1): The data are still needed for a task that the university carries out in the "
        "public interest (UK GDPR, Article 17(3)(b)).\n\n"
        "The weeks are still needed.\n\n"
        "If you do not agree, you can complain:\n"
        "- to the university, on your page My data or in any other way; we confirm within 30 days that we have it.\n"
        "- to the regulator, The Commissioner: https://old.example\n"
        "- to a court (Data Protection Act 2018, section 167).\n\n"
        "Compliance team\nrights@harrowmere.example"
    )


@pytest.mark.parametrize(
    "state", [State.FULFILLED, State.PARTLY_FULFILLED, State.REFUSED, State.EXTENDED, State.OUTCOME]
)
def test_every_outcome_names_the_university_the_regulator_and_a_court(state):
    text = written(state)
    for way in ("to the university", "The Commissioner", "to a court"):
        assert way in text


def test_the_regulator_is_the_one_of_the_day():
    assert "The Commission: https://new.example" in written(State.REFUSED, on=date(2027, 1, 1))


def test_a_longer_time_says_until_when():
    assert "by the end of 23 February 2027." in written(State.EXTENDED, due=date(2027, 2, 23))


def test_a_question_says_that_the_time_stands_still_and_offers_no_complaint_yet():
    text = written(State.CLARIFYING, said="Which year?")
    assert "stands still until we hear from you" in text
    assert "court" not in text


def test_no_letter_tells_of_other_states():
    for state in set(State) - letters.LETTERS:
        with pytest.raises(KeyError):
            written(state)


def test_the_shipped_policy_writes_a_letter_too():
    text = letters.letter(case(), State.FULFILLED, None, "", None, policy.current().institution, ON)
    assert text.startswith("Your university\n20 December 2026\n")
    assert "Information Commissioner’s Office" in text


@pytest.mark.parametrize("kind", Kind)
def test_every_request_can_be_refused_on_some_ground_but_a_complaint_is_answered(kind):
    assert bool(grounds(kind)) is (kind is not Kind.COMPLAINT)


def test_every_ground_has_words_and_belongs_to_some_request():
    assert {ground for kind in Kind for ground in grounds(kind)} == set(Ground)
    assert len({ground.words for ground in Ground}) == len(Ground)


def test_marks_that_wait_have_a_day_of_their_own_in_the_letter():
    told = letters.letter(case(Kind.ACCESS), State.FULFILLED, None, "", None, OURS, ON, AWAITED)
    assert AWAITED.told in told
    assert "Schedule 2, paragraph 25" in told
    assert "Marks" not in letters.letter(case(Kind.ACCESS), State.FULFILLED, None, "", None, OURS, ON)

"""Passing a student on, as tutor and student see it: the form, what runs, and what came of it."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from support.escalation import Escalation, SeniorTutor
from support.escalation_decisions import End, PassOn
from tests.cast import NOW

SUE = SeniorTutor("p-sue", "Sue Adeyemi")
WHY = "I shall be away until the new year"
RUNS = Escalation(4, "p-ben", "Ben Quaverley", "History", "Sue Adeyemi", "Ada Byrne", WHY, NOW)
OVER = replace(RUNS, id=3, ended_at=NOW, outcome="We spoke, and all is well")


def of_tutor(passed: tuple[Escalation, ...], colleagues: tuple[SeniorTutor, ...] = (SUE,)) -> AppTest:
    def script(passed, colleagues):
        import streamlit as st

        from components import escalation_box

        decided = escalation_box.of_tutor(passed, colleagues, "Ben Quaverley", ("depression",))
        if decided:
            st.session_state["decided"] = decided

    return AppTest.from_function(script, args=(passed, colleagues)).run()


def of_student(*passed: Escalation) -> list[str]:
    def script(passed):
        from components import escalation_box

        escalation_box.of_student(passed)

    app = AppTest.from_function(script, args=(passed,)).run()
    assert not app.button
    return [one.value for one in app.markdown]


def decided(app: AppTest):
    return app.session_state["decided"] if "decided" in app.session_state else None  # noqa: SIM401 - it has no get


def test_the_tutor_chooses_a_colleague_and_says_why():
    app = of_tutor(())
    app.selectbox(key="pass-on-0-to").set_value(SUE.id)
    app.text_area(key="pass-on-0-text").input(WHY)
    app.button[0].click().run()
    assert decided(app) == PassOn(SUE.id, WHY)


@pytest.mark.parametrize(
    ("to", "why", "error"),
    [
        (None, WHY, "Please choose a senior tutor."),
        (SUE.id, "I am away", "Please write at least 15 characters. The student reads it too."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_handed_on(to, why, error):
    app = of_tutor(())
    app.selectbox(key="pass-on-0-to").set_value(to)
    app.text_area(key="pass-on-0-text").input(why)
    app.button[0].click().run()
    assert decided(app) is None
    assert [one.value for one in app.error] == [error]


def test_without_a_senior_tutor_the_tutor_reads_who_gives_the_role():
    app = of_tutor((), ())
    assert not app.button
    assert app.markdown[0].value.startswith("No colleague is a senior tutor at present.")


def test_one_that_runs_shows_to_whom_and_why_and_is_taken_back_with_what_came_of_it():
    app = of_tutor((RUNS,))
    assert "**Sue Adeyemi**" in app.markdown[0].value
    assert WHY in app.markdown[0].value
    assert not app.selectbox
    app.text_area(key="take-back-4-text").input("I am back, and we met")
    app.button[0].click().run()
    assert decided(app) == End("I am back, and we met")


def test_two_of_one_student_are_taken_back_together():
    app = of_tutor((RUNS, replace(RUNS, id=5)))
    assert len(app.button) == 1


def test_when_it_is_over_both_read_what_came_of_it_and_it_can_begin_anew():
    app = of_tutor((OVER,))
    came = "What came of it: “We spoke, and all is well”"
    assert any(came in one.value for one in app.markdown)
    assert any(came in said for said in of_student(OVER))
    app.selectbox(key="pass-on-1-to").set_value(SUE.id)
    app.text_area(key="pass-on-1-text").input(WHY)
    app.button[0].click().run()
    assert decided(app) == PassOn(SUE.id, WHY)


def test_the_student_reads_who_was_asked_why_and_what_they_see():
    (said,) = of_student(RUNS)
    assert said.startswith(
        "**Ada Byrne has asked Sue Adeyemi, a senior tutor, to help,** since 23 November 2026"
    )
    assert WHY in said
    assert of_student() == []

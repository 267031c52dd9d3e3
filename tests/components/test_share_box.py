"""Sharing an action, as tutor and student see it: where it stands, why not yet, and what is handed to the page."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from support.action import Share as Shared
from support.sharing import Shareable
from support.sharing_decisions import End, Share
from tests.cast import NOW, TODAY

READY = Shareable(
    7, "Periwinkle talk", TODAY, "p-avi", "Avi Rosenthal", agreed=True, open=True, may_share=True
)
RUNS = Shared(3, "Avi Rosenthal", "Avi runs the workshop", "Ada Byrne", NOW)
OVER = replace(RUNS, id=2, ended_at=NOW, outcome="Ben came", outcome_at=NOW)
NEED = "Avi runs the workshop that Ben asked for"


def of_tutor(*shareables: Shareable) -> AppTest:
    def script(shareables):
        import streamlit as st

        from components import share_box

        decided = share_box.of_tutor(shareables, "Ben Quaverley", ("depression",))
        if decided:
            st.session_state["decided"] = decided

    return AppTest.from_function(script, args=(shareables,)).run()


def of_student(*shareables: Shareable) -> list[str]:
    def script(shareables):
        from components import share_box

        share_box.of_student(shareables)

    app = AppTest.from_function(script, args=(shareables,)).run()
    assert not app.exception
    assert not app.button
    return [one.value for one in app.markdown]


def decided(app: AppTest):
    return app.session_state["decided"] if "decided" in app.session_state else None  # noqa: SIM401 - it has no get


def test_an_action_is_shared_with_the_sentence_that_says_why():
    app = of_tutor(READY)
    assert [one.label for one in app.expander] == ["Share it with Avi Rosenthal"]
    app.text_area(key="share-7-0-text").input(NEED)
    app.button[0].click().run()
    assert decided(app) == Share(7, "p-avi", NEED)


@pytest.mark.parametrize("need", ["", "He needs it ok", "  He   needs \n it  "])
def test_a_sentence_that_is_too_short_says_what_to_do_and_hands_nothing_on(need):
    app = of_tutor(READY)
    app.text_area(key="share-7-0-text").input(need)
    app.button[0].click().run()
    assert decided(app) is None
    assert [one.value for one in app.error] == [
        "Please say in at least 15 characters why the adviser needs to see this action."
    ]


def test_words_that_look_sensitive_are_asked_about_and_go_on_with_the_reason():
    app = of_tutor(READY)
    app.text_area(key="share-7-0-text").input("He reads the Great Depression")
    app.button[0].click().run()
    assert decided(app) is None
    assert app.warning
    app.text_input(key="share-7-0-kept").input("It is a lecture")
    app.button[0].click().run()
    assert decided(app) == Share(7, "p-avi", "He reads the Great Depression", "It is a lecture")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"may_share": False},
            "Ben Quaverley has not said yes to sharing it. Only Ben Quaverley can do so, on the page My support.",
        ),
        (
            {"open": False, "earlier": (OVER,)},
            "This action is not open any more, so there is nothing to share.",
        ),
        ({"agreed": False}, "The plan is not agreed at present, so nothing of it can be shared."),
        (
            {"adviser": "", "adviser_id": ""},
            "No adviser does this action any more, so there is nobody to share it with.",
        ),
    ],
)
def test_what_cannot_be_shared_yet_says_why_in_one_sentence(changes, sentence):
    app = of_tutor(replace(READY, **changes))
    assert not app.button
    assert not app.expander
    assert sentence in [one.value for one in app.markdown]


def test_a_share_that_runs_shows_to_whom_and_why_and_can_be_ended():
    app = of_tutor(replace(READY, share=RUNS))
    assert "“Avi runs the workshop”" in app.markdown[1].value
    assert not app.text_area
    app.button(key="end-share-3").click().run()
    assert decided(app) == End(3)


def test_what_came_back_stands_there_for_both():
    over = replace(READY, open=False, earlier=(OVER,))
    came = ":gray[Was shared with Avi Rosenthal until 23 November 2026.] What came back: “Ben came”"
    assert came in [one.value for one in of_tutor(over).markdown]
    assert came in of_student(over)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"share": RUNS}, "and nothing else of you or of the plan"),
        ({}, "Avi Rosenthal sees nothing until your tutor shares it"),
        ({"may_share": False}, "Avi Rosenthal can see it only if you say yes"),
        ({"open": False, "earlier": (OVER,)}, "Not shared any more."),
    ],
)
def test_the_student_reads_where_it_stands_and_what_they_can_do(changes, sentence):
    assert sentence in "\n".join(of_student(replace(READY, **changes)))


def test_without_an_action_for_an_adviser_there_is_nothing_of_it():
    assert (of_student(), [one.value for one in of_tutor().markdown]) == ([], [])

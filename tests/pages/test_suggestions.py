"""Suggestions to talk on the two timelines: the tutor answers, the student reads the same."""

from datetime import timedelta

import pytest
from sqlalchemy import insert

from auth.viewer import Viewer
from data_access import ratings, timelines
from data_access.tables import Assessment
from engagement.suggestion import State
from pages import PAGES
from policy.days import number
from tests.apptest import opened, signed_in
from tests.cast import ADA, BEN, NOW, TODAY

TIMELINE = next(page for page in PAGES if page.url == "timeline")
SAID = "Work of Introduction to Quaverley Studies, “Portfolio”, due 18 November, is not handed in."


@pytest.fixture
def number_of(university):
    """The number of the one suggestion: Ben has not handed in his portfolio."""
    due = number(TODAY - timedelta(days=5))
    row = {"id": 900, "key": "late", "module": 1, "title": "Portfolio", "due_day": due}
    university.change(insert(Assessment).values(**row, weight=10, exam=False, run=1))
    ratings.refresh(Viewer.service("rate"), NOW)
    return timelines.year(ADA.viewer, BEN.id, NOW).suggestions[0].id


def grounds(app, number):
    """The tutor's page with what the suggestion rests on opened."""
    app.run()
    app.query_params["student"] = BEN.id
    app.session_state[f"grounds-{number}"] = True
    return opened(app, TIMELINE)


def standing():
    return timelines.year(ADA.viewer, BEN.id, NOW).suggestions[0]


def test_the_tutor_opens_what_it_rests_on_and_answers_with_a_reason(number_of):
    with signed_in(ADA) as app:
        grounds(app, number_of)
        assert any(SAID in m.value for m in app.markdown)
        assert any("was due on Wed 18 Nov" in m.value for m in app.markdown)
        app.text_area(key=f"reason-{number_of}").input("I meet Ben on Thursday")
        app.button(key=f"talk-{number_of}").click().run()
        assert not app.exception
        assert any("a conversation is planned" in m.value for m in app.markdown)
    assert (standing().state, standing().steps[-1].reason) == (State.CONFIRMED, "I meet Ben on Thursday")


def test_without_a_reason_the_page_says_so_and_nothing_is_answered(number_of):
    with signed_in(ADA) as app:
        grounds(app, number_of)
        app.button(key=f"no-{number_of}").click().run()
        assert [e.value for e in app.error] == ["Please say why, in a few words."]
        assert app.button(key=f"hide-{number_of}")
    assert standing().state is State.RAISED


def test_what_a_tutor_hides_can_be_shown_again(number_of):
    with signed_in(ADA) as app:
        grounds(app, number_of)
        app.button(key=f"hide-{number_of}").click().run()
        assert not any(SAID in m.value for m in app.markdown)
        app.button(key=f"show-{number_of}").click().run()
        assert any(SAID in m.value for m in app.markdown)


def test_one_that_nobody_opened_offers_no_answer(number_of):
    with signed_in(ADA) as app:
        app.run()
        app.query_params["student"] = BEN.id
        opened(app, TIMELINE)
        assert any(SAID in m.value for m in app.markdown)
        assert not [b for b in app.button if "talk with" in b.label or "No conversation" in b.label]


def test_the_student_reads_the_same_sentence_and_cannot_answer(number_of):
    with signed_in(BEN) as app:
        app.session_state["suggested"] = True
        app.run()
        assert any(SAID in m.value for m in app.markdown)
        assert not [b for b in app.button if "conversation" in b.label]


def test_what_became_of_one_that_is_over_is_there_for_both(number_of):
    with signed_in(ADA) as app:
        grounds(app, number_of)
        app.text_area(key=f"reason-{number_of}").input("Ben wrote to me")
        app.button(key=f"no-{number_of}").click().run()
        assert not app.exception
    for member in (ADA, BEN):
        with signed_in(member) as app:
            app.session_state["earlier"] = True
            app.run()
            if member is ADA:
                app.query_params["student"] = BEN.id
                opened(app, TIMELINE)
            (line,) = [m.value for m in app.markdown if SAID in m.value]
            assert "no conversation needed" in line
            assert "Ben wrote to me" in line

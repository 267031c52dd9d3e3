"""A research student's pages: a meeting or a milestone is said to be wrong there, and the tutor reads that it is."""

import pytest
from sqlalchemy import insert, update

from auth.viewer import Viewer
from data_access import disputes, ratings
from data_access.tables import Course, Level, Milestone, Supervision
from pages import PAGES
from policy.days import number
from privacy.dispute import CLAIMS, RESEARCH, State
from tests.apptest import opened, sent, signed_in
from tests.cast import ADA, BEN, NOW, TODAY

PAGE = {page.url: page for page in PAGES}
DUE = {"student": BEN.number, "run": 1, "due_day": number(TODAY) - 10}


@pytest.fixture
def research(university):
    """Ben on a research course, with a supervision meeting and a milestone that nobody recorded."""
    university.change(
        insert(Supervision).values(**DUE, held_day=None),
        insert(Milestone).values(**DUE, title="Upgrade report", met_day=None),
        update(Course).where(Course.id == 1).values(level=Level.RESEARCH),
    )
    ratings.refresh(Viewer.service("rate"), NOW)


@pytest.mark.parametrize("kind", RESEARCH)
def test_a_research_student_says_that_one_is_wrong_and_the_tutor_reads_it(research, kind):
    with signed_in(BEN) as app:
        opened(app.run(), PAGE["engagement"])
        app.session_state["something-wrong"] = True
        app.session_state["dispute-kind"] = kind
        app.run()
        (which,) = [one for one in app.selectbox if one.label == "Which one?"]
        which.select_index(0).run()
        next(one for one in app.radio if one.label == "What is right?").set_value(CLAIMS[kind][0])
        next(one for one in app.button if one.label == "Say that it is wrong").click()
        app.run()
        assert not app.exception
        assert [one.value for one in app.toast] == [
            "Marked as disputed. Until it is settled it does not count."
        ]
    assert [(one.kind, one.state) for one in disputes.own(BEN.viewer, NOW)] == [(kind, State.DISPUTED)]
    with signed_in(ADA) as app:
        app.query_params["student"] = BEN.id
        app.session_state["as-table"] = True
        read = sent(opened(app.run(), PAGE["timeline"]))
    assert "disputed since 23 November and not counted until it is settled" in read

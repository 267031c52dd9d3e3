"""My engagement, as a student sees it: the same facts as the tutor, in other words."""

import json
import re
from datetime import date

import pytest
from sqlalchemy import insert

import policy
from auth.viewer import Viewer
from components.plain import plain
from data_access import ratings
from data_access.tables import FeedGap
from engagement.measure import Rating
from pages import PAGES
from privacy.labels import Source
from tests.apptest import opened, sent, signed_in
from tests.cast import ADA, BEN, CAL, NOW

TIMELINE = next(page for page in PAGES if page.url == "timeline")


pytestmark = pytest.mark.usefixtures("rated")


def test_it_opens_with_the_students_own_weeks():
    with signed_in(BEN) as app:
        app.run()
        assert [t.value for t in app.title] == ["My engagement"]
        assert any(
            m.value.startswith("In the last two teaching weeks (10–23 November) you went to 2 of 2 classes")
            for m in app.markdown
        )


def test_no_rating_no_number_of_it_and_nobody_else_is_shown_until_it_is_asked_for():
    with signed_in(BEN) as app:
        shown = sent(app.run())
        words = [str(rating) for rating in Rating if re.search(rf"\b{rating}\b", shown)]
        assert words == []
        assert "of 100" not in shown
        assert CAL.family not in shown
        assert ADA.family not in shown


def test_beside_a_gap_a_student_reads_since_when_data_are_missing(rated):
    gap = {"system": Source.ATTENDANCE, "first": date(2026, 11, 9), "last": date(2026, 11, 23)}
    rated.change(insert(FeedGap).values(reason="The reader was broken", **gap))
    ratings.refresh(Viewer.service("rate"), NOW)
    with signed_in(BEN) as app:
        said = "\n".join(m.value for m in app.run().markdown).replace("\\", "")
    assert "Not comparable with last week: attendance data are missing since 9 November." in said
    assert "These days count neither for nor against you." in said


def test_how_this_was_worked_out_holds_all_that_the_tutor_sees():
    with signed_in(BEN) as app:
        app.run()
        app.session_state["worked-out"] = True
        app.run()
        mine = [m.value for m in app.markdown]
        tables = [t.value.to_dict() for t in app.table]
    with signed_in(ADA) as app:
        app.run()
        app.query_params["student"] = BEN.id
        opened(app, TIMELINE)
        app.session_state["worked-out"] = True
        app.run()
        theirs = [m.value for m in app.markdown if "÷" in m.value or "Score in each week" in m.value]
        standing = next(m.value for m in app.markdown if "of 100" in m.value)
        assert [t.value.to_dict() for t in app.table] == tables
    assert set(theirs) <= set(mine)
    assert "Good, 78 of 100" in "\n".join(mine)
    assert standing.rpartition("** ")[2] in "\n".join(mine)


def test_the_chart_is_the_one_the_tutor_sees_once_the_score_is_asked_for():
    with signed_in(BEN) as app:
        assert "Score" not in app.run().get("plotly_chart")[0].proto.spec
        app.toggle(key="score").set_value(True).run()
        mine = json.loads(app.get("plotly_chart")[0].proto.spec)
    with signed_in(ADA) as app:
        app.run()
        app.query_params["student"] = BEN.id
        theirs = json.loads(opened(app, TIMELINE).get("plotly_chart")[0].proto.spec)
    assert mine == theirs


def test_what_counts_what_is_missing_and_what_could_help_are_told_in_the_students_own_facts():
    with signed_in(BEN) as app:
        text = "\n".join(m.value for m in app.run().markdown)
        assert [h.value for h in app.header][1:] == [
            "What counts, and what is missing",
            "What could help next",
            "Where to get support",
        ]
    assert "- 2 classes count." in text
    assert "Nothing that we expect is missing." in text
    assert f"“Report” \\(Introduction to {BEN.family} Studies\\) is due in 9 days, on Wed 2 Dec." in text


def test_support_is_there_whatever_the_figures_say():
    with signed_in(BEN) as app:
        text = "\n".join(m.value for m in app.run().markdown)
    support = policy.current().support
    for place in (*support.place, support.out_of_hours):
        assert plain(place.name) in text
    assert plain(support.emergency) in text

"""Engagement timeline, as the cast sees it."""

import json
from datetime import date

import pytest
from sqlalchemy import insert, select, update

from auth.viewer import Viewer
from data_access import ratings, tutees
from data_access.tables import AccessLine, FeedGap, Tutoring
from engagement import sentences
from pages import PAGES
from privacy.labels import Source
from tests.apptest import opened, sent, signed_in
from tests.cast import ADA, BEN, CAL, DEE, NOBODY, NOW
from tests.engagement.test_explanation import by_hand

TIMELINE = next(page for page in PAGES if page.url == "timeline")


@pytest.fixture
def app(rated):
    with signed_in(ADA) as app:
        yield app


def timeline(app, student=BEN.id):
    app.run()
    app.query_params["student"] = student
    return opened(app, TIMELINE)


def test_it_opens_with_who_it_is_where_they_stand_and_why(app):
    timeline(app)
    assert not app.exception
    assert [t.value for t in app.title] == [r"Ben Quaverley"]
    said = [m.value for m in app.markdown]
    assert (
        "Quaverley Studies, stage 1, full\\-time" in said or "Quaverley Studies, stage 1, full-time" in said
    )
    (standing,) = [s for s in said if "78 of 100" in s]
    assert ":blue-badge[◕ Good]" in standing
    assert "Attended 2 of 2 classes in the last 14 teaching days" in standing


def test_beside_a_gap_it_says_since_when_data_are_missing_and_compares_nothing(rated, app):
    gap = {"system": Source.ATTENDANCE, "first": date(2026, 11, 9), "last": date(2026, 11, 23)}
    rated.change(insert(FeedGap).values(reason="The reader was broken", **gap))
    ratings.refresh(Viewer.service("rate"), NOW)
    timeline(app)
    (standing,) = [m.value for m in app.markdown if "of 100" in m.value and "blue-badge" in m.value]
    assert "**50 of 100, not comparable with last week.**" in standing
    assert standing.endswith("Attendance data are missing since 9 November.")


def test_the_title_of_the_chart_is_its_finding_and_the_chart_is_told_in_words(app):
    timeline(app)
    assert [h.value for h in app.header] == ["More classes than before"]
    chart = app.get("plotly_chart")[0].proto
    assert "More classes than before" in chart.alt
    assert {"x", "y"} <= set(json.loads(chart.spec)["data"][0])


def test_everything_can_be_worked_out_again_from_the_screen(app):
    timeline(app)
    app.session_state["worked-out"] = True
    app.run()
    (parts,) = [t.value for t in app.table if "Sum" in t.value.columns]
    worked = [s for s in parts["Sum"] if s != "left out"]
    assert all(made == says for made, says in map(by_hand, worked))
    shown = "\n".join(m.value for m in app.markdown)
    assert "Parts by their weights: (4 × 100.00 + 3 × 50.00) ÷ 7 = 78.57" in shown
    assert "**All modules, by their credits:** (20 × 78.57) ÷ 20 = 78.57" in shown
    assert "So: **Good**" in shown
    weighted = {part: "weight" in part for part in parts["Part"]}
    assert weighted == dict(zip(parts["Part"], parts["Sum"] != "left out", strict=True))
    assert set(weighted.values()) == {True, False}


def test_the_table_twin_holds_every_week_so_far_and_all_work_in_words(app):
    timeline(app)
    app.session_state["as-table"] = True
    app.run()
    weeks, pieces = (t.value for t in app.table)
    assert weeks["Week"].iloc[0] == "21–27 September"
    assert weeks["Score"].iloc[-1] == "78 of 100, Good"
    assert weeks["Week"].iloc[5] == "26 October – 1 November (reading week)"
    assert weeks["Active on the VLE"].iloc[0] == "1 day, 10 page views"
    assert weeks["Active on the VLE"].iloc[9] == "Not loaded yet"
    assert list(weeks["Attendance"])[:2] == ["1 absent", "1 attended"]
    assert len(weeks) == 10  # up to this week
    assert pieces.to_dict("records") == [
        {"Work": r"Essay \(M1\)", "Due": "Tue 3 Nov", "Handed in": "On time, Mon 2 Nov"},
        {"Work": r"Report \(M1\)", "Due": "Wed 2 Dec", "Handed in": "Open"},
    ]


def test_without_a_student_the_page_says_where_to_choose_one(app):
    opened(app.run(), TIMELINE)
    assert [t.value for t in app.title] == ["Engagement timeline"]
    assert not app.get("plotly_chart")
    assert BEN.family not in sent(app)


@pytest.mark.parametrize("student", [CAL.id, DEE.id, NOBODY, "'; drop table person --"])
def test_an_address_with_somebody_elses_id_shows_the_one_refusal_and_is_logged(rated, app, student):
    timeline(app, student)
    assert [i.value for i in app.info] == ["There is no student here whose record is open to you."]
    assert not [m for m in (CAL, DEE) if m.family in sent(app)]
    with rated.session() as session:
        reasons = session.scalars(select(AccessLine.reason).where(~AccessLine.allowed)).all()
    assert reasons == ["not_yours_to_see"]


def test_one_steps_to_the_next_tutee_in_the_list_and_back(rated, app):
    with rated.session() as session, session.begin():
        session.execute(update(Tutoring).where(Tutoring.enrolment == 2).values(tutor=ADA.number))
    timeline(app)
    (onward,) = [b for b in app.button if b.label.startswith("Next: Cal")]
    assert app.button(key="Previous").disabled
    onward.click().run()
    assert [t.value for t in app.title] == ["Cal Zephyrine"]
    app.button(key="Previous").click().run()
    assert [t.value for t in app.title] == ["Ben Quaverley"]
    app.selectbox(key=f"tutee-{BEN.id}").select(CAL.id).run()
    assert [t.value for t in app.title] == ["Cal Zephyrine"]


def test_the_sentence_in_the_list_is_the_sentence_here(rated, app):
    (row,) = tutees.overview(ADA.viewer, NOW)
    timeline(app)
    assert any(sentences.why(row.standing) in m.value for m in app.markdown)


def days(app) -> tuple[str, str]:
    """The range of the axis of the chart."""
    first, last = json.loads(app.get("plotly_chart")[0].proto.spec)["layout"]["xaxis"]["range"]
    return first, last


def test_buttons_zoom_and_move_and_the_range_stands_in_the_address(app):
    timeline(app)
    assert days(app) == ("2026-09-21", "2027-05-31")
    assert app.button(key="Whole year").disabled
    app.button(key="Last 4 weeks").click().run()
    assert days(app) == ("2026-11-02", "2026-11-30")
    assert app.query_params["from"] == "2026-11-02"
    app.button(key="Earlier").click().run()
    assert days(app) == ("2026-10-05", "2026-11-02")
    assert next(h.value for h in app.header).startswith("3 of 4 classes attended")
    app.button(key="This term").click().run()
    assert days(app) == ("2026-09-21", "2026-12-14")


def test_a_view_is_opened_from_its_address(app):
    app.run()
    wanted = {
        "student": BEN.id,
        "by": "Days",
        "from": "2026-09-21",
        "to": "2026-09-27",
        "source": "Attendance",
    }
    for name, value in wanted.items():
        app.query_params[name] = value
    opened(app, TIMELINE)
    app.session_state["as-table"] = True
    app.run()
    (table,) = [t.value for t in app.table]
    assert list(table["Day"])[:2] == ["Mon 21 Sep", "Tue 22 Sep"]
    assert list(table.columns) == ["Day", "Attendance"]
    assert list(table["Attendance"])[:2] == ["No classes", "1 absent"]


def test_the_others_are_shown_only_when_asked_for_and_with_too_few_the_page_says_so(app):
    timeline(app)
    assert not [m for m in app.markdown if "ten other students" in m.value]
    app.toggle(key="others").set_value(True).run()
    assert [m for m in app.markdown if "fewer than ten other students" in m.value]


def test_the_link_to_the_pdf_leads_to_what_is_seen(app):
    timeline(app)
    app.button(key="Last 4 weeks").click().run()
    (link,) = [one.proto.url for one in app.get("link_button") if "pdf" in one.proto.url]
    assert link == (f"/timeline.pdf?student={BEN.id}&from=2026-11-02&to=2026-11-29&by=Weeks&score=true")

"""My data, as a student sees it: who looked, what is held, what they asked for, and their copy."""

import pytest

from data_access import own_requests, pack_decisions, pack_review, timelines
from pages import PAGES
from privacy.case_decisions import Ask
from privacy.pack_decisions import Begin
from privacy.request import Kind
from tests.apptest import opened, sent, signed_in
from tests.cast import ADA, BEN, CAL, DEE, NOW, ROS
from tests.data_access.test_packs import issued

MINE = next(page for page in PAGES if page.url == "my-data")
REQUESTS = next(page for page in PAGES if page.url == "requests")
PARTS = ("Who looked", "What is held", "Correct", "Ask and object", "Requests")


@pytest.fixture
def app(rated):
    timelines.year(ADA.viewer, BEN.id, NOW)
    with signed_in(BEN) as app:
        yield opened(app.run(), MINE)


def part(app, name):
    app.session_state["part"] = name
    return app.run()


def said(app):
    return "\n".join(element.value for element in (*app.markdown, *app.caption))


def table(app):
    (found,) = app.table
    return [tuple(row) for row in found.value.itertuples(index=False)]


def test_who_looked_is_a_sentence_and_a_table(app):
    assert "1 person opened your record 1 time since 23 November 2026." in said(app)
    assert table(app) == [
        (
            "Ada Okonkwo\\-Byrne, personal tutor  \n:small[:gray[23 Nov 2026, 10:00]]",
            r"Read your engagement\: Noticing when engagement points to possible difficulty",
        )
    ]


def test_own_visits_are_shown_when_asked_for(app):
    app.session_state["looks-of"] = "My own visits too"
    assert "You" in {who.split("  ")[0] for who, _ in table(app.run())}


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize("member", [BEN, DEE], ids=lambda m: m.given)
def test_every_part_opens_for_a_leaver_too_and_names_no_other_student(rated, member, name):
    with signed_in(member) as app:
        opened(app.run(), MINE)
        shown = sent(part(app, name))
    assert not app.exception
    assert not [other for other in (BEN, CAL, DEE) if other is not member and other.family in shown]


def test_what_is_held_opens_table_by_table(app):
    part(app, "What is held")
    assert not app.table
    app.session_state["held-attendance"] = True
    app.run()
    assert len(table(app)) == 9
    assert "**Used for** Noticing when engagement points to possible difficulty" in said(app)
    assert "**Kept until** 1 year after the end of the last course" in said(app)


def test_a_copy_is_asked_for_begun_and_fetched(rated):
    own_requests.ask(BEN.viewer, Ask(Kind.ACCESS, "A copy, please."), NOW)
    with signed_in(ROS) as app:
        app.query_params["case"] = own_requests.of(BEN.viewer, NOW)[0].reference
        opened(app.run(), REQUESTS)
        (begin,) = [b for b in app.button if b.label == "Begin a copy"]
        begin.click().run()
        assert "No text seems to speak of others." in said(app)
        (done,) = [b for b in app.button if b.label == "Everything was looked at"]
        done.click().run()
        assert "You checked it, so a colleague issues it." in [info.value for info in app.info]
        assert not [b for b in app.button if b.label == "Issue it to the student"]
    with signed_in(BEN) as app:
        part(opened(app.run(), MINE), "Requests")
        assert "Two officers look at it first" in said(app)
        assert not app.get("link_button")


def test_an_issued_copy_has_its_link(rated):
    id = issued(rated)
    with signed_in(BEN) as app:
        part(opened(app.run(), MINE), "Requests")
        (link,) = [node.proto for node in app.get("link_button")]
    assert link.url == f"/access-pack/{id}"


def test_a_copy_under_way_stays_one(rated):
    own_requests.ask(BEN.viewer, Ask(Kind.ACCESS, "A copy, please."), NOW)
    for _ in range(2):
        pack_decisions.carry_out(ROS.viewer, BEN.id, Begin(), NOW)
    assert pack_review.latest(ROS.viewer, BEN.id, NOW).flagged == ()

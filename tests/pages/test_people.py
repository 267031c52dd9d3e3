"""People and roles, as the administrator sees it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from auth.viewer import Role
from data_access import accounts, cover, tutees
from data_access.tables import RoleGrant
from pages import PAGES
from tests.apptest import opened, sent, signed_in
from tests.cast import ADA, BEN, CAL, DEE, EVE, MO, NOW, TODAY, TOM

PEOPLE = next(page for page in PAGES if page.url == "people")
LATER = f"{TODAY + timedelta(days=3):%d/%m/%Y}"


@pytest.fixture
def app(rated):
    with signed_in(EVE) as app:
        yield opened(app.run(), PEOPLE)


def part(app, name):
    app.session_state["part"] = name
    return app.run()


def button(app, label):
    (found,) = [b for b in app.button if b.label == label]
    return found


def held(member, at=NOW):
    return [h.role for h in accounts.own(member.viewer, at).roles]


def test_every_colleague_is_in_the_table_and_no_student_is_anywhere(app):
    said = [m.value for m in app.markdown]
    assert len([line for line in said if line.startswith("**Personal tutor**, since 21 September 2026")]) == 3
    assert "**Eve Nakamura** (you)  \n:gray[eve]" in said
    assert any("The cast of the tests · given by the job “test”" in line for line in said)
    for name in ("Who has which role", "Give or take a role", "To be reviewed", "Cover for a tutor"):
        shown = sent(part(app, name))
        assert not app.exception
        assert not [s for s in (BEN, CAL, DEE) if s.family in shown]


def test_search_and_role_narrow_the_table_and_an_empty_one_says_so(app):
    app.text_input(key="search").input("okonkwo").run()
    assert [m.value for m in app.markdown if ":gray[ada]" in m.value]
    assert not [m.value for m in app.markdown if ":gray[tom]" in m.value]
    app.multiselect(key="role").select("Manager").run()
    assert [i.value for i in app.info] == ["Nobody matches. Take a filter away to see more."]


def test_a_role_is_given_until_a_day(app):
    part(app, "Give or take a role")
    app.selectbox(key="colleague").select_index(4).run()
    assert app.selectbox(key="colleague").value == "mo"
    app.selectbox(key="role-mo-1").select("tutor")
    app.text_input(key="last-mo-1").input(LATER)
    app.text_input(key="why-mo-1").input("Helps out")
    button(app, "Give the role").click().run()
    assert not app.exception
    assert held(MO) == [Role.TUTOR, Role.MANAGER]
    assert held(MO, NOW + timedelta(days=4)) == [Role.MANAGER]


@pytest.mark.parametrize(
    ("last", "why", "says"),
    [
        ("31/02/2027", "Helps", "Please write days as day/month/year, such as 30/11/2026."),
        ("soon", "Helps", "Please write days as day/month/year, such as 30/11/2026."),
        ("1/1/2020", "Helps", "Please look at the days again"),
        ("", " ", "Please say why, in a few words."),
    ],
)
def test_what_cannot_be_given_is_one_plain_sentence(app, last, why, says):
    part(app, "Give or take a role")
    app.selectbox(key="colleague").select_index(4).run()
    app.selectbox(key="role-mo-1").select("tutor")
    app.text_input(key="last-mo-1").input(last)
    app.text_input(key="why-mo-1").input(why)
    button(app, "Give the role").click().run()
    (said,) = [e.value for e in app.error]
    assert said.startswith(says)
    assert held(MO) == [Role.MANAGER]
    assert not app.exception


def test_a_role_is_taken_away_with_a_reason(app):
    part(app, "Give or take a role")
    app.selectbox(key="colleague").select_index(4).run()
    (why,) = [box for box in app.text_input if str(box.key).startswith("away-why-")]
    why.input("Moved on")
    button(app, "Take the role away").click().run()
    assert held(MO) == []
    assert any("has no role at present" in m.value for m in app.markdown)


def test_the_one_who_asks_is_not_among_those_whose_roles_can_be_changed(app):
    part(app, "Give or take a role")
    assert not [o for o in app.selectbox(key="colleague").options if EVE.family in o]


def test_the_review_lists_what_nobody_looked_at_for_a_year_and_keeps_it_singly(rated, app):
    assert part(app, "To be reviewed").info[0].value.startswith("Every role was given or found needed")
    with rated.session() as session, session.begin():
        session.execute(update(RoleGrant).values(first=date(2025, 9, 1)))
        session.execute(
            update(RoleGrant).where(RoleGrant.person == ADA.number).values(first=date(2024, 9, 1))
        )
    part(app, "To be reviewed")
    assert len([b for b in app.button if b.label == "Still needed"]) == 7  # eight, and Eve's own is another's
    first = next(b for b in app.button if b.label == "Still needed")
    assert first.help == "Ada Okonkwo-Byrne: Personal tutor"
    first.click().run()
    assert len([b for b in app.button if b.label == "Still needed"]) == 6
    assert [c.value for c in app.caption if "Yours" in c.value]


def test_cover_is_arranged_seen_and_ended(app):
    part(app, "Cover for a tutor")
    app.selectbox(key="absent-0").select_index(1)
    app.selectbox(key="covering-0").select_index(0)
    app.text_input(key="cover-last-0").input(LATER)
    app.text_input(key="cover-why-0").input("Research leave")
    button(app, "Arrange cover").click().run()
    assert [c.covering for c in cover.arranged(EVE.viewer, NOW)] == ["Tom Ffoulkes"]
    assert {t.name for t in tutees.in_order(TOM.viewer, NOW)} == {"Ben Quaverley", "Cal Zephyrine"}
    assert "Research leave" in sent(app)
    assert BEN.family not in sent(app)
    button(app, "End now").click().run()
    assert [i.value for i in app.info] == ["No cover is arranged at present."]
    assert {t.name for t in tutees.in_order(TOM.viewer, NOW)} == {"Cal Zephyrine"}


def test_cover_with_nobody_chosen_is_not_arranged(app):
    part(app, "Cover for a tutor")
    button(app, "Arrange cover").click().run()
    assert [e.value for e in app.error] == ["Please choose who is away and who covers."]

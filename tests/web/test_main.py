"""The UI script, as each of the cast sees it: what stands before the pages, which pages, and the way out."""

from collections.abc import Iterator
from unittest.mock import patch

import pytest
from sqlalchemy import delete, update
from streamlit.testing.v1 import AppTest

from auth.refusals import NotYoursToSee
from auth.viewer import Role
from components.plain import plain
from data_access import credentials, roles, sessions
from data_access.tables import Account, AgreementAcceptance, RoleGrant
from pages import PAGES, open_to, open_to_strangers
from tests.apptest import as_seen_with, opened, sent, session_of, signed_in
from tests.cast import ADA, BEN, CAST, DEE, EVE, MO, NOW, PASSWORD, TERM, TIM, Member
from tests.conftest import University
from tests.tree import imported

pytestmark = pytest.mark.usefixtures("university")
PEOPLE = [member for member in CAST if member not in (TIM, DEE)]
ACCOUNT = next(page for page in PAGES if page.url == "account")
SHUT = [page for page in PAGES if not page.strangers]
FOOT = [page.title for page in PAGES if page.foot]
PUBLIC = {
    "privacy": {
        "auth.sessions",
        "auth.sessions.visitor",
        "auth.viewer",
        "auth.viewer.Role",
        "data_access",
        "data_access.notices",
    }
}
"""The notice is stored, and public; only of a student who is signed in is it asked which regulation is theirs."""
ENGAGEMENT = next(page for page in PAGES if page.url == "engagement")


def titles(app: AppTest) -> list[str]:
    return [title.value for title in app.title]


def button(app: AppTest, label: str):
    return next(b for b in app.button if b.label == label)


def field(app: AppTest, label: str):
    return next(f for f in app.text_input if f.label.startswith(label))


@pytest.fixture
def stranger() -> Iterator[AppTest]:
    with signed_in(None) as app:
        yield app.run()


def test_a_stranger_meets_the_sign_in_form_and_nothing_about_anybody(stranger):
    assert titles(stranger) == ["Sign in"]
    assert [f.label for f in stranger.text_input] == ["Username", "Password"]
    assert [b.label for b in stranger.button] == ["Sign in"]
    assert not [m for m in CAST if m.family in sent(stranger)]


@pytest.mark.parametrize("page", SHUT, ids=lambda page: page.url)
def test_no_other_page_exists_for_a_stranger(stranger, page):
    with pytest.raises(ValueError, match="registered"):
        opened(stranger, page)


@pytest.mark.parametrize("page", open_to_strangers(), ids=lambda page: page.url)
def test_a_page_that_opens_before_sign_in_names_nobody_and_leads_back_and_to_what_is_public(stranger, page):
    assert [link.proto.label for link in stranger.get("page_link")] == [p.title for p in open_to_strangers()]
    opened(stranger, page)
    assert not stranger.exception
    assert titles(stranger) == [page.title]
    assert [link.proto.label for link in stranger.get("page_link")] == ["Sign in", *FOOT]
    assert not [b for b in stranger.button if b.label == "Sign out"]
    assert not [m for m in CAST if m.family in sent(stranger)]
    for other in SHUT:
        with pytest.raises(ValueError, match="registered"):
            opened(stranger, other)


@pytest.mark.parametrize("page", open_to_strangers(), ids=lambda page: page.url)
def test_a_page_that_opens_before_sign_in_asks_neither_who_looks_nor_for_any_record(page):
    asks = {name for name in imported(page.script) if name.startswith(("auth", "data_access", "ingest"))}
    assert asks <= PUBLIC.get(page.url, set())


@pytest.mark.parametrize("member", PEOPLE, ids=lambda m: m.given)
def test_everybody_lands_on_the_first_page_of_their_role(member):
    with signed_in(member) as app:
        app.run()
        assert not app.exception
        assert titles(app) == [open_to(member.role)[0].title]
        assert plain(f"{member.given} {member.family}") + f" · {member.role.words}" in [
            c.value for c in app.caption
        ]


@pytest.mark.parametrize("member", PEOPLE, ids=lambda m: m.given)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.url)
def test_a_page_opens_for_its_roles_and_does_not_exist_for_others(member, page):
    with signed_in(member) as app:
        app.run()
        if member.role in page.roles:
            opened(app, page)
            assert not app.exception
        else:
            with pytest.raises(ValueError, match="registered"):
                opened(app, page)


@pytest.mark.parametrize("member", [m for m in PEOPLE if m.role.staff], ids=lambda m: m.role)
def test_no_role_of_staff_has_a_page_but_what_anybody_reads_before_it_has_accepted_the_agreement(
    university, member
):
    university.change(delete(AgreementAcceptance).where(AgreementAcceptance.person == member.number))
    with signed_in(member) as app:
        assert titles(app.run()) == ["Confidentiality agreement"]
        for page in SHUT:
            with pytest.raises(ValueError, match="registered"):
                opened(app, page)


def test_staff_stop_at_the_agreement_until_they_accept_it():
    with signed_in(TIM) as app:
        app.run()
        assert titles(app) == ["Confidentiality agreement"]
        with pytest.raises(ValueError, match="registered"):
            opened(app, PAGES[0])
        button(app, "Accept and continue").click().run()
        assert [e.value for e in app.error] == ["Please tick the box if you accept the agreement."]
        assert not app.checkbox[0].value
        app.checkbox[0].check()
        field(app, "Your full name").input("Somebody Else")
        button(app, "Accept and continue").click().run()
        assert [i.value for i in app.info] == ["Please type your name as it is shown."]
        field(app, "Your full name").input("tim unsigned")
        button(app, "Accept and continue").click().run()
        assert titles(app) == ["My tutees"]


def test_a_password_that_others_have_seen_is_changed_before_anything_else(university):
    with university.session() as session, session.begin():
        session.execute(update(Account).values(must_change=True))
    with signed_in(ADA) as app:
        app.run()
        assert titles(app) == ["Choose your own password"]
        _change(app, PASSWORD, "an entirely new set of words")
        assert titles(app.run()) == ["Sign in"]  # until the browser has traded its ticket for a new cookie
    with signed_in(ADA) as app:
        assert titles(app.run()) == ["My tutees"]
    assert credentials.check_password("ada", "an entirely new set of words", NOW) == ADA.number


@pytest.mark.parametrize(
    ("old", "new", "again", "says"),
    [
        ("wrong", "an entirely new set of words", None, "Your present password is not right."),
        (PASSWORD, "short", None, "Please use at least 12 characters"),
        (PASSWORD, "an entirely new set of words", "another", "The two new passwords are not the same."),
    ],
)
def test_a_password_change_that_fails_says_why_and_leaves_the_page_usable(old, new, again, says):
    with signed_in(ADA) as app:
        opened(app.run(), ACCOUNT)
        _change(app, old, new, again)
        assert next(m.value for m in (*app.error, *app.info)).startswith(says)
        assert button(app, "Change password")
    assert credentials.check_password("ada", PASSWORD, NOW) == ADA.number


def _change(app: AppTest, old: str, new: str, again: str | None = None) -> None:
    field(app, "Present password").input(old)
    field(app, "New password").input(new)
    field(app, "New password again").input(new if again is None else again)
    button(app, "Change password").click().run()


def test_my_account_tells_roles_since_when_and_why_and_ends_other_sessions():
    elsewhere = session_of(ADA)
    with signed_in(ADA) as app:
        opened(app.run(), ACCOUNT)
        shown = "\n".join(m.value for m in app.markdown)
        assert "Since 21 September 2026 · The cast of the tests" in shown
        assert shown.count("A test") == 2
        button(app, "Sign out there").click().run()
        assert sessions.viewer_of(elsewhere, NOW) is None
        assert not [b for b in app.button if b.label == "Sign out there"]


def test_signing_out_everywhere_ends_this_session_too():
    token, elsewhere = session_of(ADA), session_of(ADA)
    with as_seen_with(token) as app:
        opened(app.run(), ACCOUNT)
        button(app, "Sign out everywhere").click().run()
        assert sessions.viewer_of(token, NOW) is None
        assert sessions.viewer_of(elsewhere, NOW) is None
        assert titles(app.run()) == ["Sign in"]


def test_signing_out_ends_the_session_and_draws_no_page():
    token = session_of(ADA)
    with as_seen_with(token) as app:
        button(app.run(), "Sign out").click().run()
        assert sessions.viewer_of(token, NOW) is None
        assert titles(app) == []


def test_whoever_holds_two_roles_switches_and_then_has_the_other_ones_pages(university):
    _also(university, BEN, Role.TUTOR)
    with signed_in(BEN) as app:
        assert titles(app.run()) == ["Confidentiality agreement"]
    with university.session() as session, session.begin():
        session.execute(update(RoleGrant).where(RoleGrant.role == Role.TUTOR).values(role=Role.MANAGER))
    with signed_in(BEN) as app:
        opened(app.run(), ACCOUNT)
        button(app, "Switch to Manager").click().run()
        assert titles(app.run()) == ["Confidentiality agreement"]
        with pytest.raises(ValueError, match="registered"):
            opened(app, ENGAGEMENT)


def _also(university: University, member: Member, role: Role) -> None:
    with university.session() as session, session.begin():
        session.add(RoleGrant(person=member.number, role=role, first=TERM, granted_by="eve", reason="Too"))


def test_the_role_is_switched_from_above_every_page_too(university):
    _also(university, ADA, Role.MANAGER)
    token = session_of(ADA)
    with as_seen_with(token) as app:
        (menu,) = app.run().menu_button
        assert menu.label == "Personal tutor"
        assert menu.options == ["Switch to Manager"]
        menu.click("Manager").run()
        viewer = sessions.viewer_of(token, NOW)
        assert viewer
        assert viewer.role is Role.MANAGER
        assert titles(app.run()) == [open_to(Role.MANAGER)[0].title]


def test_a_role_taken_away_while_the_tab_is_open_is_gone_at_the_next_run():
    with signed_in(MO) as app:
        assert titles(app.run()) == [open_to(Role.MANAGER)[0].title]
        roles.revoke(EVE.viewer, "mo", Role.MANAGER, "Moved on", NOW)
        assert titles(app.run()) == ["Sign in"]


def test_a_refusal_on_a_page_is_its_sentence_and_no_traceback():
    with signed_in(ADA) as app, patch("data_access.tutees.overview", side_effect=NotYoursToSee):
        app.run()
        assert not app.exception
        assert [i.value for i in app.info] == ["There is no student here whose record is open to you."]


def test_a_student_who_has_finished_reads_why_nothing_opens_and_still_has_an_account():
    with signed_in(DEE) as app:
        app.run()
        assert "not actively enrolled" in app.info[0].value
        assert titles(opened(app, ACCOUNT)) == ["My account"]


def test_what_the_tab_keeps_is_never_taken_for_who_asks():
    with signed_in(None) as app:
        for key, value in {"username": "ada", "authentication_status": True, "roles": ["tutor"]}.items():
            app.session_state[key] = value
        assert titles(app.run()) == ["Sign in"]

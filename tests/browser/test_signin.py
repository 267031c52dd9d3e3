"""Signing in and out as a person does it, in a real browser."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from data_access import database, own_sessions, sessions
from data_access.tables import Account
from tests.browser.visit import DESK, PHONE, visiting
from tests.cast import ADA, BEN, HASH, PASSWORD, TIM
from tests.server import Server

pytestmark = pytest.mark.browser
DEEP_LINK = f"/timeline?student={BEN.id}"


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_deep_link_survives_signing_in_and_nothing_is_asked_of_anyone_else(chromium, server, size):
    with visiting(chromium, server, size) as visit:
        visit.open(DEEP_LINK)
        assert visit.sees("Sign in")
        assert not visit.sees(BEN.family)
        visit.sign_in(ADA)
        assert visit.page.url == server.address + DEEP_LINK
        assert visit.sees(BEN.family)
        assert visit.complaints == []


def test_scripts_cannot_read_the_cookie_and_nothing_else_is_kept(chromium, server):
    with visiting(chromium, server) as visit:
        visit.open("/")
        visit.sign_in(ADA)
        (cookie,) = [c for c in visit.page.context.cookies() if c["name"] == "la_sid"]
        assert cookie["httpOnly"]
        assert cookie["sameSite"] == "Lax"
        assert cookie["expires"] == -1  # it goes with the browser
        assert "la_sid" not in visit.page.evaluate("document.cookie")
        kept = visit.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
        assert cookie["value"] not in kept
        assert BEN.family not in kept


def test_the_fields_tell_password_managers_what_they_are_and_take_a_paste(chromium, server):
    with visiting(chromium, server) as visit:
        visit.open("/")
        username, password = (
            visit.page.get_by_label("Username"),
            visit.page.get_by_label("Password", exact=True),
        )
        assert username.get_attribute("autocomplete") == "username"
        assert password.get_attribute("autocomplete") == "current-password"
        assert password.get_attribute("type") == "password"
        password.focus()
        visit.page.keyboard.insert_text("pasted all at once")
        assert password.input_value() == "pasted all at once"


def test_a_wrong_password_says_so_and_enter_sends_the_form_again(chromium, server):
    with visiting(chromium, server) as visit:
        visit.open(DEEP_LINK)
        visit.fill("ada", "not the password")
        visit.page.get_by_text("The username or the password is not right.").wait_for()
        visit.page.get_by_label("Password", exact=True).fill("four plain words here")
        visit.page.keyboard.press("Enter")
        visit.page.get_by_role("button", name="Sign out", exact=True).wait_for()
        assert visit.page.url == server.address + DEEP_LINK


def test_after_signing_out_the_back_button_shows_nothing(chromium, server):
    with visiting(chromium, server) as visit:
        visit.open(DEEP_LINK)
        visit.sign_in(ADA)
        visit.open("/account")
        visit.page.get_by_role("button", name="Sign out", exact=True).click()
        visit.page.get_by_label("Username").wait_for()
        for move in (visit.page.go_back, visit.page.go_forward):
            move()
            visit.page.get_by_label("Username").wait_for()
            assert not visit.sees(BEN.family)
            assert not visit.sees("Where you are signed in")
        assert "la_sid" not in [c["name"] for c in visit.page.context.cookies()]


def test_a_tab_whose_session_ended_elsewhere_shows_the_form_at_the_next_click(chromium, server):
    with visiting(chromium, server) as visit:
        visit.open("/account")
        visit.sign_in(ADA)
        viewer = sessions.viewer_of(visit.token(), datetime.now(UTC))
        assert viewer
        own_sessions.end(viewer, datetime.now(UTC))
        visit.page.get_by_role("link", name="My tutees").click()
        visit.page.get_by_label("Username").wait_for(timeout=30_000)
        visit.settle()
        assert not visit.sees(BEN.family)


def test_signing_out_everywhere_closes_the_other_window_too(chromium, server):
    with visiting(chromium, server) as one, visiting(chromium, server) as other:
        for visit in (one, other):
            visit.open("/account")
            visit.sign_in(ADA)
        one.page.get_by_role("button", name="Sign out everywhere").click()
        one.page.get_by_label("Username").wait_for()
        other.page.reload()
        other.page.get_by_label("Username").wait_for()


@pytest.fixture
def adas_password(server: Server) -> Iterator[None]:
    """Ada's password as it was, afterwards."""
    yield
    with database.writing() as session:
        session.execute(update(Account).values(password_hash=HASH, must_change=False))


@pytest.mark.usefixtures("adas_password")
@pytest.mark.parametrize("due", [False, True], ids=["wanted", "due"])
def test_after_changing_the_password_the_window_goes_on_with_a_cookie_of_its_own(chromium, server, due):
    with visiting(chromium, server) as visit:
        visit.open("/account")
        visit.sign_in(ADA)
        if due:
            with database.writing() as session:
                session.execute(update(Account).values(must_change=True))
            visit.open("/account")
            assert visit.sees("Choose your own password")
        old = visit.token()
        new = "six other plain words instead"
        for label, typed in (
            ("Present password", PASSWORD),
            ("New password", new),
            ("New password again", new),
        ):
            visit.page.get_by_label(label, exact=True).fill(typed)
        with visit.page.expect_navigation():
            visit.page.get_by_role("button", name="Change password").click()
        visit.page.get_by_role("heading", name="My account").wait_for()
        visit.settle()
        assert visit.page.url == f"{server.address}/account"
        assert sessions.viewer_of(old, datetime.now(UTC)) is None
        assert sessions.viewer_of(visit.token(), datetime.now(UTC))
        assert visit.complaints == []


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_agreement_keeps_nobody_out_who_reads_it(chromium, server, size):
    with visiting(chromium, server, size) as visit:
        visit.open("/tutees")
        visit.sign_in(TIM)
        assert visit.sees("Confidentiality agreement")
        assert visit.barriers() == []
        assert visit.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_the_agreement_is_read_ticked_and_signed(chromium, server):
    with visiting(chromium, server) as visit:
        visit.open("/tutees")
        visit.sign_in(TIM)
        visit.page.get_by_text("I have read this and will keep to it.").click()
        visit.page.get_by_label("Your full name").fill("Tim Unsigned")
        visit.page.get_by_role("button", name="Accept and continue").click()
        visit.page.get_by_role("heading", name="My tutees").wait_for()
        assert visit.page.url == f"{server.address}/tutees"
        assert visit.complaints == []


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_nothing_of_ours_keeps_anybody_out(chromium, server, size):
    with visiting(chromium, server, size) as visit:
        visit.open("/")
        visit.fill("ada", "not the password")
        visit.page.get_by_text("The username or the password is not right.").wait_for()
        assert visit.barriers() == []
        visit.sign_in(ADA)
        for path in ("/account", "/engagement"):
            visit.open(path)
            assert visit.barriers() == []
            assert visit.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert visit.page.title() == "Not part of your role · Learner Analytics"
        assert visit.sees("This page is not part of your role")
        assert visit.complaints == []


def test_a_page_has_its_own_title_and_our_icon(chromium, server):
    with visiting(chromium, server) as visit:
        visit.open("/")
        assert visit.page.title() == "Sign in · Learner Analytics"
        assert visit.page.evaluate("document.documentElement.lang") == "en-GB"
        assert visit.page.get_attribute("link[rel='shortcut icon']", "href").startswith("data:image/png")

"""The sign-in form: one message for every wrong try, password managers welcome, nothing left behind."""

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from auth.refusals.accounts import SignedOut, SignInRefused
from auth.sessions import asking
from auth.viewer import Role
from data_access import credentials, own_sessions, roles, sessions
from tests.apptest import as_seen_with, sent, session_of, signed_in
from tests.cast import ADA, EVE, NOW, PASSWORD

pytestmark = pytest.mark.usefixtures("university")


@pytest.fixture
def form() -> Iterator[AppTest]:
    with signed_in(None) as app:
        yield app.run()


def sign_in(form: AppTest, username: str, password: str) -> AppTest:
    form.text_input[0].input(username)
    form.text_input[1].input(password)
    return form.button[0].click().run()


def ticket(form: AppTest) -> str | None:
    """The ticket handed to the browser, if there is one."""
    handed = form.get("bidi_component")
    return handed[0].proto.json.partition('"ticket":')[2].split('"')[1] if handed else None


def test_password_managers_find_both_fields(form):
    assert [f.proto.autocomplete for f in form.text_input] == ["username", "current-password"]
    assert [f.label for f in form.text_input] == ["Username", "Password"]


@pytest.mark.parametrize("username", ["ada", " Ada "])
def test_the_right_password_hands_the_browser_a_ticket_for_a_session_of_that_person(form, username):
    handed = ticket(sign_in(form, username, PASSWORD))
    assert handed
    token = sessions.redeem(handed, "A browser", NOW)
    assert token
    viewer = sessions.viewer_of(token, NOW)
    assert viewer
    assert (viewer.person, viewer.role) == (ADA.number, Role.TUTOR)


@pytest.mark.parametrize(
    ("username", "password"),
    [("ada", "wrong"), ("nobody", PASSWORD), ("", ""), ("ada", ""), ("", PASSWORD), ("ada", "x" * 100)],
)
def test_every_wrong_try_reads_the_same_and_hands_out_nothing(form, username, password):
    sign_in(form, username, password)
    assert [e.value for e in form.error] == [SignInRefused().sentence]
    assert ticket(form) is None


def test_a_waiting_account_reads_like_a_wrong_password(form):
    for _ in range(5):
        credentials.check_password("ada", "wrong", NOW)
    sign_in(form, "ada", PASSWORD)
    assert [e.value for e in form.error] == [SignInRefused().sentence]
    assert ticket(form) is None


def test_without_a_role_the_right_password_reads_what_is_the_matter(form):
    roles.revoke(EVE.viewer, "ada", Role.TUTOR, "Moved on", NOW)
    sign_in(form, "ada", PASSWORD)
    assert form.error[0].value.startswith("Your account has no role here at present.")
    assert ticket(form) is None


def test_having_signed_in_the_same_tab_is_still_a_strangers_until_it_loads_anew(form):
    sign_in(form, "ada", PASSWORD)
    assert [t.value for t in form.run().title] == ["Sign in"]
    assert ADA.family not in sent(form)


def test_nobody_asks_without_a_session():
    with as_seen_with(None), pytest.raises(SignedOut):
        asking()
    with as_seen_with("made up"), pytest.raises(SignedOut):
        asking()


def test_who_asks_is_the_holder_of_the_cookie_now():
    token = session_of(ADA)
    with as_seen_with(token):
        viewer, at = asking()
        assert (viewer.person, at) == (ADA.number, NOW)
        own_sessions.end(viewer, NOW)
        with pytest.raises(SignedOut):
            asking()

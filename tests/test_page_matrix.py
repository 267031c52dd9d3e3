"""Role × page × record, through the pages: whoever asks for whose record by the address or by the state of a tab."""

import shutil
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from auth.viewer import Viewer
from data_access import own_requests
from pages import PAGES, Page, open_to
from tests import busy
from tests.apptest import opened, parts_of, sent, signed_in
from tests.cast import ADA, AVI, BEN, CAL, CAST, DEE, NOBODY, NOW, ROS, STUDENTS, SUE, TIM, TOM, Member

RECORD_PAGES = {"timeline": ADA, "support": ADA, "sensitive-notes": ADA, "passed-on": SUE}
"""Pages that show the student named in the address, each with somebody who opens it for Ben."""
OWN_PAGES = {
    "tutees",
    "messages",
    "engagement",
    "my-support",
    "my-consent",
    "my-messages",
    "my-data",
    "shared-with-me",
    "account",
}
"""Pages that show whoever is signed in, or their tutees or what is shared with them, whatever the address says."""
NOBODYS_PAGES = {
    "sources",
    "people",
    "how-it-works",
    "how-well",
    "cohort-engagement",
    "how-we-responded",
    "releases",
    "equality",
    "support-impact",
    "tutoring-overview",
    "privacy",
    "help",
    "notice-check",
    "consents",
    "retention",
    "access-log",
    "registers",
    "emergency",
    "requests",
}
"""Pages about no one student; three of them name whoever was passed on, asks for something, or is in danger."""

SEES = {ADA: {BEN}, TOM: {CAL}, SUE: {BEN}, AVI: {BEN}, ROS: {BEN}, BEN: {BEN}, CAL: {CAL}, DEE: {DEE}}
"""Whose name reaches whose browser at all."""

ASKED = (*(student.id for student in STUDENTS), NOBODY, "", "' or 1=1 --", "../../etc")


@pytest.fixture
def installed(busy_template, tmp_path):
    """Everything in the middle of a term, in the place of the bare cast."""
    return shutil.copytree(busy_template, tmp_path / "home")


def test_every_page_is_in_the_matrix():
    assert {page.url for page in PAGES} == {*RECORD_PAGES} | OWN_PAGES | NOBODYS_PAGES


@pytest.mark.parametrize("member", [m for m in CAST if m is not TIM], ids=lambda m: m.given)
def test_each_is_sent_the_words_that_are_for_their_eyes_and_no_other(university, member):
    words = {busy.word(student, text): who for student, text, who in busy.texts()}
    reached, named = set(), set()
    for page, asked, app in walked(member):
        shown = sent(app).replace(asked, "") if asked else sent(app)  # what was asked for may be given back
        assert not app.exception, page.url
        reached |= {word for word in words if word in shown}
        # A module is called after its student here, and may be named.
        named |= {
            s for s in STUDENTS if s.family in shown.replace(f"{s.family} Studies", "") or s.id in shown
        }
    assert reached == {word for word, who in words.items() if member in who}
    assert named == SEES.get(member, set())


def walked(member: Member) -> Iterator[tuple[Page, str, AppTest]]:
    """Every page of the member's in one tab, in each of its parts, asked for whomever the address can name."""
    with signed_in(member) as app:
        app.run()
        for page in open_to(member.role):
            for name, asked in _addresses(page):
                app.query_params[name] = asked
                _forge(app, asked)
                yield page, asked, opened(app, page)
                for part in parts_of(page):
                    app.session_state["part"] = part
                    yield page, asked, app.run()


def _addresses(page: Page) -> list[tuple[str, str]]:
    """What the address is made to ask for: whatever the page reads from it, and a student where it reads none."""
    code = page.script.read_text("utf-8")
    if 'query_params.get("case")' in code:
        return [("case", one.reference) for one in own_requests.of(BEN.viewer, NOW)] + [("case", "")]
    named = 'query_params.get("student")' in code
    return [("student", asked) for asked in (ASKED if named else (BEN.id, CAL.id))]


def _forge(app: AppTest, asked: str) -> None:
    """What a tab may hold of itself. Choices that no box offers go to a real server: tests/web/test_forged.py."""
    app.session_state["student"] = asked
    app.session_state["viewer"] = Viewer(ADA.number, ADA.role, "forged")
    app.session_state["tutees"] = {"opened": asked}


@pytest.mark.parametrize("url", RECORD_PAGES)
def test_a_record_page_refuses_another_tutors_tutee_and_a_stranger_alike(university, url):
    page, said = next(page for page in PAGES if page.url == url), []
    with signed_in(RECORD_PAGES[url]) as app:
        app.run()
        for asked in (CAL.id, DEE.id, NOBODY):
            app.query_params["student"] = asked
            opened(app, page)
            said.append([m.value for m in (*app.error, *app.info, *app.warning)])
    assert said[0] == said[1] == said[2] == ["There is no student here whose record is open to you."]

"""Role × page × record, through the pages: whoever asks for whose record by URL, by parameter or by state."""

import itertools

import pytest

from auth.viewer import Viewer
from data_access import ratings
from pages import PAGES, Page
from tests.apptest import opened, sent, signed_in
from tests.cast import ADA, BEN, CAL, CAST, DEE, EVE, NOBODY, NOW, STUDENTS, TIM, TOM, Member
from tests.conftest import University

RECORD_PAGES = {"timeline", "support", "sensitive-notes", "passed-on"}
"""Pages that show the student named in the address."""
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
"""Pages that show no student at all; the overview names whoever was passed on, and nobody is here."""
PARTS = {
    "sources": ("Overview", "Load a file", "Waiting rows", "Things to look at", "Templates"),
    "access-log": ("What stands out", "By day"),
    "people": ("Who has which role", "Give or take a role", "To be reviewed", "Cover for a tutor"),
}
"""The parts of a page of which only one is filled at a time."""

SEES = {ADA: {BEN}, TOM: {CAL}, BEN: {BEN}, CAL: {CAL}}
"""Whose canaries may reach whose browser at all."""


@pytest.fixture(autouse=True)
def _rated(university: University) -> None:
    ratings.refresh(Viewer.service("rate"), NOW)


def test_every_page_is_in_the_matrix():
    assert {page.url for page in PAGES} == RECORD_PAGES | OWN_PAGES | NOBODYS_PAGES


def pairs() -> list[tuple[Member, Page]]:
    return [(m, p) for m, p in itertools.product(CAST, PAGES) if m.role in p.roles and m not in (TIM, DEE)]


@pytest.mark.parametrize(
    ("member", "page"), pairs(), ids=lambda x: getattr(x, "given", getattr(x, "url", ""))
)
@pytest.mark.parametrize("asked", [*(s.id for s in STUDENTS), NOBODY, "", "' or 1=1 --", "../../etc"])
def test_no_page_sends_a_canary_of_anybody_who_is_not_the_viewers(member, page, asked):
    with signed_in(member) as app:
        app.query_params["student"] = asked
        app.session_state["student"] = asked
        app.session_state["viewer"] = Viewer(ADA.number, ADA.role, "forged")
        opened(app.run(), page)
        shown = sent(app)
    assert not app.exception
    for student in STUDENTS:
        if student not in SEES.get(member, set()):
            assert student.family not in shown, f"{student.given} reached {member.given}'s browser"


@pytest.mark.parametrize(("url", "part"), [(url, part) for url in PARTS for part in PARTS[url]])
def test_no_part_of_an_administrators_page_names_a_student(url, part):
    page = next(page for page in PAGES if page.url == url)
    with signed_in(EVE) as app:
        app.session_state["part"] = part
        shown = sent(opened(app.run(), page))
    assert not app.exception
    assert not [student for student in STUDENTS if student.family in shown]


@pytest.mark.parametrize("tutor", [ADA, TOM], ids=lambda m: m.given)
def test_a_record_page_refuses_another_tutors_tutee_and_a_stranger_alike(tutor):
    timeline = next(page for page in PAGES if page.url == "timeline")
    other = {ADA: CAL, TOM: BEN}[tutor]
    said = []
    for asked in (other.id, DEE.id, NOBODY):
        with signed_in(tutor) as app:
            app.query_params["student"] = asked
            opened(app.run(), timeline)
            said.append([m.value for m in (*app.error, *app.info, *app.warning)])
    assert said[0] == said[1] == said[2]
    assert said[0]


def test_a_tutor_opens_their_own_tutees_record():
    timeline = next(page for page in PAGES if page.url == "timeline")
    with signed_in(ADA) as app:
        app.query_params["student"] = BEN.id
        opened(app.run(), timeline)
        assert BEN.family in sent(app)

"""Consent with three people signed in: asked, given, used, and withdrawn while the adviser's page is open."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from policy.settings import Settings
from tests.browser.test_story import choose, fill, press, shows, unfold
from tests.browser.visit import Visit, visiting
from tests.cast import ADA, AVI, BEN, NOW
from tests.conftest import University
from tests.planned import TEXT, planned
from tests.server import Server, running
from tests.shared import share

pytestmark = pytest.mark.browser
WHAT = "Which of your classes are hard to reach with your hay fever"
WHY = "So that the plan can name other times for them"
NEED = "Avi must know which hours to avoid"
NOTE = "Zyrtecol makes Ben drowsy until noon. Mornings are hard."


@pytest.fixture
def place(template: Path, tmp_path: Path) -> Iterator[Server]:
    """A server of its own, on which Avi does an action of Ben's plan."""
    with running(template, tmp_path) as server:
        university = University(Settings(home=server.home))
        share(planned(university), NOW)
        yield server


def test_a_student_gives_consent_it_is_used_and_withdrawn_it_ends_at_the_next_click(chromium, place):
    with ExitStack() as windows:
        ada, ben, avi = (windows.enter_context(visiting(chromium, place)) for _ in range(3))
        for visit, who in ((ada, ADA), (ben, BEN), (avi, AVI)):
            visit.open("/")
            visit.sign_in(who)
        _asked_and_given(ada, ben)
        _written_and_passed_on(ada, ben, avi)
        _withdrawn_while_the_page_is_open(ada, ben, avi)
        assert [*ada.complaints, *ben.complaints, *avi.complaints] == []


def _asked_and_given(ada: Visit, ben: Visit) -> None:
    ada.open(f"/sensitive-notes?student={BEN.id}")
    fill(ada, "What would be written down", WHAT)
    fill(ada, "What for", WHY)
    choose(ada, "Who else may read of it", "Avi Rosenthal")
    ada.page.keyboard.press("Escape")
    press(ada, "Ask the student")
    shows(ada, "waits for your student")
    assert not ada.sees("Write under this consent")
    ben.open("/my-consent")
    shows(ben, WHAT)
    assert ben.page.get_by_role("checkbox", name="I consent to this").is_checked() is False
    ben.page.get_by_text("I consent to this").click()
    fill(ben, "Your full name", "Ben Quaverley")
    press(ben, "I say yes")
    shows(ben, "You said yes to Ada Okonkwo-Byrne")
    assert ben.barriers() == []


def _written_and_passed_on(ada: Visit, ben: Visit, avi: Visit) -> None:
    ada.open(f"/sensitive-notes?student={BEN.id}")
    fill(ada, "Write under this consent", NOTE)
    press(ada, "Keep it")
    shows(ada, "Zyrtecol makes Ben drowsy")
    unfold(ada, "Pass sentences on to an adviser")
    choose(ada, "Which sentences", "Mornings are hard.")
    ada.page.keyboard.press("Escape")
    fill(ada, "Why it is essential for this action", NEED)
    press(ada, "Pass on")
    shows(ada, "Avi Rosenthal reads: “Mornings are hard.”")
    ben.open("/my-consent")
    shows(ben, "Zyrtecol makes Ben drowsy")
    shows(ben, NEED)
    avi.open("/shared-with-me")
    shows(avi, TEXT)
    shows(avi, "Mornings are hard.")
    assert not avi.sees("Zyrtecol")
    assert avi.barriers() == []


def _withdrawn_while_the_page_is_open(ada: Visit, ben: Visit, avi: Visit) -> None:
    press(ben, "Withdraw my consent")
    shows(ben, "Earlier")
    unfold(ben, "What was done when")
    shows(ben, "in the student's own session; what was written was shut at that moment")
    assert not ben.sees("Zyrtecol")
    assert avi.sees("Mornings are hard.")  # nothing was clicked there since
    unfold(avi, "Say what came of it")
    fill(avi, "What came of it", "We talked")
    press(avi, "It is done")
    avi.page.get_by_text("Mornings are hard.").wait_for(state="detached")
    ada.open(f"/sensitive-notes?student={BEN.id}")
    shows(ada, "What was written under it is shut")
    assert not ada.sees("Zyrtecol")

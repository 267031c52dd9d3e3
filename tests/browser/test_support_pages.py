"""The pages of support in use: everything that can stand there, at a desk and on a phone, without barriers."""

from datetime import UTC, datetime

import pytest

from auth.viewer import Viewer
from components.support_tabs import PARTS
from data_access import ratings
from tests.browser.visit import DESK, PHONE, visiting
from tests.cast import ADA, AVI, BEN, SUE
from tests.server import running
from tests.supported import everything

pytestmark = pytest.mark.browser
OF_BEN = f"student={BEN.id}"
ADDRESSES = {
    ADA: [
        "/support",
        *(f"/support?{OF_BEN}&part={part}" for part in PARTS),
        f"/sensitive-notes?{OF_BEN}",
        f"/timeline?{OF_BEN}",
        "/messages",
    ],
    BEN: [*(f"/my-support?part={part}" for part in PARTS), "/my-consent", "/engagement", "/my-messages"],
    AVI: ["/shared-with-me"],
    SUE: ["/tutoring-overview", f"/passed-on?{OF_BEN}"],
}
SAYS = {
    ADA: ["These wait for you", "This time suits me", "Support plan:", "A draft: only you see it."],
    BEN: ["I will come", "I agree to this plan", "It says what we talked about"],
    AVI: ["Talk about a study timetable", "Mornings are hard."],
    SUE: ["Passed on to you", "We met in the corridor."],
}
"""What must have stood on one of the pages, so that a page without content is no proof."""


@pytest.fixture(scope="module")
def place(template, tmp_path_factory):
    """A server of its own, with support of every kind."""
    with running(template, tmp_path_factory.mktemp("support")) as server:
        at = datetime.now(UTC)
        ratings.refresh(Viewer.service("rate"), at)
        everything(at)
        yield server


FADED = """() => Promise.all(
    document.getAnimations().filter((one) => one.effect?.getTiming().iterations !== Infinity)
        .map((one) => one.finished.catch(() => {})))"""


def unfold(visit) -> None:
    """Open every box of the page, the ones inside others too."""
    for _ in range(40):
        shut = visit.page.locator("details:not([open]) > summary:visible")
        if not shut.count():
            return still(visit)
        shut.first.click()
        visit.page.wait_for_timeout(80)
    pytest.fail("there is always one more box")


def still(visit) -> None:
    """Wait until nothing fades in any more: half faded in, a text has too little contrast."""
    visit.settle()
    visit.page.evaluate(FADED)


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("member", ADDRESSES, ids=lambda m: m.given)
def test_no_page_of_support_in_use_has_barriers_or_runs_out_of_the_window(chromium, place, member, size):
    seen = ""
    with visiting(chromium, place, size) as visit:
        visit.open("/")
        visit.sign_in(member)
        for address in ADDRESSES[member]:
            visit.open(address)
            seen += visit.page.inner_text("body")
            for _ in ("as it opens", "with every box open"):
                assert visit.barriers() == [], address
                assert visit.page.evaluate("document.documentElement.scrollWidth") <= size[0], address
                unfold(visit)
        assert [words for words in SAYS[member] if words not in seen] == []
        assert visit.complaints == []

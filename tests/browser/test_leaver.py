"""A student whose course has ended: reads why nothing opens, has their rights all the same, and the notice."""

import pytest

from data_access import own_requests
from privacy.request import Kind
from tests.browser.test_pages import SIZES, heading
from tests.browser.test_story import press, shows
from tests.browser.visit import visiting
from tests.cast import DEE, NOW

pytestmark = pytest.mark.browser


@SIZES
def test_a_leaver_reads_why_nothing_opens_and_asks_for_a_copy(chromium, server, size):
    with visiting(chromium, server, size) as visit:
        visit.open("/")
        visit.sign_in(DEE)
        for page in ("engagement", "my-support"):
            visit.open(f"/{page}")
            assert visit.sees("There is nothing to show here while you are not actively enrolled.")
            assert visit.sees("On your page My data you can still see who looked")
            assert visit.barriers() == []
        visit.open("/my-data")
        assert heading(visit) == "My data"
        visit.page.get_by_role("tab", name="What is held").click()
        shows(visit, "Each box says where they come")
        visit.page.get_by_role("tab", name="Ask and object").click()
        visit.settle()
        visit.page.get_by_text("A copy of what is held about me").first.click()
        visit.settle()
        before = len(own_requests.of(DEE.viewer, NOW))
        assert visit.barriers() == []
        press(visit, "Send")
        shows(visit, "You have asked for this already")
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= size[0]
        visit.page.get_by_role("link", name="Privacy notice").last.click()
        visit.page.get_by_role("heading", name="Privacy notice", level=1).wait_for()
        assert visit.complaints == []
    asked = own_requests.of(DEE.viewer, NOW)
    assert (len(asked) - before, asked[0].kind) == (1, Kind.ACCESS)

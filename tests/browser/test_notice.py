"""The privacy notice in a real browser: before sign-in, without scripts, above a student's page, and published."""

import pytest

from data_access import notices
from tests.browser.test_pages import SIZES, heading
from tests.browser.visit import visiting
from tests.cast import BEN, NOW, ROS

pytestmark = pytest.mark.browser


@SIZES
def test_a_stranger_finds_notice_and_help_at_the_foot_and_comes_back_to_sign_in(chromium, server, size):
    with visiting(chromium, server, size) as visit:
        visit.open("/")
        for title, words in (
            ("Privacy notice", "Your right to object"),
            ("Help and contacts", "Whom to ask"),
        ):
            visit.page.get_by_role("link", name=title).last.click()
            visit.page.get_by_role("heading", name=title, level=1).wait_for()
            visit.settle()
            assert visit.sees(words)
            assert visit.barriers() == []
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= size[0]
        visit.page.get_by_role("link", name="Sign in").click()
        visit.page.get_by_label("Username").wait_for()
        assert visit.complaints == []


@pytest.mark.parametrize(("address", "words"), [("privacy", "Your right to object"), ("help", "Whom to ask")])
def test_without_scripts_both_can_still_be_read(chromium, server, address, words):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server.address}/{address}")
    assert words in page.inner_text("body")
    context.close()


def test_compliance_publishes_a_version_and_a_student_reads_once_what_is_new(chromium, server):
    with visiting(chromium, server) as visit:
        visit.open("/notice-check")
        visit.sign_in(ROS)
        visit.page.get_by_label("Version").fill("2027-1")
        visit.page.get_by_label("What is new, for students").fill("The library counts too.")
        visit.page.get_by_role("button", name="Look at it first").click()
        visit.page.get_by_role("button", name="Publish version 2027-1").wait_for()
        visit.page.get_by_text("Read it as students will").click()
        visit.settle()
        assert visit.barriers() == []
        visit.page.get_by_role("button", name="Publish version 2027-1").click()
        visit.page.get_by_text("by Ros Llewellyn").wait_for()
        visit.settle()
        assert visit.barriers() == []
        assert visit.complaints == []
    with visiting(chromium, server) as visit:
        visit.open("/my-support")
        visit.sign_in(BEN)
        assert heading(visit) == "My support"
        assert visit.sees("The library counts too.")
        visit.page.get_by_role("button", name="I have read it").click()
        visit.page.get_by_text("The library counts too.").wait_for(state="detached")
        visit.open("/engagement")
        assert not visit.sees("The library counts too.")
        assert visit.complaints == []
    assert notices.unread(BEN.viewer, NOW) is None

"""The timeline as a person uses it: zoom by keyboard and by dragging, by days and module, on paper, and as a PDF."""

import pytest

from auth.viewer import Viewer
from data_access import ratings
from tests.browser.visit import DESK, PHONE, visiting
from tests.cast import ADA, BEN, NOW

pytestmark = pytest.mark.browser
TIMELINE = f"/timeline?student={BEN.id}"
VIEWS = ("", "&by=Days", "&others=true", "&source=Attendance", "&from=2026-09-21&to=2026-09-27")


@pytest.fixture(autouse=True)
def rated(server):
    ratings.refresh(Viewer.service("rate"), NOW)


@pytest.mark.parametrize("size", [DESK, PHONE, (320, 800)], ids=["desk", "phone", "narrow"])
def test_no_view_has_barriers_or_runs_out_of_the_window(chromium, server, size):
    with visiting(chromium, server, size) as visit:
        visit.open(TIMELINE)
        visit.sign_in(ADA)
        for view in VIEWS:
            visit.open(TIMELINE + view)
            visit.page.get_by_role("button", name="Module, source, score").click()
            visit.settle()
            assert visit.barriers() == [], view
            visit.page.keyboard.press("Escape")
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= size[0], view
        assert visit.complaints == []


def test_one_zooms_with_the_keyboard_alone_and_the_address_can_be_bookmarked(chromium, server):
    with visiting(chromium, server) as visit:
        visit.open(TIMELINE)
        visit.sign_in(ADA)
        visit.page.get_by_role("button", name="Last 4 weeks").focus()
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_url("**from=2*")
        visit.settle()
        last_weeks = visit.page.url
        visit.page.get_by_role("button", name="Earlier").focus()
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_url(lambda url: url != last_weeks)
        visit.settle()
        visit.page.get_by_role("radio", name="Days").focus()
        visit.page.keyboard.press("Space")
        visit.page.wait_for_url("**by=Days**")
        visit.settle()
        kept = visit.page.url
        visit.page.goto(kept)
        visit.settle()
        assert visit.page.url == kept
        visit.page.get_by_text("Counted over").first.wait_for()
        assert visit.complaints == []


def test_dragging_over_the_chart_zooms_to_those_weeks(chromium, server):
    with visiting(chromium, server, (1280, 1600)) as visit:
        visit.open(TIMELINE)
        visit.sign_in(ADA)
        box = visit.page.locator(".stPlotlyChart").bounding_box()
        across, down = box["x"] + 150, box["y"] + 230
        visit.page.mouse.move(across, down)
        visit.page.mouse.down()
        visit.page.mouse.move(across + 150, down + 5, steps=8)
        visit.page.mouse.up()
        visit.page.wait_for_url("**from=2026-1*")
        visit.settle()
        assert visit.complaints == []


def test_on_paper_there_is_the_record_and_nothing_to_press(chromium, server):
    with visiting(chromium, server) as visit:
        visit.open(TIMELINE)
        visit.sign_in(ADA)
        for box in ("Show as a table", "How this was worked out"):
            visit.page.get_by_text(box).click()
            visit.settle()
        visit.page.emulate_media(media="print")
        shown = visit.page.inner_text("body")
        assert "Ben Quaverley" in shown
        assert "21–27 September" in shown
        assert "Parts by their weights" in shown
        assert not [b for b in visit.page.get_by_role("button").all() if b.is_visible()]
        assert "Sign out" not in shown
        assert "Download as PDF" not in shown
        tall = "getComputedStyle(document.querySelector('.stMain')).overflow"
        assert visit.page.evaluate(tall) == "visible"


def test_the_pdf_is_handed_over(chromium, server):
    with visiting(chromium, server) as visit:
        visit.open(TIMELINE)
        visit.sign_in(ADA)
        with visit.page.expect_download() as saved:
            visit.page.get_by_role("link", name="Download as PDF").click()
        assert saved.value.suggested_filename.startswith("timeline-quaverley-")
        assert saved.value.path().read_bytes().startswith(b"%PDF-")
        assert visit.complaints == []

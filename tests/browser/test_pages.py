"""The two pages and the student's, as a person uses them in a real browser, at a desk and on a phone."""

import pytest

from auth.viewer import Viewer
from data_access import ratings
from pages import open_to
from tests.browser.visit import DESK, PHONE, visiting
from tests.cast import ADA, AVI, BEN, EVE, MO, NOW, ROS, SUE

pytestmark = pytest.mark.browser
SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
NARROW = (320, 800)


@pytest.fixture(autouse=True)
def rated(server):
    ratings.refresh(Viewer.service("rate"), NOW)


def link(visit):
    """The link in the table of tutees."""
    return visit.page.get_by_role("link", name="Ben Quaverley")


def heading(visit) -> str:
    return visit.page.get_by_role("heading", level=1).inner_text()


@SIZES
def test_a_click_on_a_row_opens_the_timeline_and_back_leads_to_the_list(chromium, server, size):
    with visiting(chromium, server, size) as visit:
        visit.open("/")
        visit.sign_in(ADA)
        link(visit).wait_for()
        visit.page.get_by_text("Quaverley Studies, stage").click()
        visit.page.get_by_role("heading", name="Ben Quaverley").wait_for()
        assert visit.page.url.endswith(f"/timeline?student={BEN.id}")
        visit.page.go_back()
        visit.page.get_by_role("heading", name="My tutees").wait_for()
        link(visit).wait_for()
        assert visit.complaints == []


def test_the_list_is_used_with_the_keyboard_alone(chromium, server):
    with visiting(chromium, server) as visit:
        visit.open("/")
        visit.sign_in(ADA)
        link(visit).focus()
        visit.page.keyboard.press("Enter")
        visit.page.get_by_role("heading", name="Ben Quaverley").wait_for()
        assert BEN.id in visit.page.url


def test_the_name_is_a_real_link_that_opens_in_a_window_of_its_own(chromium, server):
    with visiting(chromium, server) as visit:
        visit.open("/")
        visit.sign_in(ADA)
        with visit.page.context.expect_page() as opened:
            link(visit).click(modifiers=["Control"])
        other = opened.value
        other.get_by_role("heading", name="Ben Quaverley").wait_for(timeout=30_000)
        assert heading(visit) == "My tutees"


def test_search_and_filters_stand_in_the_address_and_can_be_bookmarked(chromium, server):
    with visiting(chromium, server) as visit:
        visit.open("/")
        visit.sign_in(ADA)
        visit.page.get_by_label("Search").fill("quav")
        visit.page.wait_for_url("**search=quav**")
        visit.page.get_by_role("combobox", name="Rating").click()
        visit.page.get_by_role("option", name="Low", exact=True).click()
        visit.page.wait_for_url("**rating=Low**")
        visit.page.get_by_text("No tutee matches.").wait_for()
        visit.open("/?search=quav&rating=Good")
        link(visit).wait_for()
        assert visit.page.get_by_label("Search").input_value() == "quav"


def addresses(member) -> list[str]:
    """Every page of a role, the one of a tutee with the tutee, and without."""
    own = [f"/{page.url}" for page in open_to(member.role)]
    return [*own, f"/timeline?student={BEN.id}"] if "/timeline" in own else own


@SIZES
@pytest.mark.parametrize("member", [ADA, BEN, SUE, AVI, MO, ROS, EVE], ids=lambda m: m.given)
def test_no_page_of_any_role_has_barriers_or_runs_out_of_the_window(chromium, server, size, member):
    with visiting(chromium, server, size) as visit:
        visit.open("/")
        visit.sign_in(member)
        for address in addresses(member):
            visit.open(address)
            for box in ("Show as a table", "How this was worked out"):
                if visit.sees(box):
                    visit.page.get_by_text(box).click()
                    visit.settle()
            assert visit.barriers() == [], address
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= size[0], address
        assert visit.complaints == []


@pytest.mark.parametrize("address", ["/tutees", f"/timeline?student={BEN.id}"])
def test_at_four_times_the_size_nothing_is_scrolled_sideways(chromium, server, address):
    with visiting(chromium, server, NARROW) as visit:
        visit.open(address)
        visit.sign_in(ADA)
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]


def test_on_a_phone_a_row_is_a_card_that_still_reads_as_a_table(chromium, server):
    with visiting(chromium, server, PHONE) as visit:
        visit.open("/")
        visit.sign_in(ADA)
        assert visit.page.get_by_role("columnheader", name="Attendance").count() == 1
        why = visit.page.get_by_role("cell", name="Attended 2 of 2 classes")
        assert why.bounding_box()["width"] > 250


def test_a_student_opens_the_table_and_the_working_out(chromium, server):
    with visiting(chromium, server) as visit:
        visit.open("/engagement")
        visit.sign_in(BEN)
        assert not visit.sees("of 100")
        visit.page.get_by_text("How this was worked out").click()
        visit.page.get_by_text("All modules, by their credits").wait_for()
        visit.page.get_by_text("Show as a table").click()
        visit.page.get_by_text("1 attended").first.wait_for()
        assert visit.complaints == []


@SIZES
def test_a_stranger_reads_how_the_rating_works_tries_it_and_comes_back(chromium, server, size):
    with visiting(chromium, server, size) as visit:
        visit.open("/")
        visit.page.get_by_role("link", name="How the rating works").click()
        visit.page.get_by_role("heading", name="How the rating works", level=1).wait_for()
        visit.settle()
        assert visit.page.url.endswith("/how-it-works")
        assert visit.barriers() == []
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= size[0]
        # The whole example by keyboard: a slider with the arrows, a switch with the space bar.
        visit.page.get_by_role("slider", name="Went to").focus()
        visit.page.keyboard.press("ArrowLeft")
        visit.page.get_by_text("100 × 5 ÷ 7 = 71.43").wait_for()
        visit.page.get_by_role("switch", name="No VLE data reached us").focus()
        visit.page.keyboard.press("Space")
        visit.page.get_by_text("No VLE data for enough of these days").wait_for()
        visit.page.get_by_role("link", name="Sign in").click()
        visit.page.get_by_label("Username").wait_for()
        visit.sign_in(BEN)
        assert heading(visit) == "My engagement"
        assert visit.complaints == []


def test_without_scripts_how_the_rating_works_can_still_be_read(chromium, server):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server.address}/how-it-works")
    shown = page.inner_text("body")
    context.close()
    assert "It is a reason for a conversation, not a judgement of you." in shown
    assert "÷ 14 = 70.71. So: Good." in shown

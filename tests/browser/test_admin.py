"""The administrator's two pages, as a person uses them in a real browser, at a desk and on a phone."""

from datetime import UTC, datetime, timedelta

import pytest

from auth.viewer import Role
from data_access import accounts, quarantine
from tests.browser.visit import DESK, PHONE, visiting
from tests.cast import BEN, EVE, MO

pytestmark = pytest.mark.browser
SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
NARROW = (320, 800)
PARTS = {
    "/sources": ("Overview", "Load a file", "Waiting rows", "Things to look at", "Templates"),
    "/people": ("Who has which role", "Give or take a role", "To be reviewed", "Cover for a tutor"),
}
GOOD = "student_id,given_name,family_name\n" + "".join(f"w{n:03},Ann,Oakes\n" for n in range(30))
ONE_BAD = GOOD + "w 30,Bob,Marsh\n"


def part(visit, name):
    visit.page.get_by_role("tab", name=name).click()
    visit.settle()


def press(visit, label):
    visit.page.get_by_role("button", name=label).click()
    visit.settle()


@SIZES
@pytest.mark.parametrize("address", PARTS)
def test_no_part_has_barriers_or_runs_out_of_the_window(chromium, server, size, address):
    with visiting(chromium, server, size) as visit:
        visit.open(address)
        visit.sign_in(EVE)
        for name in PARTS[address]:
            part(visit, name)
            if visit.sees("Show as a table"):
                visit.page.get_by_text("Show as a table").click()
                visit.settle()
            assert visit.barriers() == [], name
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= size[0], name
            assert not visit.sees(BEN.family)
        assert visit.complaints == []


@pytest.mark.parametrize("address", PARTS)
def test_at_four_times_the_size_nothing_is_scrolled_sideways(chromium, server, address):
    with visiting(chromium, server, NARROW) as visit:
        visit.open(address)
        visit.sign_in(EVE)
        for name in PARTS[address]:
            part(visit, name)
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= NARROW[0], name


def test_a_role_is_given_and_stands_in_the_list(chromium, server):
    last = datetime.now(UTC) + timedelta(days=3)
    with visiting(chromium, server) as visit:
        visit.open("/people")
        visit.sign_in(EVE)
        part(visit, "Give or take a role")
        visit.page.get_by_role("combobox", name="Colleague").click()
        visit.page.keyboard.type("Petrosyan")
        visit.page.keyboard.press("Enter")
        visit.page.get_by_text("Give Mo Petrosyan a role").wait_for()
        visit.page.get_by_label("Last day, if it is to end by itself").fill(f"{last:%d/%m/%Y}")
        visit.page.get_by_label("Why", exact=True).last.fill("Helps out")
        press(visit, "Give the role")
        visit.page.get_by_text("Helps out").first.wait_for()
        part(visit, "Who has which role")
        visit.page.get_by_text("Helps out · given by eve").wait_for()
        assert visit.complaints == []
    assert Role.TUTOR in {held.role for held in accounts.own(MO.viewer, datetime.now(UTC)).roles}


def test_a_file_is_checked_confirmed_its_bad_row_mended_tried_again_and_gone(chromium, server, tmp_path):
    file = tmp_path / "students.csv"
    file.write_text(ONE_BAD, "utf-8")
    with visiting(chromium, server) as visit:
        visit.open("/sources")
        visit.sign_in(EVE)
        part(visit, "Load a file")
        visit.page.locator("input[type=file]").set_input_files(file)
        visit.page.get_by_text("students.csv").wait_for()
        visit.settle()
        press(visit, "Check the file")
        visit.page.get_by_text("Of 31 rows").wait_for(timeout=30_000)
        assert visit.barriers() == []
        press(visit, "Load the file")
        visit.page.get_by_text("30 rows taken in, 1 quarantined").wait_for(timeout=30_000)
        part(visit, "Waiting rows")
        visit.page.get_by_text("students.csv, line 32").wait_for()
        assert not visit.sees("Marsh")
        assert visit.barriers() == []
        with visit.page.expect_download() as saved:
            visit.page.get_by_role("button", name="Export as a workbook").click()
        assert saved.value.path().read_bytes().startswith(b"PK")
        visit.page.get_by_label("student_id (line 32)").fill("w030")
        press(visit, "Try again with what is mended")
        visit.page.get_by_text("Nothing waits.").wait_for(timeout=30_000)
        part(visit, "Overview")
        visit.page.get_by_text("1 of 43 rows was quarantined").wait_for()
        assert visit.complaints == []
    assert quarantine.kinds(EVE.viewer, datetime.now(UTC)) == {}


def test_a_template_is_downloaded(chromium, server):
    with visiting(chromium, server) as visit:
        visit.open("/sources")
        visit.sign_in(EVE)
        part(visit, "Templates")
        with visit.page.expect_download() as saved:
            visit.page.get_by_role("button", name="Empty workbook").first.click()
        assert saved.value.suggested_filename == "student-records-template.xlsx"
        assert saved.value.path().read_bytes().startswith(b"PK")
        assert visit.complaints == []

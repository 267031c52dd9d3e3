"""The demo's stories in a real browser: what the tutor sees of each tutee, and what the student reads."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from data_access import database
from data_access.tables import Person
from ingest.demo.habits import Kind
from ingest.demo.signins import PASSWORD, TUTOR, SignIn
from ingest.demo.stories import story
from tests import stories
from tests.browser.visit import DESK, PHONE, Visit, visiting
from tests.server import Server, running

pytestmark = pytest.mark.browser
ASKS = r"Suggestion to talk\."
EXPECTED = {
    Kind.STEADY: ("High", r"Attended \d+ of \d+ classes[\s\S]*usual VLE activity"),
    Kind.FADE: ("Low|Very low", r"Fewer classes"),
    Kind.STOP: ("Low|Very low", r"nothing on the VLE since [\s\S]*No class, VLE use or work since"),
    Kind.RETURN: ("Good|High", r"More classes[\s\S]*Support plan"),
    Kind.CARDED: ("Partial", r"nothing on the VLE since"),
    Kind.EXCUSED: ("Good|High", r"An absence was authorised for"),
    Kind.GAP: ("Good|High", r"Attendance data are missing"),
    Kind.LAPSED: ("Low|Very low", r"Held \d of 3 supervision meetings[\s\S]* milestones? overdue"),
}
"""Of each story the ratings that a tutor would expect, and what stands on the timeline."""
ASKED_ABOUT = {Kind.FADE, Kind.STOP, Kind.CARDED}
"""Those about whom the tutor reads that a conversation could help."""


@pytest.fixture(scope="module")
def demo(chromium, tmp_path_factory) -> stories.Demo:
    """Made as of now, for the server lives today."""
    return stories.made(tmp_path_factory.mktemp("demo") / "home", datetime.now(UTC))


@pytest.fixture(scope="module")
def place(demo, tmp_path_factory) -> Iterator[Server]:
    with running(demo.home, tmp_path_factory.mktemp("stories")) as server:
        yield server


def as_(visit: Visit, who: SignIn) -> None:
    visit.open("/")
    visit.sign_in(who, PASSWORD)


def fits_a_phone(visit: Visit) -> bool:
    """Whether nothing runs out of the window on a phone; the page is left as at a desk."""
    visit.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    visit.settle()
    wide = visit.page.evaluate("document.documentElement.scrollWidth")
    visit.page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    return bool(wide <= PHONE[0])


def test_each_storys_student_shows_what_a_tutor_would_expect(chromium, place, demo):
    with visiting(chromium, place) as visit:
        as_(visit, TUTOR)
        visit.page.get_by_role("link", name=str(story(Kind.STEADY).name)).wait_for()
        rows = {
            kind: visit.page.get_by_role("row").filter(has_text=str(story(kind).name)) for kind in EXPECTED
        }
        for kind, (ratings, _) in EXPECTED.items():
            assert re.search(rf"\b({ratings})\b", rows[kind].inner_text()), kind
        assert not visit.sees(story(Kind.LEAVER).name.family)
        names = {kind: rows[kind].get_by_role("link").get_attribute("href") for kind in EXPECTED}
        for kind, (_, says) in EXPECTED.items():
            visit.open(f"/{names[kind]}")
            said = visit.page.inner_text("body")
            assert re.search(says, said), (kind, said)
            assert bool(re.search(ASKS, said)) == (kind in ASKED_ABOUT), kind
            assert fits_a_phone(visit), kind
        visit.open(f"/timeline?student={_id(demo, Kind.LEAVER)}")
        assert visit.sees("There is no student here whose record is open to you.")
        assert visit.complaints == []


@pytest.mark.parametrize("kind", [Kind.FADE, Kind.LAPSED])
def test_the_student_of_a_story_reads_their_own_days_and_what_could_help(chromium, place, kind):
    who = SignIn(_username(kind), story(kind).key, story(kind).name, (), "")
    with visiting(chromium, place) as visit:
        as_(visit, who)
        visit.page.get_by_role("heading", name="My engagement").wait_for()
        visit.settle()
        assert visit.sees("teaching weeks (")
        assert visit.sees("What could help next")
        assert visit.sees("Where to get support")
        assert not re.search(r"\b(Low|Very low|\d+ of 100)\b", visit.page.inner_text("body"))
        assert fits_a_phone(visit)
        assert visit.complaints == []


def _username(kind: Kind) -> str:
    return "callum.brathwaite" if kind is Kind.FADE else story(kind).key.lower()


def _id(demo: stories.Demo, kind: Kind) -> str:
    with Session(database.stores().core) as session:
        number = demo.persons[story(kind).key]
        return str(session.scalar(select(Person.id).where(Person.number == number)))

"""The whole story of one term with three people signed in, each step of it seen by those whom it concerns."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, update
from sqlalchemy.orm import Session

import policy
from auth.viewer import Viewer
from data_access import database, ratings
from data_access.tables import Assessment, ContactDetail, ContactKind, Meeting
from policy.days import london_day, number
from tests.browser.visit import Visit, visiting
from tests.cast import ADA, AVI, BEN, NOW, TODAY
from tests.commands import mailserver
from tests.server import Server, running
from tests.tree import ROOT

pytestmark = pytest.mark.browser
ADDRESS = "ben@mail.university.example"
DAY = timedelta(days=1)
AIM, SHARED = "The portfolio is handed in", "Talk about a study timetable"


@pytest.fixture
def post() -> Iterator[tuple[mailserver.Box, int]]:
    box, port = mailserver.Box(), mailserver.free_port()
    with mailserver.running(box, port):
        yield box, port


@pytest.fixture
def place(template: Path, tmp_path: Path, post) -> Iterator[Server]:
    """A server of its own, that e-mails at any hour; Ben has an address, and has not handed in a portfolio."""
    home = tmp_path / "template"
    shutil.copytree(template, home)
    (home / "policy").mkdir(exist_ok=True)
    (home / "policy" / "messages.toml").write_text(_messages(post[1]), encoding="utf-8")
    with running(home, tmp_path) as server:
        # Rated on the day of the cast, up to which its feeds reach: what is suggested stands until it is answered.
        with Session(database.stores().core) as session, session.begin():
            due = number(TODAY) - 5
            work = {"id": 900, "key": "late", "module": 1, "title": "Portfolio", "due_day": due, "weight": 10}
            session.execute(insert(Assessment).values(**work, exam=False, run=1))
            session.execute(
                insert(ContactDetail).values(enrolment=1, kind=ContactKind.EMAIL, value=ADDRESS, run=1)
            )
        ratings.refresh(Viewer.service("rate"), NOW)
        yield server


def _messages(port: int) -> str:
    text = (policy.SHIPPED / "messages.toml").read_text(encoding="utf-8")
    wanted = {
        "host": '"127.0.0.1"',
        "port": port,
        "tls": '"none"',
        "begins": "23:59:59",
        "ends": "00:00:00",
        "weekends": "false",
        "all": 20,
    }
    names = ((line.partition(" = ")[0], line) for line in text.splitlines())
    return "\n".join(f"{name} = {wanted[name]}" if name in wanted else line for name, line in names)


def send(server: Server) -> None:
    """What cron does every few minutes."""
    words = [sys.executable, "manage.py", "send"]
    subprocess.run(words, cwd=ROOT, env={**os.environ, "LA_HOME": str(server.home)}, check=True, timeout=60)


def a_day_passes() -> None:
    """The meeting was yesterday: nobody waits for it in a test."""
    with Session(database.stores().core) as session, session.begin():
        session.execute(update(Meeting).values(starts_at=datetime.now(UTC) - DAY))


def press(visit: Visit, name: str) -> None:
    visit.page.get_by_role("button", name=name, exact=True).first.click()
    visit.settle()


def shows(visit: Visit, words: str) -> None:
    """Wait until these words are on the page: a run that a click began takes its time."""
    visit.page.get_by_text(words).first.wait_for()
    visit.settle()


def unfold(visit: Visit, title: str) -> None:
    visit.page.locator("summary", has_text=title).first.click()
    visit.settle()


def fill(visit: Visit, label: str, text: str) -> None:
    visit.page.locator(f"input[aria-label^='{label}'], textarea[aria-label^='{label}']").first.fill(text)


def on(visit: Visit, part: str, student: bool = False) -> None:
    path = "/my-support?" if student else f"/support?student={BEN.id}&"
    visit.open(f"{path}part={part}")


def choose(visit: Visit, label: str, option: str, nth: int = 0) -> None:
    visit.page.get_by_label(label).nth(nth).click()
    visit.page.get_by_role("option", name=option).click()


def both_timelines_say(ada: Visit, ben: Visit, *said: str) -> None:
    """Tutor and student read the same sentences on their own pages."""
    ada.open(f"/timeline?student={BEN.id}")
    ben.open("/engagement")
    for visit in (ada, ben):
        unfold(visit, "as a table")
        for sentence in said:
            shows(visit, sentence)


def emailed(place: Server, box: mailserver.Box, subject: str) -> None:
    """The job has sent it, as the last."""
    send(place)
    assert box.arrived[-1]["Subject"] == subject


@pytest.mark.timeout(900)  # three windows, and both timelines after each step
def test_from_a_suggestion_to_a_closed_plan(chromium, place, post):
    box, _ = post
    with ExitStack() as windows:
        ada, ben, avi = (windows.enter_context(visiting(chromium, place)) for _ in range(3))
        for visit, who in ((ada, ADA), (ben, BEN), (avi, AVI)):
            visit.open("/")
            visit.sign_in(who)
        _offered_and_agreed(place, box, ada, ben)
        _held_and_recorded(place, box, ada, ben)
        _planned_and_shared(place, box, ada, ben, avi)
        _reviewed_and_closed(place, box, ada, ben)
        assert [*ada.complaints, *ben.complaints, *avi.complaints] == []


def _offered_and_agreed(place: Server, box: mailserver.Box, ada: Visit, ben: Visit) -> None:
    ada.open(f"/timeline?student={BEN.id}")
    unfold(ada, "What it rests on, and your answer")
    fill(ada, "Your reason, in a few words", "I would like to ask about the portfolio")
    press(ada, "I will talk with Ben")
    shows(ada, "a conversation is planned")
    both_timelines_say(ada, ben, "Since then: a conversation is planned.")
    ada.page.get_by_test_id("stMain").get_by_role("link", name="Support plans").click()
    ada.page.get_by_role("heading", name="Support for Ben Quaverley").wait_for()
    ada.settle()
    fill(ada, "Where, or how to join the call", "Room 4.12")
    fill(ada, "Day 1", f"{london_day(datetime.now(UTC)) + DAY:%d/%m/%Y}")
    ada.page.keyboard.press("Tab")
    fill(ada, "Your words", "Shall we have a chat about the portfolio?")
    press(ada, "Send the offer")
    shows(ada, "Waits for the student since")
    send(place)
    assert [mail["To"] for mail in box.arrived] == [ADDRESS]
    both_timelines_say(
        ada,
        ben,
        "Since then: a conversation is offered.",
        "A conversation was offered by Ada Okonkwo-Byrne.",
    )
    on(ben, "conversations", student=True)
    shows(ben, "Shall we have a chat about the portfolio?")
    press(ben, "I will come")
    shows(ben, "Conversation with Ada Okonkwo-Byrne")
    send(place)
    entry = [part for part in box.arrived[-1].walk() if part.get_content_type() == "text/calendar"]
    assert "METHOD:REQUEST" in entry[0].get_content()
    both_timelines_say(
        ada,
        ben,
        "A time was agreed by Ben Quaverley.",
        "Conversation with Ada Okonkwo-Byrne, in person: planned.",
    )


def _held_and_recorded(place: Server, box: mailserver.Box, ada: Visit, ben: Visit) -> None:
    a_day_passes()
    on(ada, "conversations")
    press(ada, "It took place")
    shows(ada, "Conversations so far (1)")
    both_timelines_say(ada, ben, "Conversation with Ada Okonkwo-Byrne, in person: held.", "Since then: over.")
    for visit in (ada, ben):
        shows(visit, "Earlier suggestions to talk (1)")
    on(ada, "notes")
    fill(ada, "The note", "We talked about the portfolio. Ben hands it in by Friday.")
    press(ada, "Keep as a draft")
    shows(ada, "A draft: only you see it.")
    on(ben, "notes", student=True)
    assert not ben.sees("hands it in by Friday")
    press(ada, "Share with the student")
    shows(ada, "The student can approve it or add a comment.")
    emailed(place, box, "A note of your conversation is ready for you")
    on(ben, "notes", student=True)
    shows(ben, "Ben hands it in by Friday")
    press(ben, "It says what we talked about")
    shows(ben, "You have approved it.")
    on(ada, "notes")
    shows(ada, "Approved by the student.")
    both_timelines_say(ada, ben, "Note written by Ada Okonkwo-Byrne.", "Note approved by Ben Quaverley.")


def _planned_and_shared(place: Server, box: mailserver.Box, ada: Visit, ben: Visit, avi: Visit) -> None:
    on(ada, "plans")
    fill(ada, "What you both want to reach", AIM)
    fill(ada, "First action", "Finish the portfolio")
    fill(ada, "Second action", SHARED)
    choose(ada, "Who does it", "Avi Rosenthal, adviser", 1)
    press(ada, "Keep as a draft")
    shows(ada, "A draft: only you see it.")
    on(ben, "plans", student=True)
    assert not ben.sees(AIM)
    press(ada, "Propose it to Ben Quaverley")
    shows(ada, "Nothing in it holds until Ben Quaverley agrees.")
    emailed(place, box, "Ada Okonkwo-Byrne proposes a support plan")
    both_timelines_say(ada, ben, f"Plan “{AIM}” proposed by Ada Okonkwo-Byrne.")
    on(ben, "plans", student=True)
    ben.page.get_by_text(f"Avi Rosenthal may see “{SHARED}”").click()
    press(ben, "I agree to this plan")
    shows(ben, "Agreed by you")
    both_timelines_say(
        ada, ben, f"Plan “{AIM}” agreed by Ben Quaverley.", f"Plan “{AIM}”: to be looked at again."
    )
    on(ada, "plans")
    unfold(ada, "Share it with Avi Rosenthal")
    fill(ada, "Why Avi Rosenthal needs to see it", "Avi makes the timetable with Ben")
    press(ada, "Share this action")
    shows(ada, "What comes of it will stand here.")
    emailed(place, box, "An action of your support plan was passed on")
    assert "Avi" not in box.arrived[-1].get_content()
    both_timelines_say(ada, ben, f"“{SHARED}” was shared with Avi Rosenthal by Ada Okonkwo-Byrne.")
    avi.open("/shared-with-me")
    shows(avi, SHARED)
    assert not avi.sees(AIM)
    assert not avi.sees("Finish the portfolio")
    unfold(avi, "Say what came of it")
    fill(avi, "What came of it", "We made a timetable for the coming four weeks")
    press(avi, "It is done")
    shows(avi, "Nothing is shared with you at present.")
    assert not avi.sees(SHARED)
    on(ben, "plans", student=True)
    on(ada, "plans")
    for visit in (ada, ben):
        shows(visit, "What came back: “We made a timetable for the coming four weeks”")
    both_timelines_say(ada, ben, f"Avi Rosenthal said what came of “{SHARED}”.", f"“{SHARED}”: done.")
    ada.open("/support")
    shows(ada, "Avi Rosenthal said what came of an action")
    emailed(place, box, "News of an action of your support plan")


def _reviewed_and_closed(place: Server, box: mailserver.Box, ada: Visit, ben: Visit) -> None:
    on(ada, "plans")
    unfold(ada, "You have looked at it again")
    fill(ada, "What Ben Quaverley says about it", "The timetable helps me")
    fill(ada, "What you say about it", "The portfolio came on Friday")
    press(ada, "Keep it")
    unfold(ada, "What became of it")
    shows(ada, "The timetable helps me")
    both_timelines_say(ada, ben, f"Plan “{AIM}” looked at again by Ada Okonkwo-Byrne.")
    on(ada, "plans")
    unfold(ada, "Close the plan")
    ada.page.get_by_text("It helped", exact=True).click()
    ada.page.get_by_role("button", name="Close the plan", exact=True).last.click()
    shows(ada, "Earlier plans (1)")
    on(ben, "plans", student=True)
    shows(ben, "Earlier plans (1)")
    emailed(place, box, "Your support plan is closed")
    both_timelines_say(ada, ben, f"Plan “{AIM}” closed by Ada Okonkwo-Byrne: it helped.")

"""A correction from the first click to the source's answer: marked, out of the rating, put right, rated anew."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from auth.viewer import Viewer
from data_access import database, ratings
from data_access.tables import (
    Assessment,
    Attendance,
    FeedGap,
    LoadRun,
    Module,
    Register,
    SourceKey,
    Submission,
    TimetableEvent,
    VleDay,
)
from policy.days import london_day, number
from privacy.labels import Source
from tests.browser.test_story import press, shows, unfold
from tests.browser.visit import Visit, visiting
from tests.cast import ADA, BEN
from tests.server import Server, running
from tests.tree import ROOT

pytestmark = pytest.mark.browser
DAY = timedelta(days=1)
LOW, HIGH, NONE = "Very low", "High", "Not enough data"


@pytest.fixture
def place(template: Path, tmp_path: Path) -> Iterator[Server]:
    """A server of its own, where Ben was away from the one class that counts at present."""
    with running(template, tmp_path) as server:
        at = datetime.now(UTC)
        today, begins = london_day(at), at - 4 * DAY
        with Session(database.stores().core) as session, session.begin():
            for table in (VleDay, Submission, Attendance):
                session.execute(delete(table).where(table.student == BEN.number))
            session.execute(delete(Assessment).where(Assessment.module == 1))
            session.execute(
                update(Module).where(Module.id == 1).values(starts=today - 60 * DAY, ends=today + 60 * DAY)
            )
            session.execute(update(LoadRun).values(data_up_to=today, finished_at=at))
            session.execute(
                insert(FeedGap).values(
                    system=Source.VLE, first=today - 90 * DAY, last=today + DAY, reason="being moved", run=1
                )
            )
            session.execute(
                insert(TimetableEvent).values(
                    id=900, key="T900", module=1, day=number(london_day(begins)), starts_at=begins,
                    ends_at=begins + timedelta(hours=1), kind="Seminar", cancelled=False, run=3,
                )
            )  # fmt: skip
            session.execute(
                insert(Attendance).values(student=BEN.number, event=900, register=Register.ABSENT, run=4)
            )
            session.execute(
                insert(SourceKey).values(system=Source.STUDENT_RECORDS, key="w2000011", person=BEN.number)
            )
        ratings.refresh(Viewer.service("rate"), at)
        yield server


def load(server: Server, folder: Path, status: str) -> None:
    """The attendance system sends its register again."""
    register = folder / f"registers-{status}.csv"
    register.write_text(f"student_id,event_id,status\nw2000011,T900,{status}\n", encoding="utf-8")
    words = [sys.executable, "manage.py", "load", "attendance", str(register), "--yes"]
    env = {**os.environ, "LA_HOME": str(server.home)}
    subprocess.run(words, cwd=ROOT, env=env, check=True, timeout=120, capture_output=True)


def word(visit: Visit) -> str:
    """The word of the rating, from the line that says how it was worked out."""
    unfold(visit, "How this was worked out")
    text = visit.page.get_by_test_id("stMain").inner_text()
    return next(one for one in (NONE, LOW, HIGH) if f"So: {one}." in text)


def test_a_disputed_absence_is_marked_left_out_and_put_right_by_its_source_alone(chromium, place, tmp_path):
    with ExitStack() as windows:
        ada, ben = (windows.enter_context(visiting(chromium, place)) for _ in range(2))
        for visit, who in ((ada, ADA), (ben, BEN)):
            visit.open("/")
            visit.sign_in(who)
        assert both(ada, ben) == (LOW, LOW)
        ben.open("/engagement")
        unfold(ben, "Something is wrong here")
        ben.page.get_by_label("Which one?").click()
        ben.page.get_by_role("option", name="Seminar of Introduction to Quaverley Studies").click()
        ben.settle()
        ben.page.get_by_text("I was there", exact=True).click()
        press(ben, "Say that it is wrong")
        assert both(ada, ben) == (NONE, NONE)
        unfold(ada, "Show as a table")
        shows(ada, "Class, recorded as absent")
        shows(ada, "It does not count until this is settled.")
        load(place, tmp_path, "absent")  # the old value again settles nothing
        assert both(ada, ben) == (NONE, NONE)
        load(place, tmp_path, "present")
        assert both(ada, ben) == (HIGH, HIGH)
        ben.open("/my-data?wrong=attendance")
        shows(ben, "It is now: present.")
        assert [*ada.complaints, *ben.complaints] == []


def both(ada: Visit, ben: Visit) -> tuple[str, str]:
    """The word that tutor and student read."""
    ada.open(f"/timeline?student={BEN.id}")
    ben.open("/engagement")
    return word(ada), word(ben)

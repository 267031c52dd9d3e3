"""Leaving the page in the middle of a load, as Streamlit does it: out of the report of progress, by an exception."""

import pytest
import streamlit as st
from streamlit.runtime.scriptrunner_utils.exceptions import ScriptControlException

from data_access import ratings
from data_access.tables import Lease, LoadRun, StaleModule, VleDay
from ingest.load import JOB
from privacy.labels import Source
from tests.apptest import signed_in
from tests.cast import EVE, NOW
from tests.data_access.loading import everything, rows
from tests.ingest import handing

DAYS = "student_id,module_id,day,views\nw001,MOSS,2026-11-20,31\nw001,FERN,2026-11-20,41\n"
STORING, RATING = 0, 1
"""How many reports of progress come before: the first is of rows stored, those that follow of modules rated."""


@pytest.fixture
def app(university):
    records = handing.records("w001")
    records["modules.csv"] += "FERN,Ferns,20,2026-09-21,2026-12-13\n"
    records["registrations.csv"] += "w001,FERN,e-w001,2026-09-21\n"
    handing.handed(Source.STUDENT_RECORDS, records)
    with signed_in(EVE) as app:
        app.session_state["part"] = "Load a file"
        yield app.run()


def test_what_ends_a_run_of_a_page_passes_by_whatever_catches_faults():
    assert not issubclass(ScriptControlException, Exception)


@pytest.mark.parametrize("leave", [st.stop, st.rerun], ids=["closed", "clicked elsewhere"])
def test_a_load_that_is_left_while_it_stores_leaves_nothing_and_may_be_sent_again(
    university, app, monkeypatch, leave
):
    chosen(app)
    before = everything(university)
    left(app, monkeypatch, leave, STORING)
    assert everything(university) == before
    assert list(university.settings.home.glob("staging/*")) == []
    assert rows(university, Lease) == []
    sent(app)
    assert {(31,), (41,)} <= set(rows(university, VleDay, "views"))
    assert rows(university, StaleModule) == []


@pytest.mark.parametrize("leave", [st.stop, st.rerun], ids=["closed", "clicked elsewhere"])
def test_a_load_that_is_left_while_it_rates_is_stored_and_the_next_rating_makes_it_good(
    university, app, monkeypatch, leave
):
    chosen(app)
    runs = len(rows(university, LoadRun))
    left(app, monkeypatch, leave, RATING)
    assert len(rows(university, LoadRun)) == runs + 1
    assert len(rows(university, StaleModule)) == 2
    assert list(university.settings.home.glob("staging/*")) == []
    assert ratings.refresh_stale(JOB, NOW) == 2
    assert rows(university, StaleModule) == []


def test_how_far_a_load_has_come_is_seen_while_it_is_stored_and_rated(app, monkeypatch):
    chosen(app)
    bar = Bar()
    with monkeypatch.context() as patch:
        patch.setattr("components.upload.st.progress", bar.made)
        button(app, "Load the file").click().run()
    assert bar.seen[0] == (0.0, "Reading the file once more")
    assert {text for _, text in bar.seen[1:]} == {"Storing and rating"}
    done = [part for part, _ in bar.seen[1:]]
    assert done == sorted(done[: done.index(1.0) + 1]) + sorted(done[done.index(1.0) + 1 :])
    assert done[-1] == 1.0
    assert all(0 < part <= 1 for part in done)
    assert bar.gone


def chosen(app) -> None:
    """The file, chosen and checked."""
    app.segmented_control(key="upload-system").select(Source.VLE).run()
    app.file_uploader[0].upload("days.csv", DAYS.encode(), "text/csv").run()
    button(app, "Check the file").click().run()


def left(app, monkeypatch, leave, after: int) -> None:
    """Load it, and leave the page at a report of progress."""
    with monkeypatch.context() as patch:
        patch.setattr("components.upload.st.progress", Bar(leave, after).made)
        button(app, "Load the file").click().run()
    assert not app.exception


def sent(app) -> None:
    """Load it to the end."""
    button(app, "Load the file").click().run()
    assert not app.exception
    assert [said.value for said in app.success]


def button(app, label):
    (found,) = [b for b in app.button if b.label == label]
    return found


class Bar:
    """A bar that is left once so many reports have come."""

    def __init__(self, leave=None, after: int = 1_000) -> None:
        self.leave, self.after = leave, after
        self.seen: list[tuple[float, str]] = []
        self.gone = False

    def made(self, part: float, text: str) -> "Bar":
        self.seen.append((part, text))
        return self

    def progress(self, part: float, text: str) -> None:
        self.seen.append((part, text))
        self.after -= 1
        if self.after < 0:
            self.after = 1_000
            self.leave()

    def empty(self) -> None:
        self.gone = True

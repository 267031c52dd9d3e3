"""The web server killed outright while somebody saves: the old text or the new one is there afterwards, whole."""

import os
import signal
import sqlite3
import time
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed

from auth.viewer import Viewer
from data_access import access_log, notes, ratings
from tests.cast import ADA, BEN
from tests.server import free_port, running, started
from tests.tab import Tab, tab

pytestmark = pytest.mark.server
OLD, NEW = "We talked about the two essays", "We talked about the three essays"
UVICORN = ("-m", "uvicorn", "app:app", "--host=127.0.0.1")


def widgets(opened: Tab) -> dict[str, str]:
    """The boxes and buttons of the page by their labels, as the server names them; the first of a label."""
    found = {}
    for frame in opened.frames:
        message = ForwardMsg()
        message.ParseFromString(frame)
        element = message.delta.new_element
        for kind in ("text_area", "button"):
            if element.HasField(kind):
                one = getattr(element, kind)
                found.setdefault(one.label, one.id)
    return found


def saves(opened: Tab, text: str) -> BackMsg:
    """The press of *Save the draft* with that text in the box."""
    ids, message = widgets(opened), BackMsg()
    message.rerun_script.page_name = "support"
    message.rerun_script.query_string = f"student={BEN.id}&part=notes"
    message.rerun_script.widget_states.widgets.add(id=ids["The note"], string_value=text)
    message.rerun_script.widget_states.widgets.add(id=ids["Save the draft"], trigger_value=True)
    return message


def stands() -> tuple[str, int]:
    """The note's text and version, as its author reads them."""
    (one,) = notes.of(ADA.viewer, BEN.id, datetime.now(UTC))
    return one.entries[-1].text, one.version


def everything(opened: Tab) -> None:
    """Read until the server is gone."""
    while True:
        opened.connection.recv(timeout=20)


@contextmanager
def held(home):
    """The log's file kept from all other writers: a save has written everything, and waits to commit."""
    connection = sqlite3.connect(home / "access-log.db", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    yield
    connection.close()


def wait_until_it_writes(home):
    """Until nobody else can begin to write to the records: then the save has begun, and is not over."""
    for _ in range(200):
        with sqlite3.connect(home / "learner-analytics.db", timeout=0, isolation_level=None) as other:
            try:
                other.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError:
                return
            other.rollback()
        time.sleep(0.1)
    pytest.fail("nothing was being saved")


def test_a_server_killed_during_a_save_leaves_the_old_text_and_after_it_the_new_one(template, tmp_path):
    with running(template, tmp_path) as server:
        ratings.refresh(Viewer.service("rate"), datetime.now(UTC))
        notes.begin(ADA.viewer, BEN.id, OLD, datetime.now(UTC))
        token = server.sign_in(ADA)
        with tab(server, token) as hers:
            hers.open("support", f"student={BEN.id}&part=notes")
            with held(server.home):
                hers.connection.send(saves(hers, NEW).SerializeToString())
                wait_until_it_writes(server.home)
                os.kill(server.pid, signal.SIGKILL)
                with pytest.raises(ConnectionClosed):
                    everything(hers)
        assert stands() == (OLD, 1)
        port = free_port()
        restarted = started(server.home, port, tmp_path / "log-2", *UVICORN, f"--port={port}")
        with restarted as again, tab(again, token) as hers:
            assert OLD in hers.open("support", f"student={BEN.id}&part=notes")
            hers.say(saves(hers, NEW))
            os.kill(again.pid, signal.SIGKILL)
        assert stands() == (NEW, 2)
        assert access_log.verify(Viewer.service("audit"), datetime.now(UTC)).broken_at is None

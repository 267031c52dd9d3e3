"""A stranger's first request to a server just started: no page's code runs, and no one's word comes back."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import md5
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from pages import FOLDER, PAGES, open_to_strangers
from tests.cast import ADA, CAST
from tests.server import Server, running
from tests.tab import tab

pytestmark = pytest.mark.server
SHUT = [page for page in PAGES if not page.strangers]
WITHOUT_SCRIPT = {
    "how-it-works": "reason for a conversation",
    "privacy": "Your right to object",
    "help": "If somebody is in danger now",
}
"""Words of each page that a browser without scripts shows too."""
WATCH = f"""
import os, sys

def note(event, args):
    name = getattr(args[0], "co_filename", "") if event == "exec" else ""
    if str(name).startswith({str(FOLDER)!r}) and not name.endswith("__init__.py"):
        with open(os.environ["RAN"], "a") as log:
            print(os.path.relpath(name, {str(FOLDER)!r}), file=log)

sys.addaudithook(note)
"""
"""Python runs this before anything else, and says from then on which page's code is run, by whatever way."""
CANARIES = [canary for member in CAST for canary in (*member.canaries, member.id)]


@contextmanager
def watched(template: Path, folder: Path) -> Iterator[Server]:
    """A server just started, of which is written down whose page's code it runs."""
    (folder / "sitecustomize.py").write_text(WATCH, "utf-8")
    with running(template, folder, PYTHONPATH=str(folder), RAN=str(folder / "ran")) as cold:
        yield cold


def ran(server: Server) -> set[str]:
    """The scripts of pages that the server has run so far."""
    log = server.log.with_name("ran")
    return set(log.read_text("utf-8").splitlines()) if log.exists() else set()


def told(text: str) -> list[str]:
    return [canary for canary in CANARIES if canary in text]


@pytest.mark.parametrize("page", SHUT, ids=lambda page: page.url)
def test_a_strangers_first_request_for_any_page_meets_the_sign_in_form_alone(page, template, tmp_path):
    with watched(template, tmp_path) as cold:
        with tab(cold) as stranger:
            shown = stranger.open(page.url, "student=p-ben-46b7")
            assert ran(cold) == set()
            assert "Password" in shown
            assert page.title not in shown
            assert told(shown) == []
        answer, body = cold.ask(f"/{page.url}?student=p-ben-46b7")
        assert answer.status == 200
        assert told(body.decode()) == []
        assert told(_output(cold)) == []


@pytest.mark.parametrize("page", open_to_strangers(), ids=lambda page: page.url)
def test_what_opens_before_sign_in_opens_cold_and_is_about_nobody(page, template, tmp_path):
    with watched(template, tmp_path) as cold:
        with tab(cold) as stranger:
            shown = stranger.open(page.url, "student=p-ben-46b7")
            assert ran(cold) == {page.path}
            assert page.title in shown
            assert "Password" not in shown
            assert told(shown) == []
            assert "Password" in stranger.open(SHUT[0].url, "student=p-ben-46b7")
        answer, body = cold.ask(f"/{page.url}?student=p-ben-46b7")
        assert answer.status == 200
        assert told(body.decode()) == []
        assert WITHOUT_SCRIPT[page.url] in body.decode()


def test_a_stranger_who_walks_the_whole_site_map_runs_the_pages_that_open_before_sign_in_alone(
    template, tmp_path
):
    with watched(template, tmp_path) as cold:
        for page in PAGES:
            for path in (page.url, f"{page.url}?student=p-ben-46b7", f"pages/{page.path}"):
                cold.ask(f"/{path}")
        assert ran(cold) == set()
        for page in PAGES:
            with tab(cold) as stranger:
                stranger.open(page.url, "student=p-ben-46b7")
        assert ran(cold) == {page.path for page in open_to_strangers()}
        with tab(cold, cold.sign_in(ADA)) as hers:
            hers.open("tutees")
        assert "tutor/tutees.py" in ran(cold)  # what is run is seen


@pytest.mark.parametrize("page", SHUT, ids=lambda page: page.url)
def test_a_script_hash_and_a_path_lead_a_stranger_no_further_than_a_name(page, server):
    for wanted in (page.url, f"pages/{page.path}", str(page.script)):
        with tab(server) as stranger:
            message = BackMsg()
            message.rerun_script.page_script_hash = md5(wanted.encode(), usedforsecurity=False).hexdigest()
            shown = stranger.say(message)
            assert "Password" in shown
            assert told(shown) == []


def _output(server: Server) -> str:
    return server.log.read_text("utf-8", "replace")

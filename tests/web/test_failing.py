"""A server on which something breaks as it runs: what a person reads, what is logged, and what a balancer hears."""

import json
import re

import pytest
from sqlalchemy import text

from data_access import database
from tests.cast import ADA
from tests.server import running
from tests.tab import tab

pytestmark = pytest.mark.server
LOST = "suggested_talk"
"""A table that the page of tutees asks for."""


@pytest.fixture
def server(template, tmp_path):
    with running(template, tmp_path) as started:
        yield started


def test_a_page_that_fails_says_so_in_a_sentence_with_a_reference_that_leads_to_the_log(server):
    with tab(server, server.sign_in(ADA)) as hers:
        assert "Quaverley" in hers.open("tutees")
        with database.stores().core.begin() as connection:
            connection.execute(text(f"ALTER TABLE {LOST} RENAME TO gone"))
        shown = hers.open("tutees")
        assert "Something went wrong here, not in what you did." in shown
        assert [word for word in ("Traceback", "OperationalError", LOST) if word in shown] == []
        reference = re.search("reference ([0-9a-f]{8})", shown)
        assert reference
        assert "Where you are signed in" in hers.open("account")  # the rest goes on
    written = server.log.read_text("utf-8")
    assert f"reference {reference[1]}" in written
    assert f"no such table: {LOST}" in written


def test_without_its_database_the_server_is_up_and_not_ready_and_makes_no_empty_one(server):
    def told(path):
        answer, body = server.ask(path)
        return answer.status, json.loads(body)["status"]

    there = next(server.home.glob("learner*.db"))
    assert told("/readyz") == (200, "ready")
    there.rename(there.with_suffix(".away"))
    assert (told("/readyz"), told("/healthz")) == ((503, "not ready"), (200, "up"))
    assert not there.exists()
    there.with_suffix(".away").rename(there)
    assert told("/readyz") == (200, "ready")

"""`manage.py impact`: publishes once in a while, says so in counts, and names nobody."""

import json

import pytest
from typer.testing import CliRunner

import policy
from commands import start
from commands.program import app
from data_access import database, published
from engagement.published import Family
from tests.cast import MO, NOW
from tests.data_access import followed


@pytest.fixture
def run(university, monkeypatch):
    monkeypatch.setenv("LA_HOME", str(university.settings.home))
    monkeypatch.setattr(start, "now", lambda: NOW)
    yield lambda *words: CliRunner().invoke(app, ["impact", *words])
    database.stores().core.dispose()
    database.stores().log.dispose()
    policy.use(None)


def test_it_publishes_and_says_how_much_up_to_which_day_and_where(university, run):
    followed.assemble(university)
    done = run()
    assert done.exit_code == 0, done.exception
    assert done.stdout == (
        "Published 19 figures up to 22 November 2026. They stand on the page “Support impact”.\n"
    )
    assert published.figures(MO.viewer, Family.IMPACT, NOW).tables["funnel"]["suggested"] == {
        "students": "120"
    }


def test_run_again_at_once_it_changes_nothing_and_says_why(university, run):
    followed.assemble(university)
    assert json.loads(run("--json").stdout) == {"cells": 19, "until": "2026-11-22"}
    again = run()
    assert again.exit_code == 0
    assert "new figures may stand 28 days after the last at the earliest" in again.stdout
    assert json.loads(run("--json").stdout)["cells"] == 0


def test_without_an_installation_it_is_refused_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setenv("LA_HOME", str(tmp_path))
    done = CliRunner().invoke(app, ["impact"])
    assert done.exit_code == 1
    assert "no up-to-date database" in str(done.exception)

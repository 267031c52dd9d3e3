"""`manage.py registers`: writes every register in three forms, says so, and never into a folder that is in use."""

import json

import pytest
from typer.testing import CliRunner

import policy
from commands import start
from commands.program import app
from data_access import database
from privacy.registers import REGISTERS
from tests.cast import NOW, STUDENTS


@pytest.fixture
def run(university, monkeypatch):
    monkeypatch.setenv("LA_HOME", str(university.settings.home))
    monkeypatch.setattr(start, "now", lambda: NOW)
    yield lambda *words: CliRunner().invoke(app, ["registers", *map(str, words)])
    database.stores().core.dispose()
    database.stores().log.dispose()
    policy.use(None)


def test_it_writes_every_register_as_a_page_on_paper_and_as_a_spreadsheet(run, tmp_path):
    folder = tmp_path / "out" / "registers"
    done = run(folder, "--json")
    assert done.exit_code == 0, done.exception
    told = json.loads(done.stdout)
    names = {f"{name}-2026-11-23.{kind}" for name in REGISTERS for kind in ("html", "pdf", "xlsx")}
    assert set(told["files"]) == names == {path.name for path in folder.iterdir()}
    assert told["registers"] == len(REGISTERS)
    assert told["sha256"].encode() in (folder / "processing-2026-11-23.html").read_bytes()
    for path in folder.glob("*.html"):
        assert not [student for student in STUDENTS if student.family in path.read_text("utf-8")]


def test_it_says_in_a_sentence_what_it_wrote_and_where(run, tmp_path):
    done = run(tmp_path / "out")
    assert done.stdout.startswith(
        f"Printed {len(REGISTERS)} registers as HTML, PDF and XLSX into {tmp_path}/out."
    )


def test_a_folder_that_holds_something_is_refused_and_left_as_it_was(run, tmp_path):
    (tmp_path / "mine").write_text("mine", "utf-8")
    done = run(tmp_path)
    assert done.exit_code == 1
    assert str(done.exception) == "The folder holds something already. Name a new one."
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "home") == ["mine"]

"""`manage.py load inbox`: what lies in a watched folder, by one process at a time."""

import json
import logging
import os
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import data_access
from commands import load_inbox, program
from data_access import leases
from ingest.load import JOB
from policy.settings import Settings
from tests.commands.test_load_system import load

STUDENTS = "student_id,given_name\nw001,Ann\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "inbox"
    (found / "student-records").mkdir(parents=True)
    (found / "vle").mkdir()
    return found


def put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    an_hour_ago = time.time() - 3600
    os.utime(path, (an_hour_ago, an_hour_ago))


def test_what_lies_there_is_loaded_and_told_file_by_file(folder, tmp_path):
    put(folder / "student-records" / "a.csv", STUDENTS)
    checked = json.loads(load(tmp_path / "var", "inbox", folder, "--check").stdout)
    assert checked == {"files": [{"system": "student-records", "file": "a.csv"}]}
    done = load(tmp_path / "var", "inbox", folder)
    assert done.returncode == 0, done.stderr
    [told] = json.loads(done.stdout)["files"]
    assert (told["system"], told["file"], told["state"], told["accepted"]) == (
        "student-records",
        "a.csv",
        "loaded",
        1,
    )
    assert json.loads(load(tmp_path / "var", "inbox", folder).stdout) == {"files": []}


def test_where_something_is_refused_it_ends_with_1_and_a_sentence(folder, tmp_path):
    put(folder / "student-records" / "a.csv", "one,two\n1,2\n")
    put(folder / "student-records" / "b.csv", STUDENTS)
    done = load(tmp_path / "var", "inbox", folder)
    assert done.returncode == 1
    assert done.stderr == "1 of 2 were refused; the .txt beside each says why.\n"
    assert [told["state"] for told in json.loads(done.stdout)["files"]] == ["refused", "loaded"]


def test_a_name_that_is_not_utf8_is_told_with_a_mark_and_its_file_is_loaded_or_refused_as_any(
    folder, tmp_path
):
    home, odd = tmp_path / "var", os.fsdecode(b"b\xffd.csv")
    put(folder / "student-records" / odd, STUDENTS)
    put(folder / "vle" / odd, "one,two\n1,2\n")
    done = load(home, "inbox", folder)
    assert done.stderr == "1 of 2 were refused; the .txt beside each says why.\n"
    told = [(file["file"], file["state"], file["why"]) for file in json.loads(done.stdout)["files"]]
    assert told[0] == ("b\ufffdd.csv", "loaded", "")
    assert told[1][:2] == ("b\ufffdd.csv", "refused")
    assert "b\ufffdd.csv" in told[1][2]
    assert (folder / "student-records" / "done" / odd).exists()
    assert (folder / "vle" / "refused" / f"{odd}.txt").exists()
    alone = load(home, "student-records", folder / "student-records" / "done" / odd)
    assert (alone.returncode, json.loads(alone.stdout)["state"]) == (0, "unchanged")
    nowhere = load(home, "vle", tmp_path / odd)
    assert (nowhere.returncode, nowhere.stderr.count("\n")) == (1, 1)


def test_the_trace_of_a_fault_with_one_file_is_in_the_installations_file_of_faults(
    folder, tmp_path, monkeypatch, capsys
):
    def breaks(*_: object) -> None:
        raise LookupError("a fault of ours")

    home = tmp_path / "var"
    put(folder / "student-records" / "a.csv", STUDENTS)
    monkeypatch.setenv("LA_HOME", str(home))
    monkeypatch.setattr("ingest.load.read", breaks)
    monkeypatch.setattr(logging.getLogger("learner_analytics.jobs"), "handlers", [])
    monkeypatch.setattr(sys, "argv", ["manage.py", "load", "inbox", str(folder), "--json"])
    with pytest.raises(SystemExit):
        program.main()
    said = capsys.readouterr()
    [told] = json.loads(said.out)["files"]
    reference = told["why"].split()[-1].rstrip(".")
    assert said.err == "1 of 1 were refused; the .txt beside each says why.\n"
    assert f"reference {reference}\nTraceback" in (home / "faults.log").read_text("utf-8")


def test_while_one_is_at_it_a_second_ends_with_1_and_a_sentence_and_touches_nothing(folder, tmp_path):
    home = tmp_path / "var"
    load(home, "inbox", folder)
    put(folder / "student-records" / "a.csv", STUDENTS)
    data_access.start(Settings(home=home))
    with leases.held(JOB, "load inbox", datetime.now(UTC), 60):
        second = load(home, "inbox", folder)
    assert second.returncode == 1
    assert second.stderr.startswith("Another “load inbox” is running.")
    assert second.stderr.count("\n") == 1
    assert (folder / "student-records" / "a.csv").exists()
    assert load(home, "inbox", folder).returncode == 0


def test_one_that_died_keeps_the_others_away_for_two_hours_at_most(folder, tmp_path):
    home = tmp_path / "var"
    load(home, "inbox", folder)
    data_access.start(Settings(home=home))
    died = leases.held(JOB, "load inbox", datetime.now(UTC) - timedelta(minutes=121), load_inbox._MINUTES)
    died.__enter__()
    assert load(home, "inbox", folder).returncode == 0

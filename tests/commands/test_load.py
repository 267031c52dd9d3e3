"""`manage.py load`: what it says to people and machines, what it refuses, and what a second load does."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.ingest.oulad_folder import INFO, TABLES, info, write

ROOT = Path(__file__).parents[2]


def load(home: Path, *words: object) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LA_HOME": str(home)}
    environment.pop("LA_DATABASE_URL", None)
    command = [sys.executable, "manage.py", "load", *map(str, words)]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


@pytest.fixture
def folder(tmp_path) -> Path:
    return write(tmp_path / "oulad", studentInfo=INFO + info("ZZZ-2013J", 90))


@pytest.fixture
def home(tmp_path) -> Path:
    return tmp_path / "home"


def count(home: Path, table: str) -> int:
    with closing(sqlite3.connect(home / "learner-analytics.db")) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608


def test_a_folder_is_loaded_into_an_empty_home_and_rated(home, folder):
    done = load(home, "oulad", folder, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    said = json.loads(done.stdout)
    assert said["rows"] == said["accepted"] + said["quarantined"] + said["held_back"] + said["repeated"]
    assert said["by_reason"]["studentInfo: an unknown presentation"] == said["quarantined"] == 1
    assert said["tables"]["studentVle"]["rows"] == TABLES["studentVle"].count("\n") - 1
    assert [run["state"] for run in said["runs"]] == ["loaded", "loaded"]
    assert (said["tutors"], said["tutor"]) == (4, "oulad-tutor-AAA-2013J-01")
    assert count(home, "enrolment") == 9
    assert count(home, "module_week") > 0
    assert "Presentation 2013" in (home / "policy" / "calendar.toml").read_text("utf-8")


def test_a_second_load_says_that_nothing_changed(home, folder):
    load(home, "oulad", folder)
    before = count(home, "vle_day"), count(home, "person"), count(home, "enrolment_status")
    done = load(home, "oulad", folder)
    assert done.returncode == 0
    assert "All of it was here already; nothing changed." in done.stdout
    assert (count(home, "vle_day"), count(home, "person"), count(home, "enrolment_status")) == before


def test_people_read_the_counts_and_how_to_sign_in_as_a_tutor(home, folder):
    done = load(home, "oulad", folder)
    assert "1  studentInfo: an unknown presentation" in done.stdout
    assert "1  assessments: date is missing; nothing is expected" in done.stdout
    assert "user add USERNAME --key oulad-tutor-AAA-2013J-01 --role tutor" in done.stdout


def test_a_check_reports_and_stores_nothing(home, folder):
    done = load(home, "oulad", folder, "--check", "--json")
    assert done.returncode == 0
    assert json.loads(done.stdout)["runs"] == []
    assert not home.exists()
    assert "Nothing was stored." in load(home, "oulad", folder, "--check").stdout


def test_it_is_refused_beside_people_who_are_not_its_own(template, home, folder):
    shutil.copytree(template, home)
    before = count(home, "person")
    done = load(home, "oulad", folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert "LA_HOME" in done.stderr
    assert count(home, "person") == before
    assert not (home / "policy").exists()


@pytest.mark.parametrize(
    ("source", "path", "says"),
    [
        (
            "moodle",
            "oulad",
            "what can be loaded is: student-records, vle, timetable, attendance, inbox, oulad",
        ),
        ("oulad", "nothing", "There is no folder"),
    ],
)
def test_what_cannot_be_loaded_is_refused_in_one_sentence(home, folder, source, path, says):
    done = load(home, source, folder.parent / path)
    assert (done.returncode, done.stdout) == (1, "")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert not home.exists()


def test_a_missing_table_is_named_and_nothing_is_made(home, folder):
    (folder / "studentRegistration.csv").unlink()
    done = load(home, "oulad", folder)
    assert done.returncode == 1
    assert "studentRegistration.csv" in done.stderr
    assert not home.exists()


def test_wrong_usage_is_two(home):
    assert load(home, "oulad").returncode == 2

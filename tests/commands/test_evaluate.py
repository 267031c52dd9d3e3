"""`manage.py evaluate`: the table for people, JSON for machines, and what is refused."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from auth.viewer import Viewer
from data_access import published, ratings
from data_access.tables import PublishedCell
from engagement.published import Family
from tests.cast import MO, NOW
from tests.data_access import last_year
from tests.ingest.evaluation_folder import DAY, write

ROOT = Path(__file__).parents[2]


def run(home: Path, *words: object) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LA_HOME": str(home)}
    return subprocess.run(list(map(str, words)), cwd=ROOT, env=environment, capture_output=True, text=True)


def evaluate(home: Path, *words: object) -> subprocess.CompletedProcess[str]:
    return run(home, sys.executable, "manage.py", "evaluate", *words)


@pytest.fixture
def folder(tmp_path) -> Path:
    return write(tmp_path / "oulad")


@pytest.fixture
def home(tmp_path) -> Path:
    return tmp_path / "home"


def test_machines_are_told_what_was_asked_and_every_figure(home, folder):
    done = evaluate(home, "oulad", folder, "--days", DAY, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    said = json.loads(done.stdout)
    assert (said["train"], said["test"], said["days"]) == (["2013B"], ["2013J"], [DAY])
    assert said["weights"] == {"attendance": 4, "vle": 3, "submissions": 2, "marks": 5}
    assert {row["model"] for row in said["rows"]} == {
        "rating",
        "rating_without_marks",
        "vle_alone",
        "submissions_alone",
        "marks_alone",
        "never_logged_in",
        "no_activity_7_days",
        "no_activity_14_days",
        "nula",
        "logistic",
        "boosting",
    }
    rating = next(row for row in said["rows"] if row["model"] == "rating")
    assert (rating["day"], rating["students"], rating["roc_auc"]) == (DAY, 8, 13 / 16)
    assert set(rating) >= {f"{what}_at_{top}" for what in ("precision", "recall") for top in (5, 10, 25)}
    assert set(rating) >= {
        "pr_auc",
        "share_bad",
        "alerts_per_tutor_of_45",
        "lead_time_days",
        "brier",
        "calibration",
    }
    assert set(said["groups"][0]) == {"day", "by", "group", "students", "recall", "false_positive_rate"}
    assert not home.exists()


def test_people_read_a_table_that_says_what_its_columns_are(home, folder):
    done = evaluate(home, "oulad", folder, "--days", DAY)
    assert done.returncode == 0
    assert "Day 28: 8 students, 50 % ended badly." in done.stdout
    rating = next(line for line in done.stdout.splitlines() if " rating " in line and "0.812" in line)
    assert rating.split() == [
        "28",
        "rating",
        "0.812",
        "0.825",
        *["100", "%", "25", "%", "100", "%", "25", "%", "50", "%", "25", "%"],
        "11.2",
        "32",
        "–",
    ]
    assert "To end badly is to withdraw or fail." in done.stdout


def test_a_university_measures_its_own_weights(home, folder):
    (home / "policy").mkdir(parents=True)
    shipped = (ROOT / "policy" / "engagement.toml").read_text("utf-8")
    own = shipped.replace("submissions = 2", "submissions = 3").replace("marks = 5", "marks = 0")
    (home / "policy" / "engagement.toml").write_text(own, "utf-8")
    rows = json.loads(evaluate(home, "oulad", folder, "--days", DAY, "--json").stdout)["rows"]
    by_model = {row["model"]: row["roc_auc"] for row in rows}
    assert by_model["rating"] == by_model["rating_without_marks"] == 12 / 16


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["moodle", "oulad"], "what can be evaluated is: oulad"),
        (["oulad", "nothing"], "There is no folder"),
        (["oulad", "oulad", "--days", "3"], "Day 3 is too early"),
        (["oulad", "oulad", "--train", "2013J"], "2013J is named both to train and to test"),
        (["oulad", "oulad", "--test", "2014J"], "There is no presentation 2014J in this folder"),
    ],
)
def test_what_cannot_be_evaluated_is_refused_in_one_sentence(home, folder, words, says):
    source, path, *others = words
    done = evaluate(home, source, folder.parent / path, *others)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert says in done.stderr


def test_days_that_are_no_numbers_are_wrong_usage(home, folder):
    assert evaluate(home, "oulad", folder, "--days", "soon").returncode == 2


def test_no_other_command_waits_for_scikit_learn(home):
    looked = (
        "import sys; from typer.testing import CliRunner; from commands import program; "
        "listed = CliRunner().invoke(program.app, ['--help']).stdout; "
        "print('evaluate' in listed, 'commands.evaluate' in sys.modules, 'sklearn' in sys.modules)"
    )
    assert run(home, sys.executable, "-c", looked).stdout.split() == ["True", "True", "False"]


def test_last_year_is_refused_in_a_sentence_where_nothing_is_loaded_and_takes_no_folder(
    home, folder, university
):
    nothing = evaluate(home, "last-year")
    assert (nothing.returncode, nothing.stdout) == (1, "")
    assert "Traceback" not in nothing.stderr
    refused = evaluate(university.settings.home, "last-year", "--json")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith("There is no earlier year to measure on: ")
    assert evaluate(home, "last-year", folder).returncode == 2
    assert evaluate(home, "oulad").returncode == 2


def test_last_year_publishes_figures_and_says_where_they_are(university):
    last_year.assemble(university)
    ratings.refresh(Viewer.service("rate"), NOW)
    done = evaluate(university.settings.home, "last-year", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    with university.session() as session:
        stored = session.scalar(select(func.count()).select_from(PublishedCell))
    assert json.loads(done.stdout) == {"cells": stored}
    assert stored > 1_000
    assert "“How well it works”" in evaluate(university.settings.home, "last-year").stdout
    assert published.figures(MO.viewer, Family.ACCURACY, NOW).tables["weeks"]["08"]["students"] == "70"


def test_this_week_counts_for_the_preview_alone(university):
    assert json.loads(evaluate(university.settings.home, "this-week", "--json").stdout) == {"cells": 564}
    assert published.figures(MO.viewer, Family.ALERT_LOAD, NOW)
    assert published.figures(MO.viewer, Family.ACCURACY, NOW) is None

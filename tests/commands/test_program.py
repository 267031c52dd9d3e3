"""The command line: exit codes, plain sentences, JSON for machines, never a traceback."""

import json
import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from commands import program, start
from policy.settings import Settings

ROOT = Path(__file__).parents[2]


def manage(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LA_HOME": str(home)}
    environment.pop("LA_DATABASE_URL", None)
    return subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=environment, capture_output=True, text=True
    )


def test_help_lists_the_commands_each_with_what_it_does():
    done = manage(ROOT, "--help")
    assert done.returncode == 0
    listed = {line.split()[1]: line for line in done.stdout.splitlines() if len(line.split()) > 2}
    assert {"audit", "load", "rate", "release", "restore", "serve", "user"} <= listed.keys()
    assert "Figures for equality monitoring." in listed["release"]


def test_a_command_loads_no_other():
    looked = (
        "import sys; from typer.testing import CliRunner; from commands import program; "
        "CliRunner().invoke(program.app, ['rate', '--help']); "
        "print('commands.rate' in sys.modules, 'commands.demo' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", looked], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.split() == ["True", "False"]


def test_wrong_usage_is_two(tmp_path: Path):
    assert manage(tmp_path, "rate", "--no-such-option").returncode == 2
    mistyped = manage(tmp_path, "lood", "x")
    assert mistyped.returncode == 2
    assert "Did you mean 'load'?" in mistyped.stderr


def test_without_an_installation_a_command_refuses_in_one_sentence(tmp_path: Path):
    done = manage(tmp_path, "rate")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_a_variable_that_cannot_be_understood_is_named_in_one_sentence_with_what_it_may_hold(
    monkeypatch, capsys
):
    monkeypatch.setattr(sys, "argv", ["manage.py", "rate"])
    for name, value, fit in (
        ("PORT", "abc", "a number from 1 to 65535"),
        ("PORT", "70000", "a number from 1 to 65535"),
        ("LA_HTTPS", "maybe", "1 or 0"),
    ):
        with monkeypatch.context() as patch:
            patch.setenv(name, value)
            with pytest.raises(SystemExit) as left:
                program.main()
        assert left.value.code == 1
        assert capsys.readouterr().err == f"{name} is set to “{value}”. It must be {fit}.\n"
    for name in ("PORT", "LA_HTTPS"):
        monkeypatch.setenv(name, "")
    assert (Settings().port, Settings().https) == (8501, False)


@pytest.mark.parametrize("writable", [True, False])
def test_a_fault_is_one_line_with_a_reference_that_leads_to_its_trace(
    tmp_path, monkeypatch, capsys, writable
):
    def breaks() -> None:
        raise LookupError("nobody's\nvalue")

    home = tmp_path / "home"
    if not writable:
        home.write_text("a file where the folder should be", "utf-8")
    monkeypatch.setenv("LA_HOME", str(home))
    monkeypatch.setattr(start, "installed", breaks)
    monkeypatch.setattr(sys, "argv", ["manage.py", "rate"])
    monkeypatch.setattr(logging.getLogger("learner_analytics.jobs"), "handlers", [])
    with pytest.raises(SystemExit) as left:
        program.main()
    assert left.value.code == 1
    said = capsys.readouterr()
    assert (said.out, said.err.count("\n")) == ("", 1)
    reference = re.search(
        r"not in what you typed: LookupError\. Reference ([0-9a-f]{8}); (.*)\.\n$", said.err
    )
    assert reference
    log = home / "faults.log"
    if writable:
        assert reference[2] == f"more of it is in {log}"
        assert f"reference {reference[1]}\nTraceback" in log.read_text("utf-8")
        assert "in breaks\n" in log.read_text("utf-8")
        assert log.stat().st_mode & 0o077 == 0
    else:
        assert reference[2] == f"{log} cannot be written"


def test_rating_and_the_chain_answer_in_json(template: Path, tmp_path: Path):
    home = _copied(template, tmp_path)
    rated = manage(home, "rate", "--as-of", "2026-11-23", "--json")
    assert json.loads(rated.stdout)["module_weeks"] > 0
    verified = manage(home, "audit", "verify", "--json")
    assert json.loads(verified.stdout)["holds"] is True
    assert verified.returncode == 0


def test_a_broken_chain_is_told_by_its_line_and_exits_one(template: Path, tmp_path: Path):
    home = _copied(template, tmp_path)
    manage(home, "rate", "--as-of", "2026-11-23")
    engine = create_engine(f"sqlite:///{home / 'access-log.db'}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE access_line SET reason = 'nothing' WHERE seq = 2"))
    engine.dispose()
    done = manage(home, "audit", "verify")
    assert done.returncode == 1
    assert "line 2" in done.stderr


def _copied(template: Path, tmp_path: Path) -> Path:
    from shutil import copytree

    return copytree(template, tmp_path / "home")

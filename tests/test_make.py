"""Setting up: what `make` offers is explained, and its scripts install what is missing or say so plainly."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.tree import ROOT, name

SCRIPTS = sorted([*(ROOT / "deploy").glob("*.sh"), ROOT / ".ci" / "run"])
TOOLS = ("bash", "dirname", "env", "grep")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A checkout of the scripts alone, on a machine that has next to nothing."""
    shutil.copytree(ROOT / "deploy", tmp_path / "deploy")
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        (tmp_path / "bin" / tool).symlink_to(shutil.which(tool) or "")
    program(tmp_path, "id", "echo 1000")
    return tmp_path


def program(machine: Path, called: str, does: str) -> None:
    path = machine / "bin" / called
    path.write_text(f"#!{shutil.which('bash')}\n{does}\n", "utf-8")
    path.chmod(0o755)


def run(machine: Path, script: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [machine / "deploy" / script, *words],
        env={"PATH": str(machine / "bin"), "HOME": os.environ.get("HOME", "/")},
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
    )


@pytest.mark.parametrize("script", SCRIPTS, ids=name)
def test_every_script_can_be_run_and_read(script):
    assert os.access(script, os.X_OK)
    assert subprocess.run(["bash", "-n", script], capture_output=True).returncode == 0
    assert script.read_text("utf-8").splitlines()[1].startswith("# ")


def test_every_target_of_make_is_explained_in_its_help():
    text = (ROOT / "Makefile").read_text("utf-8")
    phony = set(re.findall(r"(?m)^\.PHONY: (.*)$", text)[0].split())
    assert phony == set(re.findall(r"(?m)^([a-z-]+):.*## \S", text))


def test_a_machine_without_apt_is_told_what_is_missing_and_goes_on(machine):
    told = run(machine, "system-packages.sh", "chromium")
    assert told.returncode == 0
    assert told.stdout == "Missing on this machine: chromium. Please install it by hand.\n"


def test_without_root_the_command_to_type_is_told(machine):
    program(machine, "apt-get", "exit 99")
    told = run(machine, "system-packages.sh", "chromium")
    assert told.returncode == 0
    assert "sudo apt-get install chromium" in told.stdout


def test_root_installs_what_is_missing_and_nothing_else(machine):
    program(machine, "id", "echo 0")
    program(machine, "apt-get", f'echo "$@" >> {machine}/asked')
    program(machine, "dpkg-query", "echo installed")
    told = run(machine, "system-packages.sh", "chromium", "python3-venv")
    assert told.returncode == 0, told.stderr
    update, install = (machine / "asked").read_text("utf-8").splitlines()
    assert update.endswith(" update")
    assert install.endswith(" install --yes --no-install-recommends chromium")


def test_a_failed_installation_stops(machine):
    program(machine, "id", "echo 0")
    program(machine, "apt-get", "exit 100")
    assert run(machine, "system-packages.sh", "chromium").returncode != 0


def test_without_a_new_enough_python_it_is_said_in_one_sentence(machine):
    program(machine, "python3", "exit 1")
    told = run(machine, "environment.sh", "requirements.txt")
    assert told.returncode == 1
    assert told.stderr.startswith("Python 3.11 or later with its venv module is needed.")


def test_nothing_may_be_skipped_in_ci():
    text = (ROOT / ".ci" / "run").read_text("utf-8")
    for what in ("SAMPLES", "POSTGRES", "BROWSER"):
        assert f"LA_{what}_REQUIRED=1" in text

"""Setting up: what `make` offers is explained, and its scripts install what is missing or say so plainly."""

import os
import re
import shutil
import subprocess
import sys
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


SERVES = """
import http.server, os, pathlib
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        pathlib.Path(os.environ["LA_HOME"], "asked").open("a").write(self.path + chr(10))
        self.send_response(200 if self.path != "{amiss}" else 503)
        self.end_headers()
http.server.HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Answer).serve_forever()
"""


@pytest.fixture
def made(machine: Path) -> Path:
    """The same with the environment in place."""
    (machine / ".venv" / "bin").mkdir(parents=True)
    (machine / ".venv" / "bin" / "python").symlink_to(sys.executable)
    (machine / "bin" / "sleep").symlink_to(shutil.which("sleep") or "")
    return machine


def test_make_run_is_waited_for_asked_for_its_front_page_and_ended(made):
    (made / "serves.py").write_text(SERVES.replace("{amiss}", "/nothing"), "utf-8")
    program(made, "make", f'[ "$*" = run ] && sleep 1 && exec {sys.executable} serves.py 2>/dev/null')
    served = run(made, "serve-once.sh", str(made))
    assert (served.returncode, served.stderr) == (0, "")
    assert (made / "asked").read_text("utf-8").split() == ["/readyz", "/"]


def test_a_front_page_that_fails_or_a_make_run_that_ends_by_itself_fails(made):
    (made / "serves.py").write_text(SERVES.replace("{amiss}", "/"), "utf-8")
    program(made, "make", f"exec {sys.executable} serves.py 2>/dev/null")
    amiss = run(made, "serve-once.sh", str(made))
    assert (amiss.returncode, amiss.stderr) == (1, "The front page is not answered.\n")
    program(made, "make", "exit 2")
    gone = run(made, "serve-once.sh", str(made))
    assert (gone.returncode, gone.stderr) == (1, "It is not served.\n")


def test_ci_serves_the_demo_and_then_once_more():
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    after = lines[lines.index("make test </dev/null") :]
    assert after.count('deploy/serve-once.sh "$home"') == 2


def test_nothing_may_be_skipped_in_ci():
    text = (ROOT / ".ci" / "run").read_text("utf-8")
    for what in ("SAMPLES", "POSTGRES", "BROWSER"):
        assert f"LA_{what}_REQUIRED=1" in text

"""The start: a server that cannot serve says why in one sentence and ends."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from data_access import keys
from tests.tree import ROOT

pytestmark = pytest.mark.server


def started_on(home: Path, *command: str) -> str:
    """What a server on this installation prints before it gives up; it must give up."""
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env={**os.environ, "LA_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode != 0
    return done.stdout + done.stderr


UVICORN = ("uvicorn", "app:app", "--host=127.0.0.1", "--port=0")
STREAMLIT = ("streamlit", "run", "app.py", "--server.port=0")


@pytest.mark.parametrize("command", [UVICORN, STREAMLIT], ids=["uvicorn", "streamlit"])
def test_without_an_installation_it_says_how_to_make_one(tmp_path, command):
    said = started_on(tmp_path / "nothing", *command)
    assert "There is no up-to-date database here yet." in said
    assert "Traceback" not in said


def test_without_its_keys_it_names_the_one_that_is_missing(template, tmp_path):
    home = shutil.copytree(template, tmp_path / "home")
    (home / "keys" / keys.NAMES[0]).unlink()
    said = started_on(home, *UVICORN)
    assert f"The key {home / 'keys' / keys.NAMES[0]} is missing." in said
    assert "Traceback" not in said


def test_with_a_policy_that_cannot_be_read_it_names_the_file(template, tmp_path):
    home = shutil.copytree(template, tmp_path / "home")
    (home / "policy").mkdir()
    (home / "policy" / "access.toml").write_text("idle_minutes = 'long'", "utf-8")
    said = started_on(home, *UVICORN)
    assert "access.toml" in said
    assert "Traceback" not in said


LOADS = """
import importlib, sys
from tests.tree import ROOT, imported
from pages import PAGES
from web import opening

opening.load()
before = set(sys.modules)
for script in (ROOT / "web" / "main.py", *(page.script for page in PAGES)):
    for name in sorted(imported(script)):
        try:
            importlib.import_module(name)
        except ModuleNotFoundError:
            pass  # a name that the script takes from a module
print(sorted(set(sys.modules) - before))
"""


def test_before_the_first_request_all_is_loaded_that_any_page_imports():
    done = subprocess.run([sys.executable, "-c", LOADS], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stdout == "[]\n", done.stderr

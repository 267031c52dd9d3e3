"""The folder of a load: the owner's alone, gone with the load, and what a killed one left gone with the next."""

import stat
import subprocess
import sys
from pathlib import Path

from data_access.engine.folders import folder
from tests.tree import ROOT

HOLD = """
import sys
from pathlib import Path
from data_access.engine.folders import folder
with folder(Path(sys.argv[1])) as own:
    (own / "names").write_text("Ann Oakes")
    print(own, flush=True)
    sys.stdin.read()
"""


def holding(home: Path) -> tuple[subprocess.Popen[str], Path]:
    """Another process with a folder of its own, and that folder."""
    words = [sys.executable, "-c", HOLD, str(home)]
    process = subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    return process, Path(process.stdout.readline().strip())


def test_nobody_else_may_look_into_the_folder_and_it_is_gone_with_the_load(tmp_path):
    with folder(tmp_path) as own:
        assert own.parent == tmp_path / "staging"
        assert {stat.S_IMODE(path.stat().st_mode) for path in (own, own.parent)} == {0o700}
        (own / "names").touch()
    assert list(own.parent.iterdir()) == []


def test_what_a_killed_load_left_is_gone_with_the_next_and_what_a_living_one_has_stays(tmp_path):
    dead, left = holding(tmp_path)
    living, own = holding(tmp_path)
    with folder(tmp_path), dead, living:
        assert (left / "names").exists()
        dead.kill()
        dead.communicate()
        with folder(tmp_path) as mine:
            assert sorted(own.parent.glob("*/names")) == [own / "names"]
            assert mine != own
        living.communicate()
    assert list(own.parent.iterdir()) == []

"""The reading child of a load that was killed ends with it."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tree import ROOT

MANY = 3_000_000
"""Rows that take much longer to read than this test waits."""

READ = """
import sys
from pathlib import Path
from ingest import sandbox
from ingest.limits import FROM_COMMAND
from privacy.labels import Source
sandbox.read(Path(sys.argv[1]), Source.VLE, None, FROM_COMMAND, Path(sys.argv[2]))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent has ended")
def test_the_reading_child_ends_with_the_load_that_started_it(tmp_path):
    days = tmp_path / "days.csv"
    days.write_text("student_id,module_id,day,views\n" + "w1,M1,2026-11-18,1\n" * MANY)
    with subprocess.Popen([sys.executable, "-c", READ, days, tmp_path], cwd=ROOT) as load:
        until(lambda: (tmp_path / "vle-days.arrow").exists())
        [child] = Path(f"/proc/{load.pid}/task/{load.pid}/children").read_text().split()
        assert alive(child)
        load.kill()
    until(lambda: not alive(child))
    assert not (tmp_path / "summary.json").exists()  # it had not come to its end


def alive(process: str) -> bool:
    """Whether a process runs."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except FileNotFoundError:
        return False


def until(so: Callable[[], bool]) -> None:
    """Wait for something; it may take ten seconds."""
    for _ in range(1000):
        if so():
            return
        time.sleep(0.01)
    raise AssertionError("it took more than ten seconds")

"""A whole OULAD load: wall, CPU and memory of its parts, beside bare DuckDB and bare SQLite in the same run.

python -m bench.load_oulad [FOLDER]
"""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench import machine

TITLES = {
    "aggregate": "bare DuckDB: clicks to days",
    "insert": "bare DuckDB and SQLite: days in one table",
    "read": "reading all seven tables",
    "store": "reading and storing",
    "again": "the same again, nothing changes",
    "rate": "working out all ratings",
}
SAMPLES = Path(os.environ.get("LA_SAMPLES", Path(__file__).parents[2] / "shared" / "data"))


@dataclass(frozen=True)
class Cost:
    """Seconds of wall and CPU, and the peak of resident memory in MB, the interpreter's start included."""

    wall: float
    cpu: float
    peak: int


def main(folder: Path) -> None:
    """Run every part once, and print the table."""
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch)
        costs = {phase: _cost(phase, home, folder) for phase in TITLES}
        size = (home / "learner-analytics.db").stat().st_size / 1e6
    bare = {"read": "aggregate", "store": "insert", "again": "insert"}
    print(f"OULAD, all of 2013 in the past: 4,113,756 lines of clicks. {machine.words()}\n")
    print(f"{'':45}{'wall s':>8}{'CPU s':>8}{'peak MB':>9}{'CPU, times bare':>17}")
    for phase, title in TITLES.items():
        cost = costs[phase]
        times = f"{cost.cpu / costs[bare[phase]].cpu:.1f}" if phase in bare else ""
        print(f"{title:45}{cost.wall:8.1f}{cost.cpu:8.1f}{cost.peak:9}{times:>17}")
    print(f"\nDatabase with ratings: {size:.0f} MB.")


def _cost(phase: str, home: Path, folder: Path) -> Cost:
    began = time.perf_counter()
    command = [sys.executable, "-m", "bench.load_phases", phase, str(home), str(folder)]
    child = subprocess.Popen(command, cwd=Path(__file__).parents[1])
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{phase} failed")
    return Cost(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES / "oulad")

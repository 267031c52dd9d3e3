"""Loads and their rival as processes of their own, and what each cost."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Cost:
    """Seconds of wall; of our process and of the reading child seconds of CPU and the peak of memory in MB.

    A child begins as a copy of our process: its peak is never told as less than what ours held then.
    """

    wall: float
    own_cpu: float
    own_peak: int
    child_cpu: float = 0
    child_peak: int = 0


def load(folder: Path, home: Path, system: str, path: Path, *more: str) -> Cost:
    """A load to its end; `more` are options."""
    began = time.perf_counter()
    with started(folder, home, system, path, *more) as process:
        said, _ = process.communicate()
    if process.returncode:
        raise SystemExit(f"{system} failed: {said}")
    (own, own_peak), (child, child_peak) = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return Cost(time.perf_counter() - began, own, own_peak, child, child_peak)


def started(folder: Path, home: Path, system: str, path: Path, *more: str) -> subprocess.Popen[str]:
    """A load that has just begun."""
    environment = {**os.environ, "LA_HOME": str(home)}
    begin = [sys.executable, "-m", "bench.load_cost", str(folder / "report.json"), "load"]
    words = [*begin, system, str(path), "--json", "--yes", *more]
    return subprocess.Popen(words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


def rival(path: Path) -> Cost:
    """The rival's reading of the same file."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "bench.load_rival", str(path)], cwd=ROOT)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Cost(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)

"""Reading a file in a child process that is bounded, watched, and killed when it does not come back."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

from ingest.found import NotReadable, name_of
from ingest.limits import Limits
from ingest.staging import Staged, staged
from privacy.labels import Source

_ROOT = Path(__file__).parents[1]


def read(path: Path, system: Source, format: str | None, limits: Limits, folder: Path) -> Staged:
    """What the file holds, staged in `folder`. NotReadable when it is refused, or too much for the child.

    The child gets no environment but where our code lies: no keys, no database.
    """
    orders = {
        "path": str(path.resolve()),
        "system": system,
        "format": format,
        "limits": asdict(limits),
        "folder": str(folder),
        "parent": os.getpid(),
    }
    try:
        child = subprocess.run(
            [sys.executable, "-P", "-W", "ignore", "-m", "ingest.reader"],
            input=json.dumps(orders) + "\n",
            text=True,
            env={"PYTHONPATH": str(_ROOT), "PATH": os.defpath, "OMP_NUM_THREADS": "1"},
            cwd=folder,
            capture_output=True,
            timeout=limits.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise _too_slow(path, limits) from slow
    found = staged(folder)
    if found is None:
        if child.returncode == -signal.SIGXCPU:
            raise _too_slow(path, limits)
        if child.returncode > 0 and "MemoryError" not in child.stderr:
            raise RuntimeError(f"the reader failed: {child.stderr}")  # a fault of ours, not of the file
        raise NotReadable(
            "memory", f"{name_of(path)}: reading needed more memory than it may and was stopped."
        )
    if found.summary.refused:
        raise NotReadable(found.summary.refused_kind, found.summary.refused)
    return found


def _too_slow(path: Path, limits: Limits) -> NotReadable:
    return NotReadable(
        "time", f"{name_of(path)}: reading took longer than {limits.seconds} seconds and was stopped."
    )

"""The folder that a load needs while it lasts: under `$LA_HOME/staging`, the owner's alone, and gone with the load.

A load that was killed cannot take its folder away; the next one does.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp


@contextmanager
def folder(home: Path) -> Iterator[Path]:
    """A folder of this load's own, readable by nobody else. What dead loads left behind is taken away first."""
    place = home / "staging"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _locked(place):  # nobody takes a folder for a dead one's that is not marked as ours yet
        for left in place.iterdir():
            _clear(left)
        own = Path(mkdtemp(prefix="load-", dir=place))
        mark = os.open(own, os.O_RDONLY)
        fcntl.flock(mark, fcntl.LOCK_EX)
    try:
        yield own
    finally:
        shutil.rmtree(own, ignore_errors=True)
        os.close(mark)


@contextmanager
def _locked(place: Path) -> Iterator[None]:
    opened = os.open(place, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield
    finally:
        os.close(opened)


def _clear(left: Path) -> None:
    """Take a folder away unless its load is alive: the lock on a folder ends with its process, however that ends."""
    opened = os.open(left, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(left, ignore_errors=True)
    except BlockingIOError:
        pass
    finally:
        os.close(opened)

"""What broke in a command: its trace in a file of the installation, and for the person a reference to quote."""

import logging
import os
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from uuid import uuid4

_LOG = logging.getLogger("learner_analytics.jobs")
_NAME = "faults.log"
_LARGEST = 1 << 20  # bytes; beyond them a new file begins, and the one before the last goes


class _Kept(RotatingFileHandler):
    """A file that this account alone reads: a value of somebody's may stand in a trace. `lost` when it failed."""

    lost = False

    def _open(self) -> TextIOWrapper:
        path = Path(self.baseFilename)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's name
        self.lost = True


def keep() -> _Kept:
    """From here on the traces of a command go to `faults.log` in the installation, made with the first of them."""
    # Not from the settings, which may be what is broken.
    path = Path(os.environ.get("LA_HOME", "var")) / _NAME
    kept = _Kept(path, maxBytes=_LARGEST, backupCount=1, encoding="utf-8", delay=True)
    kept.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    _LOG.addHandler(kept)
    return kept


def told(fault: Exception, kept: _Kept) -> str:
    """Write the trace down; the one sentence with the reference under which it stands there."""
    reference = uuid4().hex[:8]
    _LOG.error("reference %s", reference, exc_info=fault)
    where = f"{kept.baseFilename} cannot be written" if kept.lost else f"more of it is in {kept.baseFilename}"
    kind = type(fault).__name__
    return f"Something went wrong here, not in what you typed: {kind}. Reference {reference}; {where}."

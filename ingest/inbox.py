"""The watched folder: what the four systems put there is loaded, and moved to where its outcome is seen.

DIR/vle/clicks.csv is loaded as an export of the VLE and moved to DIR/vle/done/, or to DIR/vle/refused/ with
clicks.csv.txt beside it, which says why. A folder or an archive is loaded as a whole.
"""

import logging
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from auth.refusals import Refusal, StoreBusy
from auth.viewer import Viewer
from data_access import settings
from data_access.engine import folders
from data_access.leases import LeaseTaken
from data_access.loads import LoadedMeanwhile, Report
from ingest import load
from ingest.found import name_of
from ingest.limits import FROM_COMMAND
from policy.days import LONDON
from privacy.labels import SYSTEMS, Source

_STILL = timedelta(seconds=60)
"""What was changed more recently may still be growing."""
_DONE, _REFUSED = "done", "refused"


class NoInbox(Refusal):
    """There is no such folder."""


@dataclass(frozen=True)
class Outcome:
    """What became of one thing that lay in the inbox. `why` says so where it was refused or has to wait."""

    system: Source
    name: str
    state: str
    why: str = ""
    report: Report | None = None


@dataclass(frozen=True)
class Lying:
    """One thing to load: a file, a folder or an archive."""

    system: Source
    path: Path
    changed: datetime

    @property
    def name(self) -> str:
        """What it is called, as it can be shown."""
        return name_of(self.path)


def lying(folder: Path, at: datetime) -> list[Lying]:
    """What lies there to be loaded: system by system in the order of loading, and of each the oldest first.

    Left alone is what may still be growing, what is hidden, and links. Raises NoInbox without the folder.
    """
    if not folder.is_dir():
        raise NoInbox(f"There is no folder {folder}. Make it, with folders in it: {', '.join(SYSTEMS)}.")
    return [found for system in SYSTEMS for found in _of(system, folder / system, at)]


def take(
    viewer: Viewer, found: Lying, at: datetime, still_mine: Callable[[], None] = lambda: None
) -> Outcome:
    """Load one thing and move it. It stays where it is when another load got in between: the next run tries again.

    `still_mine` is called again and again meanwhile; it raises LeaseTaken when it is another's turn by now.
    """
    try:
        with folders.folder(settings().home) as folder:
            limits = FROM_COMMAND
            prepared = load.read(viewer, found.system, found.path, None, limits, folder, at, found.changed)
            still_mine()
            report = load.store(viewer, prepared, at, lambda done, total: still_mine())
    except (LoadedMeanwhile, LeaseTaken, StoreBusy) as later:
        return Outcome(found.system, found.name, "left", str(later))
    except Refusal as refusal:
        return _refused(found, str(refusal), at)
    except Exception:
        reference = uuid4().hex[:8]
        logging.getLogger("learner_analytics.jobs").exception("reference %s", reference)
        return _refused(found, f"Something went wrong here, not in the file. Reference {reference}.", at)
    if _changed(found.path) == found.changed:  # else it came anew while it was read: the next run's
        _moved(found, _DONE, at)
    return Outcome(found.system, found.name, str(report.state), report=report)


def _of(system: Source, folder: Path, at: datetime) -> Iterator[Lying]:
    if not folder.is_dir():
        return
    there = [p for p in folder.iterdir() if p.name not in (_DONE, _REFUSED) and not p.name.startswith(".")]
    found = [Lying(system, path, _changed(path)) for path in there if not path.is_symlink()]
    yield from sorted((f for f in found if f.changed <= at - _STILL), key=lambda f: (f.changed, f.path.name))


def _changed(path: Path) -> datetime:
    """When it was last changed: of a folder, the newest of all that is in it."""
    inside = path.rglob("*") if path.is_dir() else ()
    return datetime.fromtimestamp(max(p.lstat().st_mtime for p in (path, *inside)), UTC)


def _refused(found: Lying, why: str, at: datetime) -> Outcome:
    moved = _moved(found, _REFUSED, at)
    moved.with_name(f"{moved.name}.txt").write_text(f"{why}\n", encoding="utf-8")
    return Outcome(found.system, found.name, "refused", why)


def _moved(found: Lying, where: str, at: datetime) -> Path:
    """Move it; where something of the name lies there already, with the time before its name."""
    target = found.path.parent / where / found.path.name
    target.parent.mkdir(exist_ok=True)
    if target.exists():
        target = target.with_name(f"{at.astimezone(LONDON):%Y-%m-%dT%H%M%S} {found.path.name}")
    return Path(shutil.move(found.path, target))

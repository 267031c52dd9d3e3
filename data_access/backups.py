"""A copy of the database while it is in use, and the way back: what has ended since stays ended.

On SQLite alone, through SQLite's own online copy; PostgreSQL has programs of its own for it. Keys are never in a
copy: they are backed up apart, so that a copy alone opens no sensitive note.
"""

import hashlib
import json
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

from auth.refusals.files import BackupDamaged, BackupElsewhere, FolderTaken
from auth.viewer import Role, Viewer
from data_access import access_log, contracts, database, gate, migrations, restoring, tombstones, watermarks
from data_access.access_log import Line
from data_access.restoring import Ended
from policy.processors import Integration

FILES = ("equality.db", "access-log.db")
"""Beside the records themselves. The log in a copy is for reading: a restore never takes an older log."""
_MANIFEST = "manifest.json"


def make(viewer: Viewer, folder: Path, at: datetime) -> dict[str, str]:
    """Copy into a new folder; the SHA-256 of each file. FolderTaken, BackupElsewhere on PostgreSQL. For jobs.

    ContractOver, and nothing is copied, where a processor keeps the backups and its contract does not run.
    """
    gate.only(viewer, "backed_up", at, Role.SERVICE)
    contracts.needed(Integration.BACKUP, at)
    home = _home()
    if folder.exists() and any(folder.iterdir()):
        raise FolderTaken
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    digests = {}
    for path in (home, *(home.with_name(name) for name in FILES)):
        if path.is_file():
            copied = folder / path.name
            _copy(path, copied)
            digests[path.name] = _digest(copied)
    said = {"made": at.isoformat(), "records": home.name, "files": digests}
    (folder / _MANIFEST).write_text(json.dumps(said, indent=2), encoding="utf-8")
    return digests


def restore(viewer: Viewer, folder: Path, at: datetime) -> Ended:
    """Put a copy in the place of what is here, and end anew what has ended since; how much that was.

    By a named administrator, while nothing is served. BackupDamaged, or TombstonesBroken where the list of what has
    ended is not whole, before anything is changed.
    """
    gate.only(viewer, "restored", at, Role.ADMINISTRATOR)
    home = _home()
    said = _manifest(folder)
    tombstones.whole(_seen(folder / said["records"]))
    with database.logging() as connection:
        access_log.append(connection, Line(viewer, "restored", (), at))
    for name in said["files"]:
        if name != "access-log.db":
            _copy(folder / name, home if name == said["records"] else home.with_name(name))
    migrations.upgrade(database.settings())
    return restoring.carry_out(Viewer.service("restore"), at)


def _home() -> Path:
    url = make_url(database.settings().url)
    if url.get_backend_name() != "sqlite":
        raise BackupElsewhere
    return Path(url.database or "")


def _manifest(folder: Path) -> Any:
    path = folder / _MANIFEST
    if not path.is_file():
        raise BackupDamaged(f"{folder} holds no {_MANIFEST}, so it is no backup of this application.")
    said = json.loads(path.read_text(encoding="utf-8"))
    for name, digest in said["files"].items():
        if not (folder / name).is_file() or _digest(folder / name) != digest:
            raise BackupDamaged(f"{folder / name} is not as it was written. Take another backup.")
    return said


def _seen(records: Path) -> int:
    """How many lines of the list of what has ended the copy has seen; an older one knows of no list."""
    with closing(sqlite3.connect(records)) as copy:
        asked = "SELECT number FROM watermark WHERE name = ?"
        with suppress(sqlite3.OperationalError):
            row = copy.execute(asked, (watermarks.TOMBSTONES,)).fetchone()
            return row[0] if row else 0
    return 0


def _copy(there: Path, here: Path) -> None:
    with sqlite3.connect(there) as source, sqlite3.connect(here) as target:
        source.backup(target)
    target.close()
    source.close()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""A load from the file to the ratings: what the command, the watched folder and the page have in common."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import policy
from auth.refusals import CharacteristicsNotKept, Refusal, StoreBusy
from auth.viewer import Viewer
from data_access import equality, loads, quarantine, ratings
from data_access.loads import snapshots
from data_access.loads.known import known
from data_access.records.characteristics import CharacteristicsRecord
from ingest import batches, questions, sandbox
from ingest.batches import Handed, Prepared
from ingest.found import NotReadable, name_of
from ingest.limits import Limits
from privacy.labels import Source

Progress = Callable[[int, int], None]

JOB = Viewer.service("load")
"""Looks up what the rows may speak of, and rates afterwards, whoever hands the file in."""


class NeedsAYes(Refusal):
    """This needs a person's yes. Nothing was stored."""


def read(
    viewer: Viewer,
    system: Source,
    path: Path,
    format: str | None,
    limits: Limits,
    folder: Path,
    at: datetime,
    taken_at: datetime | None = None,
) -> Prepared:
    """Read the file in a process of its own, staged in `folder`, and say what a load of it would do.

    Keep the folder until it is stored. Without `taken_at` the export was taken when its files were last
    changed. Raises a Refusal when the file as a whole cannot be read; its sentence says why.
    """
    before = snapshots.last_rows(viewer, system, at)
    try:
        staged = sandbox.read(path, system, format, limits, folder)
    except NotReadable as fault:
        raise Refusal(str(fault)) from fault
    handed = Handed(system, name_of(path), digest(path), min(taken_at or _changed(path), at))
    here, rules = known(JOB, system, at), policy.current().institution.regulations
    mended = quarantine.mended(JOB, system, handed.sha256, at)
    prepared = batches.prepare(staged, handed, here, quarantine.held(JOB, system, at), mended, rules, at)
    return replace(prepared, questions=tuple(questions.of(prepared.batch, before)))


def store(
    viewer: Viewer,
    prepared: Prepared,
    at: datetime,
    progress: Progress | None = None,
    *,
    confirmed: bool = False,
) -> loads.Report:
    """Store what was read, all or nothing, and rate again what it touched; then the characteristics, in their store.

    Raises NeedsAYes while there are questions and nobody has `confirmed`, what `loads.store` raises, and
    CharacteristicsNotKept when only these could not be stored: the next load of the same file mends it.
    """
    if prepared.questions and not confirmed:
        asked = " ".join(prepared.questions)
        raise NeedsAYes(f"{asked} Nothing was stored. If that is right, load it with --yes.")
    stored = loads.store(viewer, prepared.batch, at, progress)
    try:
        told = _told(prepared.characteristics, at)
    finally:
        stored = rated(stored, at, progress)
    return replace(stored, characteristics=told)


def _told(apart: CharacteristicsRecord | None, at: datetime) -> int | None:
    """Of how many students characteristics are kept now; None where the file tells of none."""
    if apart is None:
        return None
    try:
        return equality.put(JOB, apart.profiles, at, whole=apart.whole, refused=apart.refused)
    except StoreBusy as fault:  # the records are stored by now, and who loads must not think otherwise
        raise CharacteristicsNotKept from fault


def rated(stored: loads.Report, at: datetime, progress: Progress | None = None) -> loads.Report:
    """The report of a load, after the modules that it touched were rated again."""
    return replace(stored, rated=ratings.refresh_stale(JOB, at, progress))


def digest(path: Path) -> str:
    """The SHA-256 of a file, or of a folder's files in the order of their names."""
    found = sha256()
    for file in _files(path):
        with file.open("rb") as content:
            while piece := content.read(1 << 20):
                found.update(piece)
    return found.hexdigest()


def _changed(path: Path) -> datetime:
    """When the newest of the files was last changed."""
    return datetime.fromtimestamp(max((f.stat().st_mtime for f in _files(path)), default=0), UTC)


def _files(path: Path) -> list[Path]:
    return sorted(p for p in path.iterdir() if p.is_file()) if path.is_dir() else [path]

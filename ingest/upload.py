"""A file handed in through a page: in a private folder while it is read, and gone from there whatever happens."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from auth.refusals import Refusal
from auth.viewer import Viewer
from data_access import settings
from data_access.engine import folders
from data_access.loads import Report
from engagement.checked import Checked
from ingest import formats, load
from ingest.batches import Prepared
from ingest.limits import FROM_PAGE
from ingest.load import Progress
from privacy.labels import SYSTEMS, Source

_LONGEST = 100  # characters of a file's name


class CheckAgain(Refusal):
    """The file is not the one that was checked, or what is stored has changed since. Please check it again."""


def titles() -> dict[Source, dict[str, str]]:
    """The formats of each system by name, in words."""
    return {system: {f.name: f.title for f in formats.FORMATS if f.system is system} for system in SYSTEMS}


def check(
    viewer: Viewer,
    system: Source,
    format: str | None,
    name: str,
    content: bytes,
    taken_at: datetime,
    at: datetime,
) -> Checked:
    """What a load of the file would do. Nothing is stored, and nothing of the file is left.

    Without `format` its content tells. Raises a Refusal when the file as a whole cannot be read.
    """
    with _read(viewer, system, format, name, content, taken_at, at) as prepared:
        batch = prepared.batch
        return Checked(
            system=system,
            file=batch.file,
            sha256=batch.sha256,
            taken_at=taken_at,
            format=batch.format,
            title=formats.named(batch.format, system).title,
            rows=batch.counted.rows,
            accepted=batch.counted.accepted,
            quarantined=batch.counted.quarantined,
            held_back=batch.counted.held_back,
            repeated=batch.counted.repeated,
            sheets=prepared.sheets,
            reasons=batch.counted.reasons,
            noted=batch.counted.noted,
            notes=prepared.notes,
            unmatched=len(batch.unmatched),
            questions=prepared.questions,
        )


def store(
    viewer: Viewer,
    checked: Checked,
    content: bytes,
    at: datetime,
    progress: Progress | None = None,
    *,
    confirmed: bool,
) -> Report:
    """Read the checked file once more and store it, all or nothing.

    It is read again, because between the check and the person's yes nothing of it is kept. Raises CheckAgain
    when that finds another file or other questions than the check did, and what `ingest.load.store` raises.
    """
    found = checked.system, checked.format, checked.file, content, checked.taken_at
    with _read(viewer, *found, at) as prepared:
        if (prepared.batch.sha256, prepared.questions) != (checked.sha256, checked.questions):
            raise CheckAgain
        return load.store(viewer, prepared, at, progress, confirmed=confirmed)


@contextmanager
def _read(
    viewer: Viewer,
    system: Source,
    format: str | None,
    name: str,
    content: bytes,
    taken_at: datetime,
    at: datetime,
) -> Iterator[Prepared]:
    """What was read, for as long as its folder is there. The folder is the owner's alone (0700)."""
    with folders.folder(settings().home) as folder:
        handed, staging = folder / "handed-in", folder / "staging"
        handed.mkdir()
        staging.mkdir()
        file = handed / safe(name)
        file.write_bytes(content)
        yield load.read(viewer, system, file, format, FROM_PAGE, staging, at, taken_at)


def safe(name: str) -> str:
    """The file's own name without a path, hidden beginnings and odd characters; its endings stay."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = re.sub(r"[^\w. ()+-]", "-", last).lstrip(". ").strip()
    stem, dot, endings = plain.partition(".")
    return f"{stem[:_LONGEST]}{dot}{endings[-_LONGEST:]}" or "file"

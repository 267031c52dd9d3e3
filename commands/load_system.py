"""`manage.py load student-records|vle|timetable|attendance`: what one of the four systems exports."""

from pathlib import Path
from tempfile import TemporaryDirectory

import policy
from auth.refusals import Refusal
from auth.viewer import Viewer
from commands import output, start
from commands.counted import counts, told
from data_access import loads, ratings
from data_access.loads import Report
from data_access.loads.known import known
from data_access.tables import RunState
from ingest import batches, sandbox
from ingest.batches import Prepared
from ingest.found import NotReadable
from ingest.limits import FROM_COMMAND
from policy.days import london_day
from privacy.labels import Source

_JOB = Viewer.service("load")
_TOO_MANY = 20  # one bad row in so many needs a person's yes


class TooManyBadRows(Refusal):
    """More than one row in twenty cannot be taken in. Look at the reasons above; load with --yes if that is right."""


def load(system: Source, path: Path, format: str | None, *, check: bool, yes: bool, json: bool) -> None:
    """Read the file in a process of its own and, but for a check, store and rate what it brings."""
    start.prepared()
    with TemporaryDirectory(prefix="la-staging-") as folder:
        prepared = _read(system, path, format, Path(folder))
        stored = None if check else _store(prepared, yes, json)
        output.say(json, _values(prepared, stored), "\n".join(_sentences(prepared, stored)))


def _read(system: Source, path: Path, format: str | None, folder: Path) -> Prepared:
    try:
        staged = sandbox.read(path, system, format, FROM_COMMAND, folder)
    except NotReadable as fault:
        raise Refusal(str(fault)) from fault
    at = start.now()
    rules = policy.current().institution.regulations
    return batches.prepare(staged, system, path, known(_JOB, system, at), rules, london_day(at))


def _store(prepared: Prepared, yes: bool, json: bool) -> Report:
    counted, at = prepared.batch.counted, start.now()
    if counted.quarantined * _TOO_MANY > counted.rows and not yes:
        output.say(json, _values(prepared, None), "\n".join(told(counted)))
        raise TooManyBadRows
    with output.progress(json, "Storing") as report:
        stored = loads.store(_JOB, prepared.batch, at, report)
    with output.progress(json, "Rating") as report:
        ratings.refresh(_JOB, at, report)
    return stored


def _values(prepared: Prepared, stored: Report | None) -> dict[str, object]:
    batch = prepared.batch
    return {
        "format": batch.format,
        **counts(batch.counted),
        "by_reason": batch.counted.reasons,
        "noted": batch.counted.noted,
        "notes": list(prepared.notes),
        "unmatched": len(batch.unmatched),
        "run": stored.run if stored else None,
        "state": stored.state if stored else None,
    }


def _sentences(prepared: Prepared, stored: Report | None) -> list[str]:
    batch = prepared.batch
    lines = [f"Read as {batch.format}.", *prepared.notes, *told(batch.counted)]
    if batch.unmatched:
        lines.append(f"{len(batch.unmatched):,} keys belong to nobody here.")
    if stored is None:
        return [*lines, "Nothing was stored."]
    same = stored.state is RunState.UNCHANGED
    return [*lines, "All of it was here already; nothing changed." if same else "Stored and rated."]

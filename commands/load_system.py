"""`manage.py load student-records|vle|timetable|attendance`: what one of the four systems exports."""

from datetime import datetime
from pathlib import Path

from commands import output, start
from commands.counted import counts, told
from data_access.engine import folders
from data_access.loads import Report
from data_access.record_faults import record_faults
from data_access.tables import RunState
from engagement import words
from engagement.record_fault import RecordFault
from ingest import load as loading
from ingest.batches import Prepared
from ingest.limits import FROM_COMMAND
from privacy.labels import Source


def load(
    system: Source,
    path: Path,
    format: str | None,
    taken_at: datetime | None,
    *,
    check: bool,
    yes: bool,
    json: bool,
) -> None:
    """Read the file in a process of its own and, but for a check, store and rate what it brings."""
    settings = start.prepared()
    with folders.folder(settings.home) as folder:
        at = start.now()
        prepared = loading.read(loading.JOB, system, path, format, FROM_COMMAND, folder, at, taken_at)
        stored = None if check else _store(prepared, yes, json)
        faults = _faults(system, stored)
        said = values(prepared, stored) | {"record_faults": {fault.kind: fault.count for fault in faults}}
        output.say(json, said, "\n".join([*_sentences(prepared, stored), *map(_fault, faults)]))


def _store(prepared: Prepared, yes: bool, json: bool) -> Report:
    with output.progress(json, "Storing and rating") as report:
        try:
            return loading.store(loading.JOB, prepared, start.now(), report, confirmed=yes)
        except loading.NeedsAYes:
            output.say(json, values(prepared, None), "\n".join(told(prepared.batch.counted)))
            raise


def _faults(system: Source, stored: Report | None) -> list[RecordFault]:
    """What looks wrong in student records, once they have been stored."""
    if system is not Source.STUDENT_RECORDS or stored is None:
        return []
    return [fault for fault in record_faults(loading.JOB, start.now()) if fault.count]


def _fault(fault: RecordFault) -> str:
    more = ", …" if fault.count > len(fault.keys) else ""
    return f"{fault.count:,}: {fault.sentence}\n  {', '.join(fault.keys)}{more}"


def values(prepared: Prepared, stored: Report | None) -> dict[str, object]:
    """What became of the file, for machines."""
    batch = prepared.batch
    return {
        "format": batch.format,
        **counts(batch.counted),
        "by_reason": batch.counted.reasons,
        "noted": batch.counted.noted,
        "notes": list(prepared.notes),
        "questions": list(prepared.questions),
        "unmatched": len(batch.unmatched),
        "run": stored.run if stored else None,
        "state": stored.state if stored else None,
        "corrected": stored.corrected if stored else None,
        "late": stored.late if stored else None,
        "rated": stored.rated if stored else None,
        "characteristics": stored.characteristics if stored else None,
    }


def _sentences(prepared: Prepared, stored: Report | None) -> list[str]:
    batch = prepared.batch
    lines = [f"Read as {batch.format}.", *prepared.notes, *told(batch.counted)]
    if batch.unmatched:
        lines.append(f"{len(batch.unmatched):,} keys belong to nobody here.")
    if stored is None:
        return [*lines, *prepared.questions, "Nothing was stored."]
    if stored.state is RunState.UNCHANGED:
        return [*lines, "All of it was here already; nothing changed.", *_apart(stored)]
    return [*lines, "Stored.", changed(stored), *_apart(stored)]


def _apart(stored: Report) -> list[str]:
    """What was not compared with what was here, because nobody may see it."""
    if stored.characteristics is None:
        return []
    students = words.of(stored.characteristics, "student")
    return [f"Characteristics of {students} are kept anew, apart from the records."]


def changed(stored: Report) -> str:
    """What a load did to what was here before."""
    return (
        f"{stored.late:,} rows came late, {stored.corrected:,} corrected earlier ones; "
        f"{stored.rated:,} modules were rated again."
    )

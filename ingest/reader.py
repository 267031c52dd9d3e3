"""The child that reads: `python -P -m ingest.reader`, a process that may be killed without harm.

It takes its orders as one JSON line on its input, limits itself, reads, and leaves a staging folder.
"""

import json
import resource
import sys
from pathlib import Path

from ingest import bundle, formats
from ingest.check import checked
from ingest.format import Format
from ingest.found import Fault, Found, Note, NotReadable, Row, Skipped
from ingest.limits import Limits
from ingest.staging import Stage, Summary
from privacy.labels import Source


def main() -> None:
    """Read as ordered."""
    orders = json.loads(sys.stdin.readline())
    limits = Limits(**orders["limits"])
    _limit(limits)
    read(Path(orders["path"]), Source(orders["system"]), orders["format"], limits, Path(orders["folder"]))


def _limit(limits: Limits) -> None:
    """Bound this process's memory and CPU time; what exceeds them dies, and only it."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(path: Path, system: Source, name: str | None, limits: Limits, folder: Path) -> Summary:
    """Stage all that is in the file. A file refused as a whole leaves a summary that says why, and no rows."""
    stage, summary = Stage(folder), Summary()
    try:
        with bundle.opened(path, limits) as members:
            chosen = formats.named(name, system) if name else formats.guessed(members, system)
            summary.format = chosen.name
            _read(chosen, members, limits, stage, summary)
    except NotReadable as refusal:
        summary.refused, summary.refused_kind = str(refusal), refusal.kind
    stage.close(summary)
    return summary


def _read(
    chosen: Format, members: tuple[bundle.Member, ...], limits: Limits, stage: Stage, summary: Summary
) -> None:
    for found in chosen.read(members, limits):
        _take(found, stage, summary)


def _take(found: Found, stage: Stage, summary: Summary) -> None:
    match found:
        case Row():
            summary.rows += 1
            record, faults = checked(found)
            if record is None:
                _faulty(faults, stage, summary)
            else:
                summary.accepted[found.sheet.sheet] += 1
                stage.add(record, found.line, found.file)
        case Fault():
            summary.rows += 1
            _faulty([found], stage, summary)
        case Skipped():
            summary.rows += 1
            summary.skipped[found.reason] += 1
        case Note():
            if found.sentence not in summary.notes:
                summary.notes.append(found.sentence)


def _faulty(faults: list[Fault], stage: Stage, summary: Summary) -> None:
    summary.faulty += 1
    summary.reasons[faults[0].kind] += 1
    for fault in faults:
        stage.fault(fault)


if __name__ == "__main__":
    main()

"""The child that reads: `python -P -m ingest.reader`, a process that may be killed without harm.

It takes its orders as one JSON line on its input, limits itself, reads, and leaves a staging folder.
"""

import ctypes
import json
import os
import resource
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from ingest import bundle, formats
from ingest.check import checked, mended
from ingest.found import Fault, Found, Headed, Note, NotReadable, Row, Skipped, name_of, naming
from ingest.limits import Limits
from ingest.staging import Stage, Summary
from privacy.labels import Source

_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Read as ordered."""
    sys.excepthook = _say_where
    orders = json.loads(sys.stdin.readline())
    _end_with(orders["parent"])
    limits = Limits(**orders["limits"])
    _limit(limits)
    read(Path(orders["path"]), Source(orders["system"]), orders["format"], limits, Path(orders["folder"]))


def _end_with(parent: int) -> None:
    """Be killed when the load that started this process ends, however it ends. Linux only; elsewhere it reads on."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it ended before it could be asked
            os.kill(os.getpid(), signal.SIGKILL)


def _say_where(kind: type[BaseException], _: BaseException, trace: TracebackType | None) -> None:
    """Of a fault of ours say what it is and where, and not its message: a value of the file may stand in it."""
    places = (f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(trace))
    sys.stderr.write(f"{kind.__name__} at {' '.join(places)}\n")


def _limit(limits: Limits) -> None:
    """Bound this process's memory and CPU time; what exceeds them dies, and only it."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(path: Path, system: Source, name: str | None, limits: Limits, folder: Path) -> Summary:
    """Stage all that is in the file. A file refused as a whole leaves a summary that says why, and no rows."""
    stage, summary = Stage(folder), Summary()
    try:
        with naming(name_of(path)), bundle.opened(path, limits) as members:
            chosen = formats.named(name, system) if name else formats.guessed(members, system)
            summary.format = chosen.name
            _read(chosen.read(members, limits), limits, stage, summary)
    except NotReadable as refusal:
        summary.refused, summary.refused_kind = str(refusal), refusal.kind
    stage.close(summary)
    return summary


def _read(several: Iterable[Found], limits: Limits, stage: Stage, summary: Summary) -> None:
    put_right: Counter[str] = Counter()
    for found in several:
        _take(found, stage, summary, put_right)
        if summary.faulty > limits.bad:
            raise NotReadable("bad", f"More than {limits.bad:,} rows are bad. {_worst(summary)}")
    summary.notes.extend(f"{what}, in {count:,} fields." for what, count in put_right.items())


def _worst(summary: Summary) -> str:
    kind, rows = summary.reasons.most_common(1)[0]
    return (
        f"The commonest reason is “{kind}”, in {rows:,} of them. It may be another export than was thought."
    )


def _take(found: Found, stage: Stage, summary: Summary, put_right: Counter[str]) -> None:
    match found:
        case Row():
            summary.rows += 1
            record, faults = checked(found)
            if record is None:
                _faulty(faults, stage, summary)
            else:
                summary.accepted[found.sheet.sheet] += 1
                put_right.update(mended(found, record))
                stage.add(record, found.line, found.file)
        case Fault():
            summary.rows += 1
            _faulty([found], stage, summary)
        case Skipped():
            summary.rows += 1
            summary.skipped[found.reason] += 1
        case Headed():
            summary.accepted[found.sheet.sheet] += 0
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

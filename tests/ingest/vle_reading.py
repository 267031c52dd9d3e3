"""Reads an export of a VLE in this process and says what became of it, for tests to look at."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from ingest import reader
from ingest.found import Fault
from ingest.limits import FROM_PAGE, Limits
from ingest.staging import Staged, Summary
from ingest.template.vle import VleEvent
from privacy.labels import Source

Event = tuple[str, str, datetime]


@dataclass(frozen=True)
class Reading:
    """What was staged: student, module and time of each accepted row, and the faults."""

    summary: Summary
    events: list[Event]
    faults: list[Fault]
    text: str  # all that was left behind, to search it

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Rows, accepted, faulty, skipped."""
        found = self.summary
        return found.rows, found.accepted.total(), found.faulty, found.skipped.total()


def read(path: Path, format: str | None = None, limits: Limits = FROM_PAGE) -> Reading:
    """The file, read as an export of the VLE."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        summary = reader.read(path, Source.VLE, format, limits, folder)
        staged = Staged(folder, summary)
        table = staged.table(VleEvent)
        rows = table.to_pylist() if table else []
        events = [(row["student_id"], row["module_id"], row["at"].astimezone(UTC)) for row in rows]
        return Reading(summary, events, list(staged.faults()), f"{rows}{list(staged.faults())}{summary}")


def at(text: str) -> datetime:
    """An instant from ISO text with its offset."""
    return datetime.fromisoformat(text).astimezone(UTC)

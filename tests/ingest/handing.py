"""Handing in files of our template, for the tests of loads: written, read in the child, and stored."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from auth.viewer import Viewer
from data_access import quarantine
from data_access.loads import Report
from engagement.refused import Refused, Some
from ingest import load
from ingest.batches import Prepared
from ingest.limits import FROM_PAGE
from privacy.labels import SYSTEMS, Source
from tests.cast import EVE, NOW

TERM = date(2026, 9, 21)
ENROLMENTS = (
    "enrolment_id,student_id,course_id,course_title,school,level,mode,stage,"
    "start_date,expected_end,status,agreed_on"
)


def student(key: str, name: str = "Oakes") -> str:
    """A line of students."""
    return f"{key},Ann,{name}"


def students(*lines: str) -> dict[str, str]:
    """The sheet of students."""
    return {"students.csv": "\n".join(["student_id,given_name,family_name", *lines]) + "\n"}


def records(*keys: str) -> dict[str, str]:
    """Students, each with an enrolment and registered on the module MOSS."""
    enrolled = [
        f"e-{key},{key},BSC,BSc Botany,Plants,undergraduate,full-time,1,{TERM},2029-06-01,enrolled,{TERM}"
        for key in keys
    ]
    registered = [f"{key},MOSS,e-{key},{TERM}" for key in keys]
    return {
        **students(*map(student, keys)),
        "enrolments.csv": "\n".join([ENROLMENTS, *enrolled]) + "\n",
        "modules.csv": (
            f"module_id,module_title,credits,start_date,end_date\nMOSS,Mosses,20,{TERM},2026-12-13\n"
        ),
        "registrations.csv": "\n".join(["student_id,module_id,enrolment_id,from_date", *registered]) + "\n",
    }


def views(*lines: str) -> dict[str, str]:
    """The sheet of VLE days."""
    return {"days.csv": "\n".join(["student_id,module_id,day,views", *lines]) + "\n"}


def events(*lines: str) -> dict[str, str]:
    """The sheet of VLE events."""
    return {"events.csv": "\n".join(["student_id,module_id,at", *lines]) + "\n"}


def classes(*lines: str) -> dict[str, str]:
    """The timetable."""
    header = "event_id,module_id,starts_at,ends_at,kind"
    return {"classes.csv": "\n".join([header, *lines]) + "\n"}


def registers(*lines: str) -> dict[str, str]:
    """The registers."""
    return {"registers.csv": "\n".join(["student_id,event_id,status", *lines]) + "\n"}


def waiting(*systems: Source) -> list[Refused]:
    """What waits in quarantine, of these systems or of all, as an administrator sees it."""
    of = systems or SYSTEMS
    return [row for system in of for row in quarantine.waiting(EVE.viewer, Some(system), NOW)]


def read(
    system: Source,
    files: dict[str, str],
    at: datetime = NOW,
    taken_at: datetime | None = NOW - timedelta(days=1),
    then: Callable[[Prepared], Report] | None = None,
    viewer: Viewer = load.JOB,
) -> tuple[Prepared, Report | None]:
    """Read the files, and do with them what comes then while they are staged."""
    with TemporaryDirectory() as name:
        folder, staging = Path(name) / "export", Path(name) / "staging"
        folder.mkdir()
        staging.mkdir()
        for file, text in files.items():
            (folder / file).write_text(text, encoding="utf-8")
        prepared = load.read(viewer, system, folder, None, FROM_PAGE, staging, at, taken_at)
        return prepared, then(prepared) if then else None


def handed(
    system: Source,
    files: dict[str, str],
    at: datetime = NOW,
    taken_at: datetime | None = NOW - timedelta(days=1),
    *,
    confirmed: bool = True,
    viewer: Viewer = load.JOB,
) -> Report:
    """Load the files; unless said otherwise with a person's yes."""
    _, report = read(
        system, files, at, taken_at, lambda found: load.store(viewer, found, at, confirmed=confirmed), viewer
    )
    assert report
    assert report.counted.rows == (
        report.counted.accepted
        + report.counted.quarantined
        + report.counted.held_back
        + report.counted.repeated
    )
    return report

"""When each of the night's jobs last came to its end here: a file beside the data, and what `check` says of it."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from policy.days import LONDON
from policy.production import Line
from policy.settings import Settings

JOBS: Mapping[str, str] = {
    "dispose": "what is due is disposed of, and what was withdrawn is destroyed",
    "rate": "the new day is rated",
    "backup": "the records are copied",
    "audit anchor": "the access log is anchored",
}
"""Those that a university runs each night, and what they are for."""
_LONGEST = timedelta(hours=24)
_LATE = timedelta(hours=1)
"""What a job may take longer one night than the night before."""


def note(settings: Settings, job: str, at: datetime) -> None:
    """Write down that it has come to its end."""
    path = _path(settings)
    path.write_text(json.dumps({**_read(path), job: at.isoformat()}, indent=1), encoding="utf-8")


def lines(settings: Settings, at: datetime) -> tuple[Line, ...]:
    """A line for each job; missing where it has not come to its end for a day. None before any ever did."""
    ran = _read(_path(settings))
    return tuple(_line(job, ran.get(job), at) for job in JOBS) if ran else ()


def _line(job: str, ran: str | None, at: datetime) -> Line:
    title = f"Each night {JOBS[job]}"
    if ran is None:
        return Line(title, f"`manage.py {job}` has never come to its end here. See deploy/nightly.cron.")
    last = datetime.fromisoformat(ran)
    if at - last <= _LONGEST + _LATE:
        return Line(title)
    when = f"{last.astimezone(LONDON):%-d %B %Y, %H:%M}"
    return Line(title, f"`manage.py {job}` last came to its end on {when}. See deploy/nightly.cron.")


def _read(path: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found


def _path(settings: Settings) -> Path:
    return settings.home / "jobs.json"

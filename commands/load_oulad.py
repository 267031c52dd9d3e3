"""`manage.py load oulad`: the public data set, in an installation of its own."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import policy
from auth.refusals import Refusal
from auth.viewer import Viewer
from commands import output, start
from commands.counted import counts, told
from data_access import loads, ratings
from data_access.loads import Report
from data_access.tables import RunState
from ingest import oulad
from ingest.oulad import policies
from policy.days import london_day

_JOB = Viewer.service("load")


def load(path: Path, *, check: bool, json: bool) -> None:
    """Read the seven tables and, but for a check, store and rate them."""
    at = start.now()
    with output.progress(json, "Reading") as report:
        reading = oulad.read(path, at, report)
    stored = [] if check else _store(reading, at, json)
    output.say(json, _values(reading, stored), "\n".join(_sentences(reading, stored)))


class NotAnInstallationOfItsOwn(Refusal):
    """There are people here who are not OULAD's. Set LA_HOME to an empty folder; OULAD is kept apart."""


def _store(reading: oulad.Reading, at: datetime, json: bool) -> list[Report]:
    """Store, put the calendar in place, and work out the ratings; also where nothing is new.

    A load that was stopped after its rows were stored is finished that way by the next.
    """
    home = start.prepared().home
    if loads.origins(_JOB, at) - {oulad.FORMAT}:
        raise NotAnInstallationOfItsOwn
    with output.progress(json, "Storing") as report:
        stored = loads.store_together(_JOB, reading.batches, at, report)
    policies.write(home / "policy", reading.presentations, london_day(at))
    policy.use(home / "policy")
    with output.progress(json, "Rating") as report:
        ratings.refresh(_JOB, at, report)
    return stored


def _values(reading: oulad.Reading, stored: Sequence[Report]) -> dict[str, object]:
    return {
        **counts(reading.counted),
        "by_reason": reading.counted.reasons,
        "noted": reading.counted.noted,
        "tables": {name: counts(counted) for name, counted in reading.tables.items()},
        "runs": [{"run": report.run, "state": report.state} for report in stored],
        "tutors": len(reading.tutors),
        "tutor": reading.tutor,
    }


def _sentences(reading: oulad.Reading, stored: Sequence[Report]) -> list[str]:
    lines = told(reading.counted)
    if not stored:
        return [*lines, "Nothing was stored."]
    new = any(report.state is RunState.LOADED for report in stored)
    lines.append("Stored and rated." if new else "All of it was here already; nothing changed.")
    if reading.tutor:
        lines.append(f"{len(reading.tutors):,} personal tutors are invented. To sign in as one of them:")
        lines.append(f"  python manage.py user add USERNAME --key {reading.tutor} --role tutor")
    return lines

"""`manage.py load`: read what a system exports, say what became of each row, and store it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

import policy
from auth.refusals import Refusal
from auth.viewer import Viewer
from commands import output, start
from data_access import loads, ratings
from data_access.loads import Report
from data_access.records import Counted
from data_access.tables import RunState
from ingest import oulad
from ingest.oulad import policies
from policy.days import london_day

_JOB = Viewer.service("load")


def load(
    source: Annotated[str, typer.Argument(help="What it is: oulad.")],
    path: Annotated[Path, typer.Argument(help="The folder that holds it.")],
    check: Annotated[bool, typer.Option("--check", help="Read and report; store nothing.")] = False,
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Load data, all or nothing. Loading the same again changes nothing.

    `oulad`: the seven tables of the public data set, each as .csv or .csv.gz, studentVle also as .parquet
    and in parts. It needs an installation of its own: set LA_HOME to an empty folder.
    """
    if source != oulad.FORMAT:
        raise Refusal(f"“{source}” cannot be loaded; what can be loaded now is: {oulad.FORMAT}.")
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
        **_counts(reading.counted),
        "by_reason": reading.counted.reasons,
        "noted": reading.counted.noted,
        "tables": {name: _counts(counted) for name, counted in reading.tables.items()},
        "runs": [{"run": report.run, "state": report.state} for report in stored],
        "tutors": len(reading.tutors),
        "tutor": reading.tutor,
    }


def _counts(counted: Counted) -> dict[str, int]:
    return {
        "rows": counted.rows,
        "accepted": counted.accepted,
        "quarantined": counted.quarantined,
        "held_back": counted.held_back,
        "repeated": counted.repeated,
    }


def _sentences(reading: oulad.Reading, stored: Sequence[Report]) -> list[str]:
    counted = reading.counted
    lines = [
        f"{counted.rows:,} rows: {counted.accepted:,} accepted, {counted.quarantined:,} quarantined, "
        f"{counted.held_back:,} held back, {counted.repeated:,} repeated."
    ]
    lines += [f"  {n:>9,}  {reason}" for reason, n in counted.reasons.items()]
    if counted.noted:
        lines.append("Met in rows that were accepted:")
        lines += [f"  {n:>9,}  {what}" for what, n in counted.noted.items()]
    if not stored:
        return [*lines, "Nothing was stored."]
    new = any(report.state is RunState.LOADED for report in stored)
    lines.append("Stored and rated." if new else "All of it was here already; nothing changed.")
    if reading.tutor:
        lines.append(f"{len(reading.tutors):,} personal tutors are invented. To sign in as one of them:")
        lines.append(f"  python manage.py user add USERNAME --key {reading.tutor} --role tutor")
    return lines

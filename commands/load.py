"""`manage.py load`: read what a system exports, say what became of each row, and store it."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from auth.refusals import Refusal
from commands import load_inbox, load_oulad, load_system
from ingest import oulad
from policy.days import LONDON, london_noon
from privacy.labels import SYSTEMS, Source


def load(
    source: Annotated[
        str, typer.Argument(help="student-records, vle, timetable, attendance; inbox; or oulad.")
    ],
    path: Annotated[Path, typer.Argument(help="The file, folder or archive.")],
    format: Annotated[
        str | None, typer.Option("--format", help="Which export it is; told by its content.")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Read and report; store nothing.")] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Load also where something looks like a mistake.")
    ] = False,
    taken: Annotated[
        str | None,
        typer.Option(
            "--taken",
            metavar="WHEN",
            help="When it was taken from the system: 2026-11-23, or 2026-11-23T06:00 in London. Else the time at "
            "which its files were last changed.",
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Load data, all or nothing. Loading the same again changes nothing.

    `inbox`: a folder with the folders student-records, timetable, attendance and vle in it. What lies in each is
    loaded, oldest first, and moved to its done/ or refused/. Only one may be at it at a time.

    `oulad`: the seven tables of the public data set, each as .csv or .csv.gz, studentVle also as .parquet
    and in parts. It needs an installation of its own: set LA_HOME to an empty folder.
    """
    if source == oulad.FORMAT:
        load_oulad.load(path, check=check, json=json)
    elif source == "inbox":
        load_inbox.load(path, check=check, json=json)
    elif source in {system.value for system in SYSTEMS}:
        load_system.load(Source(source), path, format, _taken_at(taken), check=check, yes=yes, json=json)
    else:
        names = ", ".join(SYSTEMS)
        raise Refusal(f"“{source}” cannot be loaded; what can be loaded is: {names}, inbox, {oulad.FORMAT}.")


def _taken_at(when: str | None) -> datetime | None:
    """The instant that was given; of a day alone its noon."""
    if when is None:
        return None
    try:
        found = datetime.fromisoformat(when)
    except ValueError:
        raise typer.BadParameter(
            "Write it as 2026-11-23 or 2026-11-23T06:00.", param_hint="--taken"
        ) from None
    if len(when) <= len("2026-11-23"):
        return london_noon(found.date())
    return found if found.tzinfo else found.replace(tzinfo=LONDON)

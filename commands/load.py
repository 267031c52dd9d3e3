"""`manage.py load`: read what a system exports, say what became of each row, and store it."""

from pathlib import Path
from typing import Annotated

import typer

from auth.refusals import Refusal
from commands import load_oulad, load_system
from ingest import oulad
from privacy.labels import SYSTEMS, Source


def load(
    source: Annotated[str, typer.Argument(help="student-records, vle, timetable, attendance; or oulad.")],
    path: Annotated[Path, typer.Argument(help="The file, folder or archive.")],
    format: Annotated[
        str | None, typer.Option("--format", help="Which export it is; told by its content.")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Read and report; store nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Load also where many rows are bad.")] = False,
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Load data, all or nothing. Loading the same again changes nothing.

    `oulad`: the seven tables of the public data set, each as .csv or .csv.gz, studentVle also as .parquet
    and in parts. It needs an installation of its own: set LA_HOME to an empty folder.
    """
    if source == oulad.FORMAT:
        load_oulad.load(path, check=check, json=json)
    elif source in {system.value for system in SYSTEMS}:
        load_system.load(Source(source), path, format, check=check, yes=yes, json=json)
    else:
        names = ", ".join(SYSTEMS)
        raise Refusal(f"“{source}” cannot be loaded; what can be loaded is: {names}, {oulad.FORMAT}.")

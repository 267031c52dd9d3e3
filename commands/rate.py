"""`manage.py rate`: work out the ratings from what is loaded."""

from datetime import datetime
from typing import Annotated

import typer

from auth.viewer import Viewer
from commands import output, ran, start
from data_access import ratings


def rate(
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day to rate; today if left out.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Derive the daily facts and work out every rating of every week so far."""
    settings = start.installed()
    with output.progress(json, "Rating") as report:
        rated = ratings.refresh(Viewer.service("rate"), start.noon_of(as_of), report)
    ran.note(settings, "rate", start.now())
    output.say(json, {"module_weeks": rated}, f"{rated} ratings worked out.")

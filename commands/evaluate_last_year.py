"""`manage.py evaluate last-year`: how well rating and suggestions did here last year, for *How well it works*."""

from auth.viewer import Viewer
from commands import output, start
from data_access import backtest

SOURCE = "last-year"
JOB = Viewer.service("evaluate")


def last_year(json: bool) -> None:
    """Measure, publish and say so. Raises a refusal where there is nothing to measure on."""
    start.installed()
    with output.progress(json, "Evaluating") as report:
        cells = backtest.refresh(JOB, start.now(), report)
    told = f"Published {cells} figures. Managers and compliance find them on the page “How well it works”."
    output.say(json, {"cells": cells}, told)

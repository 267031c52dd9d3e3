"""`manage.py evaluate last-year` and `this-week`: what rating and suggestions tell here, for *How well it works*."""

from auth.viewer import Viewer
from commands import output, start
from data_access import alert_load, backtest

SOURCE, NOW = "last-year", "this-week"
JOB = Viewer.service("evaluate")


def last_year(json: bool) -> None:
    """Measure, publish and say so. Raises a refusal where there is nothing to measure on."""
    start.installed()
    with output.progress(json, "Evaluating") as report:
        cells = backtest.refresh(JOB, start.now(), report)
    _say(json, cells + alert_load.refresh(JOB, start.now()))


def this_week(json: bool) -> None:
    """Count what other thresholds would raise among today's students, publish and say so. For cron, once a week."""
    start.installed()
    _say(json, alert_load.refresh(JOB, start.now()))


def _say(json: bool, cells: int) -> None:
    told = f"Published {cells} figures. Managers and compliance find them on the page “How well it works”."
    output.say(json, {"cells": cells}, told)

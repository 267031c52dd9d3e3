"""`manage.py impact`: follow suggestions to what became of them, and publish it for *Support impact*."""

from typing import Annotated

import typer

import policy
from auth.viewer import Viewer
from commands import output, start
from data_access import support_outcomes
from engagement import words

JOB = Viewer.service("impact")


def impact(json: Annotated[bool, typer.Option("--json", help="For machines.")] = False) -> None:
    """Count how far support came this academic year, compare, and publish rounded figures for managers.

    New figures are published a few weeks after the last at the earliest (impact.toml); run it as often as you
    like.
    """
    start.installed()
    done = support_outcomes.refresh(JOB, start.now())
    until = f"{words.day(done.until)} {done.until.year}"
    if done.cells:
        told = f"Published {done.cells} figures up to {until}. They stand on the page “Support impact”."
    else:
        days = words.of(policy.current().impact.days_apart, "day")
        told = f"Nothing is published: new figures may stand {days} after the last at the earliest."
    output.say(json, {"cells": done.cells, "until": done.until.isoformat()}, told)

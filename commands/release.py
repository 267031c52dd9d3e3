"""`manage.py release`: build the figures of a census, approve them as a second person, or list them."""

from datetime import date
from typing import Annotated

import typer

import policy
from auth.refusals import Refusal
from auth.viewer import Role, Viewer
from commands import output, start
from data_access import accounts, releases, releasing
from policy.days import london_day

JOB = Viewer.service("release")
app = typer.Typer(no_args_is_help=True)


@app.command()
def build(
    once: Annotated[
        bool, typer.Option("--once", help="Only where there is none of that census yet: for a job.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Build a release of the last census that is past. It waits for approval by another person."""
    start.installed()
    at = start.now()
    ours = policy.current()
    past = ours.release.censuses(ours.calendar, london_day(at))
    if not past:
        raise Refusal(
            "No census is past yet. Look at census_week in release.toml and at the terms in calendar.toml."
        )
    since, on = past[-1]
    if once and (there := [one.id for one in releases.all_of(JOB, at) if one.census == on]):
        said = f"The census of {on} is built already: release {max(there)}."
        output.say(json, {"release": max(there), "census": f"{on}"}, said)
        return
    with output.progress(json, "Building the release") as report:
        made = releasing.build(JOB, since, on, at)
        report(1, 1)
    output.say(json, {"release": made, "census": f"{on}"}, _built(made, on))


@app.command()
def approve(
    release: Annotated[int, typer.Argument(help="Its number, as `show` says it.")],
    username: Annotated[
        str, typer.Option("--as", help="Who approves: a colleague in information compliance.")
    ],
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Approve a release: managers see it from now on."""
    start.installed()
    at = start.now()
    releases.approve(accounts.acting(username, Role.COMPLIANCE, at), release, at)
    output.say(json, {"release": release}, f"Release {release} is approved. Managers see it now.")


@app.command()
def show(json: Annotated[bool, typer.Option("--json", help="For machines.")] = False) -> None:
    """List the releases, the latest census first."""
    start.installed()
    found = releases.all_of(JOB, start.now())
    rows = [
        {"release": one.id, "census": f"{one.census}", "state": one.state.value, "rule": one.rule}
        for one in found
    ]
    lines = [f"{one.id:>4}  {one.census}  {one.state.value:10}  {one.rule}" for one in found]
    output.say(json, {"releases": rows}, "\n".join(lines) or "There is no release yet.")


def _built(made: int, on: date) -> str:
    return (
        f"Release {made} of the census of {on} is built. A colleague in information compliance approves it."
    )

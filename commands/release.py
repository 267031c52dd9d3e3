"""`manage.py release`: build the figures that are due, approve them as a second person, or list them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

import typer

import policy
from auth.refusals import Refusal
from auth.viewer import Role, Viewer
from commands import output, start
from data_access import accounts, release_decisions, releases, releasing
from data_access.releasing import Wanted
from policy.days import london_day
from privacy.releases import Cohort

JOB = Viewer.service("release")
app = typer.Typer(no_args_is_help=True, help="Figures for equality monitoring.")


@app.command()
def build(
    again: Annotated[
        bool, typer.Option("--again", help="The last census once more, to correct its figures.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Build every release that is due: of each census that is past, of last year's end, and of each week since.

    They wait for approval by another person; the weeks after a census that is approved need none.
    """
    start.installed()
    at = start.now()
    made: list[tuple[Wanted, int]] = []
    with output.progress(json, "Building releases") as report:
        for wanted in [_last(at)] if again else _due(at):
            if number := releasing.make(JOB, wanted, at):
                made.append((wanted, number))
                report(len(made), len(made) + 1)
    rows = [{"release": number, "cohort": one.cohort.value, "census": f"{one.on}"} for one, number in made]
    lines = [f"Release {row['release']}: {row['cohort']} of {row['census']}" for row in rows]
    output.say(json, {"releases": rows}, "\n".join(lines) or "Nothing is due.")


def _due(at: datetime) -> Iterator[Wanted]:
    for _ in range(2):  # weeks are due once their census is built
        yield from releasing.due(JOB, at)


def _last(at: datetime) -> Wanted:
    ours = policy.current()
    past = ours.release.past(ours.calendar, london_day(at))
    if not past:
        raise Refusal(
            "No census is past yet. Look at census_week in release.toml and at the terms in calendar.toml."
        )
    since, on = past[-1]
    return Wanted(Cohort.CENSUS, on, since, on, at)


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
    release_decisions.approve(accounts.acting(username, Role.COMPLIANCE, at), release, at)
    output.say(json, {"release": release}, f"Release {release} is approved. Managers see it now.")


@app.command()
def show(json: Annotated[bool, typer.Option("--json", help="For machines.")] = False) -> None:
    """List the releases, the latest first."""
    start.installed()
    found = releases.all_of(JOB, start.now())
    rows = [
        {
            "release": one.id,
            "cohort": one.cohort.value,
            "census": f"{one.census}",
            "state": one.state.value,
            "rule": one.rule,
        }
        for one in found
    ]
    lines = [
        f"{one.id:>4}  {one.census}  {one.cohort.value:9}  {one.state.value:9}  {one.rule}" for one in found
    ]
    output.say(json, {"releases": rows}, "\n".join(lines) or "There is no release yet.")

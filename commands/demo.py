"""`manage.py demo`: make the demo university, once; later calls say that it is there."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

import policy
from auth.refusals import Refusal
from auth.refusals.accounts import AccountExists
from auth.viewer import Viewer
from commands import (
    demo_releases,
    demo_statement_cases,
    demo_statement_consent,
    demo_statement_notice,
    demo_statement_pack,
    demo_support,
    demo_tutors,
    evaluate_last_year,
    impact,
    output,
    start,
)
from data_access import accounts, alert_load, backtest, loads, ratings, support_outcomes
from ingest.demo import home, signins
from ingest.demo.batches import of_both
from ingest.demo.courses import UNIVERSITY
from ingest.demo.home import Made
from ingest.demo.last_year import last_year
from ingest.demo.university import university
from policy.days import london_day
from policy.settings import Settings

_JOB = Viewer.service("demo")
_FRESH = timedelta(days=3)
_PARTS = (
    demo_support,
    demo_statement_notice,
    demo_statement_consent,
    demo_statement_cases,
    demo_statement_pack,
)
"""What the people of the demo do, each part after those it builds on."""


def demo(
    students: Annotated[int, typer.Option(min=100, max=20_000, help="How many students.")] = 1_200,
    seed: Annotated[int, typer.Option(help="Another number, other people.")] = 7,
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Make an invented university with all four sources up to today, and sign-ins for every role."""
    settings, at = start.prepared(), start.now()
    folder = settings.home
    found = home.made(folder) or _begun(folder, Made(london_day(at), students, seed), at)
    if not found.complete:
        _make(folder, found, at, json)
    lines = [*_sentences(settings, found, at), "", signins.table()]
    output.say(json, _values(found), "\n".join(lines))


def _begun(folder: Path, wanted: Made, at: datetime) -> Made:
    """Write down what is to be made, so that a demo stopped half-way is finished and not begun again."""
    if loads.origins(_JOB, at):
        raise Refusal(
            "There are other data here already. Give the demo a home of its own: set LA_HOME, and LA_DATABASE_URL"
            " where that is in use."
        )
    if home.own_policy(folder):
        raise Refusal(
            f"{folder}/policy holds a calendar, an institution or registers that the demo would replace."
        )
    home.note(folder, wanted)
    return wanted


def _make(folder: Path, wanted: Made, at: datetime, json: bool) -> None:
    made = university(wanted.day, wanted.students, wanted.seed)
    home.write_policy(folder, made.year)
    policy.use(folder / "policy")
    with output.progress(json, f"Making the {UNIVERSITY}") as report:
        loads.store_together(_JOB, list(of_both(made, last_year(made))), at, report)
    with output.progress(json, "Opening accounts") as report:
        for done, one in enumerate(signins.SIGN_INS, start=1):
            with suppress(AccountExists):  # where a demo that was stopped is finished
                joined = at - demo_support.JOINED
                accounts.add(_JOB, one.key, one.username, signins.PASSWORD, one.roles, joined, reason="Demo")
            report(done, len(signins.SIGN_INS))
    with output.progress(json, "Working out the ratings") as report:
        ratings.refresh(_JOB, at, report, suggests=False)
    with output.progress(json, "Letting tutors answer suggestions") as report:
        demo_tutors.write(made, at, report)
    with output.progress(json, "Letting them talk") as report:
        for done, part in enumerate(_PARTS, start=1):
            part.write(at)
            report(done, len(_PARTS))
    with output.progress(json, "Counting for equality monitoring") as report:
        demo_releases.write(made, at, report)
    with output.progress(json, "Measuring what it came to") as report:
        backtest.refresh(evaluate_last_year.JOB, at, report)
        alert_load.refresh(evaluate_last_year.JOB, at)
        support_outcomes.refresh(impact.JOB, at)
    home.note(folder, replace(wanted, complete=True))


def _sentences(settings: Settings, made: Made, at: datetime) -> list[str]:
    """What is here; and what to do when its data end too long ago to look alive."""
    where, day = f"{'already ' * made.complete}in {settings.home}", f"{made.day.day} {made.day:%B %Y}"
    here = f"The {UNIVERSITY} is {where}: {made.students:,} invented students, as of {day}."
    if london_day(at) - made.day <= _FRESH:
        return [here]
    old = f"{settings.home} and empty its database" if settings.database_url else settings.home
    return [here, f"Its data end there. To have it made anew up to today, delete {old} and run this again."]


def _values(made: Made) -> dict[str, object]:
    people = {one.username: [role.value for role in one.roles] for one in signins.SIGN_INS}
    return {**vars(made), "complete": True, "password": signins.PASSWORD, "sign_ins": people}

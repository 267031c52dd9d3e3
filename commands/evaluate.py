"""`manage.py evaluate`: how well the rating tells who will withdraw or fail, beside other models."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

import policy
from auth.refusals import Refusal
from commands import evaluate_last_year, output
from ingest import oulad
from policy.settings import Settings

_HERE = {
    evaluate_last_year.SOURCE: evaluate_last_year.last_year,
    evaluate_last_year.NOW: evaluate_last_year.this_week,
}
"""What is measured on the students who are loaded here."""


def evaluate(
    source: Annotated[
        str,
        typer.Argument(
            help="oulad: a public data set with known results. last-year, this-week: what is loaded here."
        ),
    ],
    path: Annotated[Path | None, typer.Argument(help="oulad: the folder with its seven tables.")] = None,
    train: Annotated[
        str, typer.Option(help="What the other models learn from; names with commas.")
    ] = "2013B",
    test: Annotated[str, typer.Option(help="What all are tried on; never learned from.")] = "2013J",
    days: Annotated[str, typer.Option(help="Days of a presentation, the first being 0.")] = "35,65,95",
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Measure the rating of the policy in force, on OULAD or on last year's students here.

    last-year: the ratings and suggestions of each teaching week beside who left or failed, and what other
    thresholds would raise; rounded figures are published for managers and compliance, in place of the last ones.
    this-week: only what other thresholds would raise among today's students.

    oulad: nothing is stored, and no installation is needed. On each day only students who are still registered
    count, and only what is dated before it is looked at. The rating learns nothing; the others learn from --train.
    Nobody's characteristics are used, but afterwards, to see whether the rating serves all alike.
    """
    if here := _HERE.get(source):
        if path:
            raise typer.BadParameter(f"{source} takes no folder: it looks at what is loaded here")
        here(json)
        return
    if source != oulad.FORMAT:
        known = ", ".join([oulad.FORMAT, *_HERE])
        raise Refusal(f"“{source}” cannot be evaluated; what can be evaluated is: {known}.")
    if path is None:
        raise typer.BadParameter("oulad needs the folder with its seven tables")
    # scikit-learn takes long to import, and no other command needs it.
    from commands import evaluate_table
    from ingest.oulad import evaluation

    wanted = evaluation.plan(_names(train), _names(test), _days(days))
    policy.use(Settings().home / "policy")
    rules = policy.current().engagement
    with output.progress(json, "Evaluating") as report:
        found = evaluation.evaluate(path, wanted, rules, report)
    values = {
        **asdict(wanted),
        "target": evaluation.BAD,
        "rules": rules.version,
        "weights": rules.weights.model_dump(),
        "ties": evaluation.TIES,
        **asdict(found),
    }
    output.say(json, values, "" if json else evaluate_table.text(found))


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _days(text: str) -> list[int]:
    try:
        return [int(day) for day in text.split(",")]
    except ValueError:
        raise typer.BadParameter("days are whole numbers with commas, such as 35,65,95") from None

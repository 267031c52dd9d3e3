"""`manage.py check`: whether the policy in force can be used, and with `--production` for real students."""

from typing import Annotated

import typer

import policy
from commands import output, ran, readiness, start
from policy.days import london_day
from policy.production import Line
from policy.settings import Settings


def check(
    for_production: Annotated[
        bool,
        typer.Option("--production", help="Is it fit for real students? Line by line; exit 1 where not."),
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Read the policy, the university's own files first. PolicyError names the file, the setting and the fault.

    Says too which of the night's jobs is late, and leaves with 1. Nothing is opened, and nothing changed.
    """
    settings = Settings()
    policy.use(settings.home / "policy")
    at = start.now()
    jobs = ran.lines(settings, at)
    if for_production:
        _lines(json, (*readiness.lines(settings, london_day(at)), *jobs))
        return
    templates = len(policy.current().messages.template)
    late = [line.missing for line in jobs if line.missing]
    said = [f"The policy can be used. {templates} templates of messages, each for a purpose.", *late]
    output.say(json, {"templates": templates, "late": late}, "\n".join(said))
    if late:
        raise typer.Exit(1)


def _lines(json: bool, lines: tuple[Line, ...]) -> None:
    missing = sum(bool(line.missing) for line in lines)
    values = {
        "ready": not missing,
        "lines": [{"title": line.title, "missing": line.missing} for line in lines],
    }
    last = f"{missing} of {len(lines)} are missing." if missing else f"All {len(lines)} are so."
    output.say(json, values, "\n".join([*(_said(line) for line in lines), "", last]))
    if missing:
        raise typer.Exit(1)


def _said(line: Line) -> str:
    return f"missing  {line.title}. {line.missing}" if line.missing else f"ok       {line.title}."

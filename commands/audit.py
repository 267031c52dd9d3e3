"""`manage.py audit`: check the chain of the access log."""

from typing import Annotated

import typer

from auth.refusals import Refusal
from auth.viewer import Viewer
from commands import output, ran, start
from data_access import anchors

JOB = Viewer.service("audit")
app = typer.Typer(no_args_is_help=True)


@app.callback()
def audit() -> None:
    """The access log."""


@app.command()
def verify(json: Annotated[bool, typer.Option("--json", help="For machines.")] = False) -> None:
    """Recompute the seal of every line; exit 1 at the first that was changed, added, removed, or cut off.

    It begins where lines that were over their time were disposed of. That the last lines were cut off is known from
    the anchors: see `audit anchor`.
    """
    start.installed()
    verdict = anchors.verify(JOB, start.now())
    holds, cut = verdict.broken_at is None, verdict.cut
    found = {"lines": verdict.lines, "broken_at": verdict.broken_at, "holds": holds}
    begins = {"after": cut.line, "of": cut.until.isoformat(), "certificate": cut.certificate} if cut else {}
    older = f" {cut.said}" if cut else ""
    output.say(
        json,
        {**found, "disposed_of": begins},
        f"The access log holds: {verdict.lines} lines, each sealed to the one before.{older}",
        unless=not holds,
    )
    if not holds:
        raise Refusal(
            f"The access log is broken at line {verdict.broken_at}; {verdict.lines} lines before it hold."
        )


@app.command()
def anchor(json: Annotated[bool, typer.Option("--json", help="For machines.")] = False) -> None:
    """Write down how many lines the log has and the seal of the last; each night, and keep it elsewhere too."""
    settings = start.installed()
    made = anchors.drop(JOB, start.now())
    ran.note(settings, "audit anchor", start.now())
    output.say(
        json,
        {"lines": made.lines, "seal": made.seal},
        f"The access log has {made.lines} lines; the seal of the last is {made.seal}.",
    )

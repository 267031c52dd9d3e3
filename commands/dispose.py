"""`manage.py dispose`: what the retention schedule says is due, and with `--apply` its disposal."""

from datetime import datetime
from typing import Annotated

import typer

from auth.viewer import Role, Viewer
from commands import output, ran, start
from data_access import accounts, consents_passing, disposals, disposing
from engagement import words
from privacy.retention import Due

JOB = Viewer.service("dispose")


def dispose(
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As of noon of this day, instead of now.")
    ] = None,
    apply: Annotated[
        bool, typer.Option("--apply", help="Do what is automatic, and propose the rest.")
    ] = False,
    username: Annotated[
        str | None,
        typer.Option("--as", help="Who also does what was approved: a colleague in information compliance."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Say what is due; with --apply do what is automatic and propose the rest, with --as also do what is approved.

    Run it each night with --apply, so that ways to reach students are gone within a day of their course's end.
    """
    settings = start.installed()
    at = start.noon_of(as_of)
    if not apply:
        found = disposals.due(JOB, at)
        output.say(json, {"due": [_values(one) for one in found]}, "\n".join(map(_said, found)))
        return
    viewer = accounts.acting(username, Role.COMPLIANCE, at) if username else JOB
    passed = consents_passing.carry_on(JOB, at)
    done = disposing.carry_out(viewer, at)
    proposed = disposals.propose(JOB, at)
    ran.note(settings, "dispose", start.now())
    values = {
        "certificates": list(done),
        "proposed": proposed,
        "consents_lapsed": passed.lapsed,
        "sensitive_texts_destroyed": passed.destroyed,
    }
    said = (
        f"Done: {words.of(len(done), 'certificate')}. Proposed: {proposed}, for approval on the page Retention. "
        f"Consents ended: {passed.lapsed}. Sensitive texts destroyed: {passed.destroyed}."
    )
    output.say(json, values, said)


def _values(one: Due) -> dict[str, object]:
    return {
        "class": one.kind,
        "people": one.people,
        "held": one.held,
        "rows": one.rows,
        "automatic": one.rule.automatic,
    }


def _said(one: Due) -> str:
    how = "by itself" if one.rule.automatic else "after approval"
    how = "once a year" if one.rule.action == "review" else how
    held = f", {one.held} of them held back" if one.held else ""
    return (
        f"{one.kind:12} {one.people:6} people{held}, {one.rows} rows about nobody; {one.rule.action}, {how}"
    )

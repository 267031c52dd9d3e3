"""`manage.py load inbox DIR`: what the four systems have put into a watched folder. For cron."""

from collections.abc import Sequence
from pathlib import Path

from auth.refusals import Refusal
from commands import output, start
from commands.counted import counts
from commands.load_system import changed
from data_access import leases
from ingest import inbox
from ingest.inbox import Outcome
from ingest.limits import FROM_COMMAND
from ingest.load import JOB

_MINUTES = (
    FROM_COMMAND.seconds // 60 * 2
)  # reading alone may take half of it; then the lease is renewed on the way


def load(folder: Path, *, check: bool, json: bool) -> None:
    """Load what lies there, one after another; with a check only say what that would be.

    Raises a Refusal when another is at it, and at the end when something was refused.
    """
    start.prepared()
    if check:
        _say_what_lies(folder, json)
        return
    with leases.held(JOB, "load inbox", start.now(), _MINUTES) as turn:
        outcomes: list[Outcome] = []
        for found in inbox.lying(folder, start.now()):
            turn.renew(start.now())
            outcomes.append(inbox.take(JOB, found, start.now(), lambda: turn.keep(start.now())))
    output.say(json, {"files": [_values(outcome) for outcome in outcomes]}, _sentences(outcomes))
    refused = sum(outcome.state == "refused" for outcome in outcomes)
    if refused:
        raise Refusal(f"{refused} of {len(outcomes)} were refused; the .txt beside each says why.")


def _say_what_lies(folder: Path, json: bool) -> None:
    there = inbox.lying(folder, start.now())
    values = {"files": [{"system": found.system, "file": found.name} for found in there]}
    lines = [f"{found.system.words}: {found.name}" for found in there]
    output.say(json, values, "\n".join(lines) or "Nothing lies there.")


def _values(outcome: Outcome) -> dict[str, object]:
    values: dict[str, object] = {
        "system": outcome.system,
        "file": outcome.name,
        "state": outcome.state,
        "why": outcome.why,
    }
    return values | counts(outcome.report.counted) if outcome.report else values


def _sentences(outcomes: Sequence[Outcome]) -> str:
    return "\n".join(map(_sentence, outcomes)) or "Nothing lies there."


def _sentence(outcome: Outcome) -> str:
    told = f"{outcome.system.words}: {outcome.name}: {outcome.state}."
    return f"{told} {changed(outcome.report)}" if outcome.report else f"{told} {outcome.why}"

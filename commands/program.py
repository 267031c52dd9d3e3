"""The program: its commands, and how a refusal or a fault leaves it (0 done, 1 refused, 2 wrong usage)."""

import sys

import typer

from auth.refusals import Refusal
from commands import (
    audit,
    backup,
    check,
    demo,
    dispose,
    evaluate,
    faults,
    impact,
    keys,
    load,
    rate,
    registers,
    release,
    returned,
    send,
    serve,
    user,
)
from data_access.keys import KeysMissing
from policy import PolicyError
from policy.settings import SettingsError

app = typer.Typer(
    help="Learner Analytics: load, rate, release, check and serve.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("backup")(backup.backup)
app.command("check")(check.check)
app.command("demo")(demo.demo)
app.command("dispose")(dispose.dispose)
app.command("evaluate")(evaluate.evaluate)
app.command("impact")(impact.impact)
app.command("load")(load.load)
app.command("rate")(rate.rate)
app.command("registers")(registers.registers)
app.command("restore")(backup.restore)
app.command("returned")(returned.returned)
app.command("send")(send.send)
app.command("serve")(serve.serve)
app.add_typer(audit.app, name="audit", help="The access log.")
app.add_typer(keys.app, name="keys", help="The keys of this installation.")
app.add_typer(release.app, name="release", help="Figures for equality monitoring.")
app.add_typer(user.app, name="user", help="Accounts and roles.")


def main() -> None:
    """Run one command. A refusal is one plain sentence, a fault a reference number; never a traceback."""
    kept = faults.keep()
    try:
        app()
    except (Refusal, KeysMissing, PolicyError, SettingsError) as refusal:
        sys.exit(_say(str(refusal)))
    except Exception as fault:  # noqa: BLE001 - it is written down with its trace
        sys.exit(_say(faults.told(fault, kept)))


def _say(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 1

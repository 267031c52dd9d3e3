"""The program: its commands, and how a refusal or a fault leaves it (0 done, 1 refused, 2 wrong usage)."""

import logging
import sys
from uuid import uuid4

import typer

from auth.refusals import Refusal
from commands import audit, demo, evaluate, load, rate, serve, user
from data_access.keys import KeysMissing
from policy import PolicyError

app = typer.Typer(
    help="Learner Analytics: load, rate, check and serve.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("demo")(demo.demo)
app.command("evaluate")(evaluate.evaluate)
app.command("load")(load.load)
app.command("rate")(rate.rate)
app.command("serve")(serve.serve)
app.add_typer(audit.app, name="audit", help="The access log.")
app.add_typer(user.app, name="user", help="Accounts and roles.")


def main() -> None:
    """Run one command. A refusal is one plain sentence, a fault a reference number; never a traceback."""
    try:
        app()
    except (Refusal, KeysMissing, PolicyError) as refusal:
        sys.exit(_say(str(refusal)))
    except Exception:
        reference = uuid4().hex[:8]
        logging.getLogger("learner_analytics").exception("reference %s", reference)
        sys.exit(_say(f"Something went wrong here, not in what you typed. Reference {reference}."))


def _say(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 1

"""The program: its commands, and how a refusal or a fault leaves it (0 done, 1 refused, 2 wrong usage)."""

import sys
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command, get_group

from auth.refusals import Refusal
from commands import faults
from data_access.keys import KeysMissing
from policy import PolicyError
from policy.settings import SettingsError

_COMMANDS = (
    *("backup", "check", "demo", "dispose", "evaluate", "impact", "load", "rate", "registers", "restore"),
    *("returned", "send", "serve", "audit", "keys", "release", "user"),
)
_ELSEWHERE = {"restore": "backup"}
"""The others are in the file of their own name, as a function of that name or as an `app` of several."""


class Commands(TyperGroup):
    """The commands. Each is loaded when it is called for: to load them all takes longer than most of them."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = dict.fromkeys(_COMMANDS)  # type: ignore[assignment]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, or None where there is none."""
        if self.commands.get(cmd_name, self) is None:
            self.commands[cmd_name] = _loaded(cmd_name)
        return super().get_command(ctx, cmd_name)


def _loaded(name: str) -> Any:
    module = import_module(f"commands.{_ELSEWHERE.get(name, name)}")
    if several := getattr(module, "app", None):
        found: Any = get_group(several)
    else:
        alone = typer.Typer()
        alone.command(name)(getattr(module, name))
        found = get_command(alone)
    found.name = name
    return found


app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback(cls=Commands)
def _program() -> None:
    """Learner Analytics: load, rate, release, check and serve."""


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

"""`manage.py keys`: a new key for what wraps the keys of sensitive notes."""

from typing import Annotated

import typer

from auth.viewer import Viewer
from commands import output, start
from data_access import sealing
from engagement import words

app = typer.Typer(no_args_is_help=True)


@app.callback()
def keys() -> None:
    """The keys of this installation."""


@app.command()
def rotate(json: Annotated[bool, typer.Option("--json", help="For machines.")] = False) -> None:
    """Make a new key, wrap everything with it, and destroy the old one. No note is touched."""
    start.installed()
    number = sealing.rotate(Viewer.service("keys"), start.now())
    output.say(
        json, {"wrapped": number}, f"{words.of(number, 'key')} wrapped anew. Back up the folder keys/ again."
    )

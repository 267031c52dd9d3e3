"""What a command prints: a sentence for people, or one JSON object for machines."""

import json as writer
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import typer
from rich.console import Console
from rich.progress import Progress

Report = Callable[[int, int], None]


def say(json: bool, values: Mapping[str, object], sentence: str, *, unless: bool = False) -> None:
    """Print the values as JSON, or the sentence; with `unless` the sentence is left to a refusal."""
    if json:
        typer.echo(writer.dumps(dict(values), default=str))
    elif not unless:
        typer.echo(sentence)


@contextmanager
def progress(json: bool, title: str) -> Iterator[Report]:
    """A progress bar on a terminal; silence elsewhere. Hands back `report(done, total)`."""
    console = Console(stderr=True)
    with Progress(console=console, disable=json or not console.is_terminal, transient=True) as bar:
        task = bar.add_task(title)
        yield lambda done, total: bar.update(task, completed=done, total=total)

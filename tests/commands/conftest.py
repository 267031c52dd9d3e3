"""An installation that e-mails to a mail server on this machine."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import policy
from commands import start
from commands.program import app
from data_access import database
from tests.cast import NOW
from tests.commands.mailserver import Box, free_port
from tests.conftest import University
from tests.data_access.telling import ADDRESS


@dataclass
class Post:
    """An installation that e-mails, its mail server's port and box, and its clock."""

    store: University
    port: int
    box: Box
    at: datetime = NOW

    @property
    def home(self) -> Path:
        return self.store.settings.home

    def set_up(self, **sending: Any) -> None:
        """Write the university's own `messages.toml`."""
        text = (policy.SHIPPED / "messages.toml").read_text(encoding="utf-8")
        wanted = {"host": '"127.0.0.1"', "port": self.port, "tls": '"none"'} | sending
        lines = [
            f"{name} = {wanted[name]}" if (name := line.partition(" = ")[0]) in wanted else line
            for line in text.splitlines()
        ]
        (self.home / "policy").mkdir(exist_ok=True)
        (self.home / "policy" / "messages.toml").write_text("\n".join(lines), encoding="utf-8")

    def send(self, *words: str) -> Result:
        return CliRunner().invoke(app, ["send", *words])

    def counts(self) -> dict[str, int]:
        done = self.send("--json")
        assert done.exit_code == 0, done.exception
        found: dict[str, int] = json.loads(done.stdout)
        return {name: number for name, number in found.items() if number}


@pytest.fixture(scope="module", autouse=True)
def _shipped_policy_again() -> Iterator[None]:
    """The commands run in the tests' own process: what policy they took up is put down after each file."""
    yield
    policy.use(None)


@pytest.fixture
def post(university: University, monkeypatch) -> Iterator[Post]:
    made = Post(university, free_port(), Box())
    monkeypatch.setenv("LA_HOME", str(made.home))
    monkeypatch.setattr(start, "now", lambda: made.at)
    made.set_up()
    university.change(ADDRESS)
    yield made
    database.stores().core.dispose()
    database.stores().log.dispose()
    policy.use(None)

"""The real application on a free port of 127.0.0.1, with the cast in it, ended by its process id."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from sqlalchemy import update
from sqlalchemy.orm import Session

import data_access
from data_access import database, sessions
from data_access.tables import AgreementAcceptance, Ceremony
from policy.settings import Settings
from tests.cast import Member
from tests.tree import ROOT

_PATIENCE = 150  # seconds for a start on a busy machine


@dataclass(frozen=True)
class Server:
    """A running server. `home` is its installation, which the test's own `data_access` has open too.

    `pid` is its process, for a test that ends it hard.
    """

    port: int
    home: Path
    log: Path

    cookie: str = "la_sid"
    pid: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def open_here(self) -> None:
        """Let this process's `data_access` look at the server's installation."""
        data_access.start(Settings(home=self.home))

    def ask(
        self, path: str, *, method: str = "GET", body: str | None = None, **headers: str
    ) -> tuple[HTTPResponse, bytes]:
        """One request on a connection of its own; header names with underscores for hyphens."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body, {k.replace("_", "-"): v for k, v in headers.items()})
            answer = connection.getresponse()
            return answer, answer.read()
        finally:
            connection.close()

    def sign_in(self, member: Member) -> str:
        """The token of a new session, as after the form: a ticket, handed in at the route."""
        ticket = sessions.begin_session(member.number, Ceremony.PASSWORD, datetime.now(UTC))
        answer, _ = self.redeem(ticket)
        return (answer.getheader("set-cookie") or "").partition("=")[2].partition(";")[0]

    def redeem(self, ticket: str, **headers: str) -> tuple[HTTPResponse, bytes]:
        """Hand in a ticket as a page of ours does."""
        ours = {"origin": self.address, "x_learner_analytics": "1", "content_type": "application/json"}
        return self.ask("/session", method="POST", body=f'{{"ticket": "{ticket}"}}', **ours | headers)


@contextmanager
def running(template: Path, folder: Path, **environment: str) -> Iterator[Server]:
    """Start the application on a copy of the installation `template`, and end it."""
    home = folder / "home"
    shutil.copytree(template, home)
    data_access.start(Settings(home=home))
    with Session(database.stores().core) as session, session.begin():
        # The cast signed on a day of its own; the server lives today.
        session.execute(update(AgreementAcceptance).values(expires_at=datetime.now(UTC) + timedelta(days=1)))
    port = free_port()
    uvicorn = ("-m", "uvicorn", "app:app", "--host=127.0.0.1", f"--port={port}")
    try:
        with started(home, port, folder / "log", *uvicorn, **environment) as server:
            yield server
    finally:
        database.stores().core.dispose()
        database.stores().log.dispose()


@contextmanager
def started(home: Path, port: int, log: Path, *command: str, **environment: str) -> Iterator[Server]:
    """Run Python with this command until the server answers; in the end, end it and what it started."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env={**os.environ, "LA_HOME": str(home), "PORT": str(port), **environment},
            stdout=output,
            stderr=output,
        )
    try:
        server = Server(port, home, log, pid=process.pid)
        _wait_for(server, process)
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(server: Server, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        try:
            server.ask("/healthz")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"The server did not start:\n{server.log.read_text('utf-8', 'replace')}")


def free_port() -> int:
    """A port that nobody listens on at the moment."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])

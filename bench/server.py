"""A server started for a measurement, ended with it, and how much CPU it has used so far."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

ROOT = Path(__file__).parents[1]
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A running server."""

    pid: int
    port: int

    @property
    def address(self) -> str:
        """Where it answers, without a path."""
        return f"http://127.0.0.1:{self.port}"

    def cpu(self) -> float:
        """Seconds of CPU that the process has used, its own and the system's for it."""
        fields = Path(f"/proc/{self.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS


@contextmanager
def ours(home: Path) -> Iterator[Server]:
    """The application, over the data in `home`."""
    port = _free_port()
    environment = os.environ | {"LA_HOME": str(home), "PORT": str(port)}
    with _running([sys.executable, "manage.py", "serve"], port, "/healthz", environment) as server:
        yield server


@contextmanager
def hello() -> Iterator[Server]:
    """Streamlit's own hello application, with our settings."""
    with _streamlit("hello") as server:
        yield server


@contextmanager
def one_chart() -> Iterator[Server]:
    """A heading and a chart of three bars and nothing else, with our settings."""
    with _streamlit("run", "bench/one_chart.py") as server:
        yield server


@contextmanager
def _streamlit(*words: str) -> Iterator[Server]:
    port = _free_port()
    options = ("--server.headless=true", "--browser.gatherUsageStats=false", "--server.address=127.0.0.1")
    command = [sys.executable, "-m", "streamlit", *words, f"--server.port={port}", *options]
    with _running(command, port, "/_stcore/health", dict(os.environ)) as server:
        yield server


@contextmanager
def _running(command: list[str], port: int, health: str, environment: dict[str, str]) -> Iterator[Server]:
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=quiet, stderr=quiet, stdin=quiet)
    try:
        server = Server(process.pid, port)
        _await(process, server.address + health)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=20)


def _await(process: subprocess.Popen[bytes], address: str) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 - our own address
        except (URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"no answer from {address}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

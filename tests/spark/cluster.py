"""A Spark cluster on loopback: a master and two workers, each a process of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pyspark

HOME = Path(pyspark.__file__).parent
_MASTER = "org.apache.spark.deploy.master.Master"
_WORKER = "org.apache.spark.deploy.worker.Worker"
_PATIENCE = 240  # seconds: a machine that does much else starts slowly


@dataclass(frozen=True)
class Cluster:
    """Where the master listens, the workers, and the folder of their logs."""

    address: str
    workers: tuple[subprocess.Popen[bytes], ...]
    logs: Path

    def kill(self, number: int) -> None:
        """Kill a worker and its executors, without a word of warning."""
        worker = self.workers[number]
        for child in _children(worker.pid):
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        worker.kill()


@contextmanager
def running(folder: Path, memory: str = "1g") -> Iterator[Cluster]:
    """A cluster that is up, with both workers registered, each with so much memory; ended by its processes' ids."""
    port = _free()
    address = f"spark://127.0.0.1:{port}"
    started = [
        _start(folder, "master", _MASTER, "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0")
    ]
    try:
        _wait(folder / "master.log", "I have been elected leader", 1)
        for number in (1, 2):
            where = ("--host", "127.0.0.1", "--webui-port", "0", "--work-dir", str(folder / f"work-{number}"))
            size = ("--cores", "1", "--memory", memory)
            started.append(_start(folder, f"worker-{number}", _WORKER, *where, *size, address))
        _wait(folder / "master.log", "Registering worker", 2)
        yield Cluster(address, tuple(started[1:]), folder)
    finally:
        for process in reversed(started):
            for child in _children(process.pid):
                with suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
            process.kill()
            process.wait()


def _start(folder: Path, name: str, role: str, *options: str) -> subprocess.Popen[bytes]:
    environment = os.environ | {
        "SPARK_HOME": str(HOME),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_DIRS": str(folder / "scratch"),
        "PYSPARK_PYTHON": sys.executable,
    }
    with (folder / f"{name}.log").open("wb") as log:
        command = [str(HOME / "bin" / "spark-class"), role, *options]
        return subprocess.Popen(command, env=environment, stdout=log, stderr=log)


def _wait(log: Path, words: str, times: int) -> None:
    until = time.monotonic() + _PATIENCE
    while log.read_text("utf-8", errors="replace").count(words) < times:
        if time.monotonic() > until:
            raise TimeoutError(f"{log.name} does not say “{words}”:\n{log.read_text('utf-8')[-2000:]}")
        time.sleep(0.2)


def _children(pid: int) -> list[int]:
    """The processes that a process started, and those that they did."""
    found = Path(f"/proc/{pid}/task/{pid}/children")
    own = [int(word) for word in found.read_text().split()] if found.exists() else []
    return [*own, *(grandchild for child in own for grandchild in _children(child))]


def _free() -> int:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return int(opened.getsockname()[1])

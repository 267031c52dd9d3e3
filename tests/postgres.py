"""A PostgreSQL server of our own, on a socket in a temporary folder, ended with the tests."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """The folder of the newest server installed, 15 or later."""
    versions = [p for p in Path("/usr/lib/postgresql").glob("*/bin/initdb") if int(p.parts[4]) >= 15]
    return max(versions, key=lambda p: int(p.parts[4])).parent if versions else None


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """Run a server that listens on a socket only; gives the start of its URL, to which a name is added."""
    found = binaries()
    assert found, "no PostgreSQL 15 or later is installed"
    data, socket = folder / "data", folder / "s"
    socket.mkdir(parents=True)
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        shutil.chown(socket, "postgres", "postgres")
        folder.parent.chmod(0o711)
    _run(found / "initdb", "-D", data, "-U", "learner", "--auth=trust", "--no-sync")
    options = (
        f"-c listen_addresses='' -c unix_socket_directories='{socket}' -c fsync=off -c max_connections=50"
    )
    _run(found / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start")
    try:
        yield f"postgresql+psycopg://learner@/%s?host={socket}"
    finally:
        _run(found / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def _run(*command: object) -> None:
    words = [str(word) for word in command]
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run(as_user + words, check=True, capture_output=True, cwd="/")

"""What a process, its children and a server cost together: their CPU, and the most memory they held at once."""

import os
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_EACH = 0.5  # seconds between two looks at the memory
_TICK = os.sysconf("SC_CLK_TCK")
_FORGET = "5"  # to the kernel: the peak of memory begins anew


class Watch:
    """This process and all that descend from it or from `others`, from when it is made until `ended`.

    Memory is shared out where processes share it, as PostgreSQL's do.
    """

    def __init__(self, *others: int) -> None:
        self._roots = (os.getpid(), *others)
        Path("/proc/self/clear_refs").write_text(_FORGET, "ascii")
        self._before, self._peak = self._cpu(), 0
        self._over = threading.Event()
        self._looking = threading.Thread(target=self._look, daemon=True)
        self._looking.start()

    def ended(self) -> tuple[float, int]:
        """Seconds of CPU since it was made, and the peak in MB."""
        self._over.set()
        self._looking.join()
        own = _kilobytes(Path("/proc/self/status"), "VmHWM:")
        return self._cpu() - self._before, max(self._peak, own) // 1024

    def _look(self) -> None:
        while not self._over.wait(_EACH):
            shares = (Path(f"/proc/{pid}/smaps_rollup") for pid in _descended(self._roots))
            self._peak = max(self._peak, sum(_kilobytes(share, "Pss:") for share in shares))

    def _cpu(self) -> float:
        return sum(_ticks(pid) for pid in _descended(self._roots)) / _TICK


def _descended(roots: tuple[int, ...]) -> set[int]:
    """These processes and all their descendants that live."""
    children: dict[int, list[int]] = defaultdict(list)
    for pid, parent in _parents():
        children[parent].append(pid)
    found: set[int] = set()
    waiting = [*roots]
    while waiting:
        pid = waiting.pop()
        found.add(pid)
        waiting += children[pid]
    return found


def _parents() -> Iterator[tuple[int, int]]:
    for folder in Path("/proc").glob("[0-9]*"):
        if told := _told(int(folder.name)):
            yield int(folder.name), int(told[1])


def _ticks(pid: int) -> int:
    """The time of a process and of those of its children that ended and were waited for."""
    told = _told(pid)
    return sum(int(word) for word in told[11:15]) if told else 0


def _told(pid: int) -> list[str]:
    """What the kernel says of a process, from its state on; nothing where it has ended."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text("utf-8", errors="replace").rpartition(")")[2].split()
    return []


def _kilobytes(file: Path, what: str) -> int:
    """What a file of the kernel's says of a process; nothing where it has ended."""
    with suppress(OSError):
        for line in file.read_text("utf-8").splitlines():
            if line.startswith(what):
                return int(line.split()[1])
    return 0

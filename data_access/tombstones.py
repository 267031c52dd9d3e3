"""What was disposed of, outside the database: pseudonyms and classes, so that a restored backup loses it again.

A file of lines, each sealed to the one before it. It names nobody: only this installation's key makes the pseudonyms.
"""

import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from data_access import access_log, database


class TombstonesBroken(RuntimeError):
    """The list of what was disposed of has been changed; the sentence says where."""


@dataclass(frozen=True)
class Tombstone:
    """One class of one person's records that must not come back; `kind` is the class."""

    person: str
    kind: str


def add(people: Iterable[int], kind: str, at: datetime) -> None:
    """Write them down, on disk before it returns. Twice is no fault."""
    path = _path()
    before = _last(path)
    lines = []
    for person in people:
        said = {"at": at.isoformat(), "person": access_log.pseudonym(person), "kind": kind}
        before = _seal(said, before)
        lines.append(json.dumps({**said, "mac": before}))
    with path.open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
        file.flush()


def all_of() -> frozenset[Tombstone]:
    """All of them; TombstonesBroken where a line was changed or taken out."""
    return frozenset(Tombstone(one["person"], one["kind"]) for one in _read(_path()))


def _read(path: Path) -> Iterator[dict[str, str]]:
    before = ""
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    for number, line in enumerate(lines, start=1):
        said = json.loads(line)
        mac = said.pop("mac")
        if not hmac.compare_digest(mac, _seal(said, before)):
            raise TombstonesBroken(
                f"{path} was changed at line {number}. Take it from your copy of that folder."
            )
        before = mac
        yield said


def _last(path: Path) -> str:
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return str(json.loads(lines[-1])["mac"]) if lines else ""


def _seal(said: dict[str, str], before: str) -> str:
    key = database.stores().keys.audit
    return hmac.new(key, f"{before}{json.dumps(said, sort_keys=True)}".encode(), sha256).hexdigest()


def _path() -> Path:
    return database.settings().home / "tombstones.jsonl"

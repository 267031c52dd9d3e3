"""What must not come back with a backup, outside the database: who said no to what, and what was disposed of.

A file of lines, each sealed to the one before it. It names nobody: only this installation's key makes the pseudonyms.
The database says how many of the lines it has seen, so an older one that is put back knows which it has missed.
"""

import hmac
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from sqlalchemy.orm import Session

from auth.refusals import Refusal
from data_access import access_log, database, watermarks


class TombstonesBroken(Refusal):
    """The list of what has ended has been changed; the sentence says where."""


class What(StrEnum):
    """What a line says; in brackets what it is `of`."""

    DISPOSED = "disposed of"
    """A class of somebody's records (the class)."""
    KEY = "key"
    """Of somebody whose core records went (one of their keys, hashed): no load brings them again."""
    CONTACT = "contact"
    """The ways to reach somebody (the number of the enrolment)."""
    NO = "no"
    """A consent that its student refused or took back (its number and the digest of its text)."""
    UNDONE = "agreement undone"
    """An agreement to a plan, taken back by its student (the plan's number)."""
    NOT_SHARED = "not shared"
    """The yes to the sharing of one action, taken back (the action's number)."""
    UNUSED = "unused"
    """Data are left unused for a purpose (the purpose, the kind of the request and its reference)."""
    USED = "used again"
    """They are used again (the purpose)."""
    ACCOUNT = "account"
    """An account was closed (nothing)."""
    ROLE = "role"
    """A role was taken away (the role)."""
    CALENDAR = "calendar"
    """The address of a calendar was ended (the role it was for)."""


@dataclass(frozen=True)
class Tombstone:
    """One thing of one person that has ended. `person` is their pseudonym in the access log."""

    person: str
    what: What
    of: str
    at: datetime


def add(session: Session, people: Iterable[int], what: What, of: str, at: datetime) -> None:
    """Write it down for these people, on disk before it returns. Twice is no fault.

    What ends something is written before that is committed: if the commit fails, too much is ended by a restore,
    never too little. What lets it begin again is written after.
    """
    put(session, [Tombstone(access_log.pseudonym(person), what, of, at) for person in people])


def put(session: Session, stones: Collection[Tombstone]) -> None:
    """As `add`, for lines of several kinds."""
    if not stones:
        return
    watermarks.take(session, watermarks.TOMBSTONES)  # whoever comes second waits here, and reads on
    path = _path()
    number, before = _end(path)
    lines = []
    for stone in stones:
        said = _said(stone)
        before = _seal(said, before)
        lines.append(json.dumps({**said, "mac": before}))
    with path.open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
        file.flush()
    watermarks.raise_to(session, watermarks.TOMBSTONES, number + len(lines))


def contacts(session: Session, ended: Iterable[tuple[int, int]], at: datetime) -> None:
    """That the ways to reach these students by these enrolments are gone."""
    put(
        session,
        [Tombstone(access_log.pseudonym(one), What.CONTACT, str(enrolment), at) for one, enrolment in ended],
    )


def missed(session: Session) -> list[Tombstone]:
    """Those that the database has not seen, the first first. TombstonesBroken where a line was changed or is gone.

    From then on it has seen them: carry them out in the same transaction.
    """
    seen = watermarks.at(session, watermarks.TOMBSTONES)
    found = whole(seen)
    watermarks.raise_to(session, watermarks.TOMBSTONES, len(found))
    return found[seen:]


def whole(seen: int) -> list[Tombstone]:
    """All of them, of which a database has seen so many; TombstonesBroken as above."""
    found = list(_read(_path()))
    if len(found) < seen:
        raise TombstonesBroken(
            f"{_path()} ends at line {len(found)}, and the records have seen {seen}. "
            "Take the file from your copy of that folder."
        )
    return found


def _read(path: Path) -> Iterator[Tombstone]:
    before = ""
    for number, line in enumerate(_lines(path), start=1):
        said = json.loads(line)
        mac = said.pop("mac")
        if not hmac.compare_digest(mac, _seal(said, before)):
            raise TombstonesBroken(
                f"{path} was changed at line {number}. Take it from your copy of that folder."
            )
        before = mac
        yield Tombstone(said["person"], What(said["what"]), said["of"], datetime.fromisoformat(said["at"]))


def _end(path: Path) -> tuple[int, str]:
    """How many lines there are, and the seal of the last."""
    lines = _lines(path)
    return len(lines), str(json.loads(lines[-1])["mac"]) if lines else ""


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.is_file() else []


def _said(stone: Tombstone) -> dict[str, str]:
    return {"at": stone.at.isoformat(), "person": stone.person, "what": stone.what, "of": stone.of}


def _seal(said: dict[str, str], before: str) -> str:
    key = database.stores().keys.audit
    return hmac.new(key, f"{before}{json.dumps(said, sort_keys=True)}".encode(), sha256).hexdigest()


def _path() -> Path:
    return database.settings().home / "tombstones.jsonl"

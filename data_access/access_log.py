"""The access log: a chain of lines, each sealed together with the one before it."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import sha256
from types import MappingProxyType

from sqlalchemy import Connection, bindparam, insert, select, text

from auth.permissions import Act, Action
from auth.refusals import Refusal
from auth.viewer import Role, Viewer
from data_access import database
from data_access.tables import AUDIT, AccessLine
from privacy.purposes import Duty

_SAME = ("actor", "role", "session", "action", "category", "basis", "students", "allowed")
_LAST = select(AccessLine.seq, AccessLine.mac).order_by(AccessLine.seq.desc()).limit(1)
_ADD = insert(AccessLine)
_RECENT = (
    select(AccessLine.seq)
    .where(
        AccessLine.at > bindparam("since"),
        AccessLine.at <= bindparam("until"),
        *[getattr(AccessLine, name) == bindparam(name) for name in _SAME],
    )
    .limit(1)
)
_START = "0" * 64


@dataclass(frozen=True)
class Line:
    """What happened: who did or tried what, to whose records, why, and whether it was allowed.

    `act` is a gated act, or the name of an event of the session such as `signed_in`.
    """

    viewer: Viewer
    act: Act | str
    students: tuple[int, ...]
    at: datetime
    refusal: Refusal | None = None

    @cached_property
    def values(self) -> Mapping[str, object]:
        """The line as it is stored, but for its place in the chain; people by their pseudonyms."""
        viewer, act = self.viewer, self.act
        action, category, basis = (
            (act.action, act.category, act.basis) if isinstance(act, Act) else (act, "session", Duty.SECURITY)
        )
        return {
            "at": self.at,
            "actor": pseudonym(viewer.person) if viewer.person else viewer.session,
            "role": viewer.role,
            "session": viewer.session[:16],
            "action": str(action),
            "category": str(category),
            "basis": str(basis),
            "students": " ".join(sorted(map(pseudonym, self.students))),
            "allowed": self.refusal is None,
            "reason": self.refusal.reason if self.refusal else "",
        }


@dataclass(frozen=True)
class Verdict:
    """What checking the chain found: how many lines hold, and the first that does not."""

    lines: int
    broken_at: int | None


def pseudonym(person: int) -> str:
    """The name of a person in the log: 16 hexadecimal digits, the same each time, not reversible."""
    key = database.stores().keys.pseudonym
    return hmac.new(key, str(person).encode(), sha256).hexdigest()[:16]


def append(connection: Connection, line: Line) -> None:
    """Add a line to the end of the chain, in the connection's transaction."""
    _take_turn(connection)
    last = connection.execute(_LAST).one_or_none()
    values = {**line.values, "seq": (last.seq if last else 0) + 1}
    values["mac"] = _seal(values, last.mac if last else _START)
    connection.execute(_ADD, values)


def record(line: Line) -> None:
    """Commit a line now, whatever becomes of the transaction that it tells of."""
    with database.logging() as connection:
        append(connection, line)


def repeats(line: Line, within: timedelta) -> bool:
    """Whether the same people were read in the same way in this session just before: then it is the same read.

    Asked in a transaction of its own: a reader that turns writer would not wait for its turn.
    """
    if line.values["action"] != Action.READ:
        return False
    same = {name: line.values[name] for name in _SAME}
    asked = same | {"since": line.at - within, "until": line.at}
    with database.logging() as connection:
        return connection.scalar(_RECENT, asked) is not None


def verify(viewer: Viewer, at: datetime, anchored: Mapping[int, str] = MappingProxyType({})) -> Verdict:
    """Recompute the whole chain. Whoever checks is not logged: checking reads nobody's record.

    A chain cannot show that its last lines were cut off; it must have every line of `anchored`, with that seal.
    """
    lines, mac = 0, _START
    with database.logging() as connection:
        rows = connection.execution_options(yield_per=5000).execute(
            select(AccessLine.__table__).order_by(AccessLine.seq)
        )
        for row in rows.mappings():
            mac = _seal(dict(row), mac)
            same = hmac.compare_digest(mac, row["mac"])
            if row["seq"] != lines + 1 or not same or anchored.get(row["seq"], mac) != mac:
                return Verdict(lines, broken_at=lines + 1)
            lines += 1
    return Verdict(lines, broken_at=lines + 1 if lines < max(anchored, default=0) else None)


def _take_turn(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('access_line'))"))
        return
    attached = connection.engine is database.stores().core
    database.take_turn(connection, f"{AUDIT}.access_line" if attached else "access_line")


def _seal(values: dict[str, object], before: str) -> str:
    """The line's HMAC-SHA256, over the seal before it and the line as canonical JSON."""
    at = values["at"]
    assert isinstance(at, datetime)
    plain = {k: str(v) if isinstance(v, Role) else v for k, v in values.items() if k != "mac"}
    plain["at"] = at.timestamp()
    canonical = json.dumps([before, plain], sort_keys=True, separators=(",", ":"))
    return hmac.new(database.stores().keys.audit, canonical.encode(), sha256).hexdigest()

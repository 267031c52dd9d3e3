"""The access log: a chain of lines, each sealed together with the one before it."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import sha256
from types import MappingProxyType

from sqlalchemy import Connection, bindparam, insert, select

from auth.permissions import Act, Action
from auth.refusals import Refusal
from auth.viewer import Viewer
from data_access import access_chain, access_cuts, database
from data_access.access_chain import End
from data_access.tables import AccessLine
from privacy.logged import Cut
from privacy.purposes import Duty

_SAME = ("actor", "role", "session", "action", "category", "basis", "students", "allowed")
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
    """What checking the chain found: how many of the lines that are kept hold, and the first that does not.

    `cut` says where it begins, once older lines were disposed of.
    """

    lines: int
    broken_at: int | None
    cut: Cut | None = None


def pseudonym(person: int) -> str:
    """The name of a person in the log: 16 hexadecimal digits, the same each time, not reversible."""
    key = database.stores().keys.pseudonym
    return hmac.new(key, str(person).encode(), sha256).hexdigest()[:16]


def append(connection: Connection, line: Line) -> None:
    """Add a line to the end of the chain, in the connection's transaction."""
    access_chain.take_turn(connection)
    last = access_chain.end(connection)
    values = {**line.values, "seq": last.line + 1}
    values["mac"] = access_chain.seal(values, last.seal)
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

    It begins where it was last cut under a certificate. A chain cannot show that its last lines were cut off; it must
    have every line of `anchored`, with that seal, but those that were disposed of.
    """
    with database.logging() as connection:
        access_chain.one_state(connection)
        for begins in access_cuts.begins(connection):
            last, cut = begins.after, begins.cut
            if begins.broken_at or anchored.get(last.line, last.seal) != last.seal:
                return Verdict(0, begins.broken_at or last.line, cut)
        rows = connection.execution_options(yield_per=5000).execute(
            select(AccessLine.__table__).order_by(AccessLine.seq)
        )
        begun = last.line
        for row in rows.mappings():
            seal = access_chain.seal(dict(row), last.seal)
            same = hmac.compare_digest(seal, row["mac"])
            if row["seq"] != last.line + 1 or not same or anchored.get(row["seq"], seal) != seal:
                return Verdict(last.line - begun, last.line + 1, cut)
            last = End(row["seq"], seal)
    missing = last.line + 1 if last.line < max(anchored, default=0) else None
    return Verdict(last.line - begun, missing, cut)

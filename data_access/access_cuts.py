"""What was cut off the beginning of the access log once its time was over: how far, and under which certificate.

The lines go from the first on, so that what is kept hangs together. Where they end is a row beside them, sealed like
they are: it holds the seal on which the first line that is kept was put.

How many lines are over, or were cut, is counted in the log by itself: SQLite takes no line from a transaction that
saw the log before its turn to write, once another line has been written since.
"""

import hmac
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from data_access import access_chain, database
from data_access.access_chain import End
from data_access.tables import AccessCut, AccessLine
from privacy.logged import Cut

BITE = 20_000
"""Lines that go in one transaction: whoever writes meanwhile waits for so many."""


@dataclass(frozen=True)
class Begins:
    """After which line the log begins, and how it came to; or which line is the first for whose end nothing holds."""

    after: End
    cut: Cut | None = None
    broken_at: int | None = None


def begins(connection: Connection) -> Iterator[Begins]:
    """Each place at which the log was cut, the first first, and before them its very beginning."""
    found, before = Begins(End()), End().seal
    yield found
    for row in connection.execute(select(AccessCut.__table__).order_by(AccessCut.last)).mappings():
        before = access_chain.seal(dict(row), before)
        holds = hmac.compare_digest(before, row["mac"])
        broken = None if holds else found.after.line + 1
        last = End(row["last"], row["last_mac"])
        found = Begins(last, Cut(row["certificate"], row["last"], row["until"]), broken)
        yield found


def over(ends: datetime, at: datetime) -> int:
    """How many lines at the beginning are from before `ends`, up to the first that is not."""
    line = AccessLine
    kept = select(line.seq).where(line.at >= ends, line.at <= at).order_by(line.seq).limit(1)
    with database.logging() as connection:
        # By number, and not by day: of the lines that are kept there are many, and the first of them is sought.
        first = connection.scalar(kept.with_hint(line, "NOT INDEXED", "sqlite"))
        old = select(func.count()).select_from(line).where(line.at < ends)
        return connection.scalar(old if first is None else old.where(line.seq < first)) or 0


def cut(connection: Connection, certificate: int, ends: datetime, kept: Collection[str], at: datetime) -> int:
    """Cut off so many of the lines from before `ends` as go in one transaction, in the open one; how many.

    Up to the first that is later, or that names one of those `kept`, by pseudonym. A line that is dated ahead of
    `at` goes with those around it.
    """
    access_chain.take_turn(connection)
    line = AccessLine
    asked = select(line.seq, line.at, line.mac, line.actor, line.students).order_by(line.seq).limit(BITE)
    names, last = set(kept), None
    for row in connection.execute(asked).all():
        if ends <= row.at <= at or {row.actor, *row.students.split()} & names:
            break
        last = row if row.at < ends else last
    if last is None:
        return 0
    values = {"last": last.seq, "last_mac": last.mac, "until": last.at, "certificate": certificate, "at": at}
    before = connection.scalar(select(AccessCut.mac).order_by(AccessCut.last.desc()).limit(1))
    values["mac"] = access_chain.seal(values, before or End().seal)
    connection.execute(insert(AccessCut), values)
    return connection.execute(delete(line).where(line.seq <= last.seq)).rowcount


def taken(certificate: int, since: datetime) -> int:
    """How many lines were cut off under a certificate that was approved at that moment."""
    with database.logging() as connection:
        rows = connection.execute(select(AccessCut.__table__).order_by(AccessCut.last)).all()
    found, before = 0, 0
    for row in rows:
        if row.certificate == certificate and row.at >= since:
            found += row.last - before
        before = row.last
    return found

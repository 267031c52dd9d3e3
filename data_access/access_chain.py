"""How the lines of the access log hang together: whose turn it is to write, where it ends, and the next seal."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, select, text

from auth.viewer import Role
from data_access import database
from data_access.tables import AUDIT, AccessCut, AccessLine

_LAST = select(AccessLine.seq, AccessLine.mac).order_by(AccessLine.seq.desc()).limit(1)
_CUT = select(AccessCut.last, AccessCut.last_mac).order_by(AccessCut.last.desc()).limit(1)


@dataclass(frozen=True)
class End:
    """The number of a line and its seal; 0 and noughts before the first."""

    line: int = 0
    seal: str = "0" * 64


def end(connection: Connection) -> End:
    """The last line that was ever written: of those that are kept, else the last of those that were disposed of."""
    if row := connection.execute(_LAST).one_or_none() or connection.execute(_CUT).one_or_none():
        return End(*row)
    return End()


def take_turn(connection: Connection) -> None:
    """Wait to be the only writer of the log, until the transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('access_line'))"))
        return
    attached = connection.engine is database.stores().core
    database.take_turn(connection, f"{AUDIT}.access_line" if attached else "access_line")


def one_state(connection: Connection) -> None:
    """See the log as it is now throughout, whatever others do meanwhile; before anything else is asked of it."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))


def seal(values: Mapping[Any, object], before: str) -> str:
    """HMAC-SHA256 over the seal before it and all values but the seal itself, as canonical JSON."""
    plain = {name: _plain(one) for name, one in values.items() if name != "mac"}
    canonical = json.dumps([before, plain], sort_keys=True, separators=(",", ":"))
    return hmac.new(database.stores().keys.audit, canonical.encode(), sha256).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.timestamp()
    return str(value) if isinstance(value, Role) else value

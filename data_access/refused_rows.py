"""How long rows that no load could take in are kept, decided about or not, and keys that nobody knows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete

from data_access import legal_holds, ownerless
from data_access.gate import Opened
from data_access.tables import QuarantinedRow, UnmatchedKey
from policy.days import london_day
from policy.retention import Rule
from privacy.labels import Retention
from privacy.retention import last_end_due


def drop_older(opened: Opened, rule: Rule, at: datetime) -> Mapping[str, int]:
    """Delete those that are over their time, and the unknown keys of the same loads; how many of each.

    None while everybody's are held back.
    """
    if None in legal_holds.running(opened, Retention.QUARANTINE):
        return {}
    loads = ownerless.loads(last_end_due(london_day(at), rule))
    found = {}
    for table in (QuarantinedRow, UnmatchedKey):
        gone: Any = delete(table).where(table.run.in_(loads))
        number = opened.session.connection().execute(gone).rowcount
        if number:
            found[table.__tablename__] = number
    return found

"""What is disposed of is written down, so that neither a backup nor a load brings it back."""

import hmac
from collections.abc import Collection
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from data_access import access_log, database, tombstones
from data_access.gate import Opened
from data_access.tables import BuriedKey, DisposedClass, Enrolment, SourceKey
from data_access.tombstones import Tombstone, What
from policy.days import london_day
from privacy.labels import Retention

ENROLMENT = "enrolment"


def bury(opened: Opened, people: Collection[int], kind: Retention, at: datetime) -> None:
    """Write down that this class of these people's records goes; before it does, for with the core go the keys."""
    session = opened.session
    stones = [Tombstone(access_log.pseudonym(person), What.DISPOSED, kind, at) for person in people]
    if kind is Retention.CORE:
        for person in people:
            found = _keys(session, person)
            keep_out(session, found)
            name = access_log.pseudonym(person)
            stones += [Tombstone(name, What.KEY, one, at) for one in sorted(found)]
    else:
        note(session, people, kind, at)
    tombstones.put(session, stones)


def note(session: Session, people: Collection[int], kind: Retention, at: datetime) -> None:
    """Of people who are still here: nothing of the class up to today comes back with a load."""
    _put(session, DisposedClass, [{"person": one, "kind": kind, "day": london_day(at)} for one in people])


def keep_out(session: Session, digests: Collection[str]) -> None:
    """Let no load bring in anybody by one of these keys."""
    _put(session, BuriedKey, [{"digest": one} for one in sorted(digests)])


def digest(noun: str, key: str) -> str:
    """What stands for a key of a system, or of an enrolment; nobody can read the key from it."""
    secret = database.stores().keys.pseudonym
    return hmac.new(secret, f"{noun}:{key}".encode(), sha256).hexdigest()


def _keys(session: Session, person: int) -> frozenset[str]:
    own = select(SourceKey.system, SourceKey.key).where(SourceKey.person == person)
    enrolments = select(Enrolment.key).where(Enrolment.student == person)
    return frozenset(
        [
            *(digest(row.system, row.key) for row in session.execute(own)),
            *(digest(ENROLMENT, key) for key in session.scalars(enrolments)),
        ]
    )


def _put(
    session: Session, table: type[BuriedKey] | type[DisposedClass], rows: list[dict[str, object]]
) -> None:
    connection = session.connection()
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    if rows:
        adding = insert(table)
        key = [column.name for column in table.__table__.primary_key]
        same = {c.name: adding.excluded[c.name] for c in table.__table__.columns}
        connection.execute(adding.on_conflict_do_update(index_elements=key, set_=same), rows)

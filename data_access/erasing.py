"""Deleting one class of some people's records, from every table that leads to them, in the open transaction."""

from collections import Counter
from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, Table, delete, exists, false, or_, select, update

from auth.viewer import Role
from data_access import equality, person_paths, sealing
from data_access.gate import Opened
from data_access.tables import Consent, DisposalPerson, RoleGrant
from privacy.labels import Retention

_SEALED = ("sensitive_extract", "sensitive_note")
_NAMES = ("person", "source_key")
_OWN = DisposalPerson.__tablename__


def kind_of(table: Table) -> Retention:
    """The class of a table's rows: that of the first column which says something, not only whose or where from."""
    telling = [c for c in table.columns if not c.primary_key and not c.foreign_keys]
    column = next(iter(telling), next(iter(table.primary_key)))
    found: Retention = column.info["about"].retention
    return found


def erase(opened: Opened, people: Collection[int], kind: Retention) -> Mapping[str, int]:
    """Delete it; how many rows by table. Who works here too keeps name, account and what belongs to the work.

    With the core records go all others that hang on them.
    """
    counts: Counter[str] = Counter()
    tables = [one for one in reversed(list(person_paths.tables())) if _goes(one, kind)]
    for person in people:
        works = _works_here(opened, person)
        for table in tables:
            if works and _of_a_colleague(table):
                continue
            counts[table.name] += _rows(opened, table, person)
        if kind is Retention.CORE:
            equality.drop(opened, person)
    return {name: number for name, number in sorted(counts.items()) if number}


def any_of(kind: Retention, person: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether there is any row of the class about the person whose number is in that column."""
    found = [
        exists().where(person_paths.belongs(table, person))
        for table in person_paths.tables()
        if kind_of(table) is kind and table.name != _OWN
    ]
    return or_(false(), *found)


def _goes(table: Table, kind: Retention) -> bool:
    if table.name == _OWN:
        return kind is Retention.CORE
    return kind is Retention.CORE or kind_of(table) is kind


def _rows(opened: Opened, table: Table, person: int) -> int:
    mine = person_paths.belongs(table, person)
    if table.name in _SEALED:
        sealing.destroy(opened.session.scalars(select(table.c.key).where(mine)).all())
    if (
        table.name == "consent_step"
    ):  # the database lets lines of the ledger go only where their text has gone
        own = person_paths.belongs(Consent.__table__, person)  # type: ignore[arg-type]
        opened.session.execute(update(Consent).where(own).values(text=""))
        opened.session.flush()
    gone = opened.session.connection().execute(delete(table).where(mine))
    return int(gone.rowcount)


def _of_a_colleague(table: Table) -> bool:
    """Whether its rows belong to a person as somebody who works here, and not to their studies."""
    at_work = kind_of(table) is Retention.GOVERNANCE and "student" not in table.info["person"]
    return at_work or table.name in _NAMES


def _works_here(opened: Opened, person: int) -> bool:
    held = select(RoleGrant.id).where(RoleGrant.person == person, RoleGrant.role != Role.STUDENT)
    return opened.session.scalars(held.limit(1)).first() is not None

"""Deleting one class of some people's records, from every table that leads to them, in the open transaction."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, delete, exists, false, or_, select, update

from data_access import consent_rows, equality, leavers, own_keys, person_paths, sealing, watermarks
from data_access.gate import Opened
from data_access.tables import Consent, DisposalPerson, DisposedClass, QuarantinedRow
from privacy.labels import Retention, Source

_SEALED = ("sensitive_extract", "sensitive_note", "consent")
_NAMES = ("person", "source_key")
_OWN = (DisposalPerson.__tablename__, DisposedClass.__tablename__)
"""What disposal itself needs to know about a person for as long as they are here."""
_REFUSED: Mapping[Retention, tuple[Source, ...]] = {
    Retention.CORE: tuple(Source),
    Retention.ENGAGEMENT: (Source.VLE, Source.TIMETABLE, Source.ATTENDANCE),
}
"""Of which systems the refused rows go, where one of the person's keys stands in them."""


def kind_of(table: Table) -> Retention:
    """The class of a table's rows: that of the first column which says something, not only whose or where from."""
    telling = [c for c in table.columns if not c.primary_key and not c.foreign_keys]
    column = next(iter(telling), next(iter(table.primary_key)))
    found: Retention = column.info["about"].retention
    return found


def erase(opened: Opened, people: Collection[int], kind: Retention, at: datetime) -> Mapping[str, int]:
    """Delete it; how many rows by table. Who works here too keeps name, account and what belongs to the work,

    and whoever has left the name, while records that are kept say what they did.

    With the core records go all others that hang on them. With what is sensitive goes what consents were about;
    that they were given or refused stays as proof.
    """
    counts: Counter[str] = Counter()
    going = [one for one in reversed(list(person_paths.tables())) if _goes(one, kind)]
    pointing = _pointing(going)
    for person in people:
        stays = _staying(opened, person, kind, at)
        counts["quarantined_row"] += _refused(opened, person, kind)
        if kind is Retention.SENSITIVE:
            consent_rows.forget(opened, _consents(person), at)
        for table in going:
            if table.name in stays:
                continue
            for column in pointing[table.name]:
                _let_go(opened, column, table, person)
            counts[table.name] += _rows(opened, table, person, at)
        if kind is Retention.CORE:
            equality.drop(opened, person)
    return {name: number for name, number in sorted(counts.items()) if number}


def tables() -> list[str]:
    """The names of all tables from which something is erased."""
    return [*(table.name for table in person_paths.tables()), QuarantinedRow.__tablename__]


def any_of(kind: Retention, person: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether there is any row of the class about the person whose number is in that column."""
    found = [
        exists().where(person_paths.belongs(table, person))
        for table in person_paths.tables()
        if kind_of(table) is kind and table.name not in (*_OWN, *person_paths.DECIDED)
    ]
    return or_(false(), *found)


def _goes(table: Table, kind: Retention) -> bool:
    if table.name in person_paths.DECIDED:
        return False
    return kind is Retention.CORE or (kind_of(table) is kind and table.name not in _OWN)


def _pointing(going: Collection[Table]) -> Mapping[str, list[Column[Any]]]:
    """By the name of each table from which rows go the columns of those that stay which point into it."""
    found: dict[str, list[Column[Any]]] = {table.name: [] for table in going}
    for table in person_paths.tables():
        for key in table.foreign_keys if table not in going else ():
            if key.column.table in going:
                found[key.column.table.name].append(key.parent)
    return found


def _let_go(opened: Opened, column: Column[Any], table: Table, person: int) -> None:
    """What stays points no more at what goes; a row that does nothing but point at it goes too."""
    (key,) = table.primary_key
    points = column.in_(select(key).where(person_paths.belongs(table, person)))
    if column.primary_key:
        opened.session.connection().execute(delete(column.table).where(points))
    elif column.nullable:
        opened.session.connection().execute(update(column.table).where(points).values({column.name: None}))


def _rows(opened: Opened, table: Table, person: int, at: datetime) -> int:
    mine = person_paths.belongs(table, person)
    if table.name in _SEALED:
        sealing.destroy(opened.session.scalars(select(table.c.key).where(mine)).all())
    if table.name == "consent_step":
        # The database lets lines of the ledger go only where what they are about has gone.
        consent_rows.forget(opened, _consents(person), at)
    if table.name == "person":
        watermarks.raise_to(opened.session, watermarks.PERSON, watermarks.last_person(opened.session))
    gone = opened.session.connection().execute(delete(table).where(mine))
    return int(gone.rowcount)


def _refused(opened: Opened, person: int, kind: Retention) -> int:
    """Delete rows that could not be taken in, and in which a key of the person stands."""
    q, own = QuarantinedRow, own_keys.of(opened.session, person)
    mine = q.system.in_(_REFUSED.get(kind, ())), own_keys.refused(own)
    return int(opened.session.connection().execute(delete(q).where(*mine)).rowcount)


def _consents(person: int) -> ColumnElement[bool]:
    return person_paths.belongs(Consent.__table__, person)  # type: ignore[arg-type]


def _staying(opened: Opened, person: int, kind: Retention, at: datetime) -> Collection[str]:
    """The tables whose rows stay because the person works here, or did something that is still on record."""
    if leavers.keeps_account(opened, person, at):
        return [table.name for table in person_paths.tables() if _of_a_colleague(table)]
    return _NAMES if kind is Retention.CORE and leavers.keeps_name(opened, person) else ()


def _of_a_colleague(table: Table) -> bool:
    """Whether its rows belong to a person as somebody who works here, and not to their studies."""
    at_work = kind_of(table) is Retention.GOVERNANCE and "student" not in table.info["person"]
    return at_work or table.name in _NAMES

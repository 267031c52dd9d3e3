"""What was disposed of and a load brings again: it is left out, and counted."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.orm import Session

from data_access.burials import ENROLMENT, digest
from data_access.loads.changes import look_up
from data_access.records import Batch
from data_access.tables import (
    Attendance,
    BuriedKey,
    DisposedClass,
    ServiceUse,
    SourceKey,
    TimetableEvent,
    VleDay,
)
from policy.days import number
from privacy.labels import Retention, Source

NOTED = "disposed of by the retention schedule, and left out"
_KEYED = {"people": "key", "identities": "person", "enrolments": "student"}
"""Where a record says whose it is, other than as `student` or by an `enrolment`."""


def left_out(session: Session, batches: Sequence[Batch]) -> list[Batch]:
    """The batches without those whose core records were disposed of, and without their refused rows.

    Whoever has an enrolment that was not disposed of is back, with that one.
    """
    enrolled = [enrolment for batch in batches for enrolment in batch.enrolments]
    over = _buried(session, ENROLMENT, {one.key for one in enrolled} | _told(batches, "enrolment"))
    people = {person.key for batch in batches for person in batch.people}
    back = {one.student for one in enrolled if one.key not in over} | _told(batches, "tutor")
    gone = _buried(session, Source.STUDENT_RECORDS, people - back)
    gone -= _stored(session, gone)
    return [_without(session, batch, gone, over) for batch in batches]


def deleted_again(connection: Connection, run: int) -> int:
    """Delete what the load has just brought of engagement that was disposed of; how many rows.

    Of people who are still here, up to the day of the disposal.
    """
    days = connection.execute(
        select(DisposedClass.person, DisposedClass.day).where(DisposedClass.kind == Retention.ENGAGEMENT)
    ).all()
    rows = 0
    for person, last in days:
        upto = number(last)
        taught = select(TimetableEvent.id).where(TimetableEvent.day <= upto)
        for table, before in (
            (Attendance, Attendance.event.in_(taught)),
            (VleDay, VleDay.day <= upto),
            (ServiceUse, ServiceUse.day <= upto),
        ):
            mine = delete(table).where(table.student == person, table.run == run, before)
            rows += connection.execute(mine).rowcount
    return rows


def _without(session: Session, batch: Batch, gone: Collection[str], over: Collection[str]) -> Batch:
    changed: dict[str, Any] = {}
    dropped = 0
    for field in fields(batch):
        told = getattr(batch, field.name)
        if not isinstance(told, list | tuple):
            continue
        kept = [one for one in told if _stays(field.name, one, gone, over)]
        dropped += len(told) - len(kept)
        changed[field.name] = kept
    refused = _of_nobody(session, batch.system, {row.key for row in batch.quarantine} | _unknown(batch))
    kept = [row for row in batch.quarantine if row.key not in refused]
    dropped += len(batch.quarantine) - len(kept)
    if not dropped:
        return batch
    changed["quarantine"] = kept
    changed["unmatched"] = [one for one in batch.unmatched if one.key not in refused]
    counted = replace(batch.counted, noted={**batch.counted.noted, NOTED: dropped})
    return replace(batch, counted=counted, **changed)


def _stays(name: str, one: object, gone: Collection[str], over: Collection[str]) -> bool:
    whose = getattr(one, _KEYED.get(name, "student"), None)
    enrolment = getattr(one, "key" if name == "enrolments" else "enrolment", None)
    return whose not in gone and enrolment not in over


def _of_nobody(session: Session, system: Source, keys: Collection[str]) -> set[str]:
    """Those of the keys that lead to nobody any more, since whoever had them was disposed of."""
    found: set[str] = set()
    for noun in dict.fromkeys((ENROLMENT, Source.STUDENT_RECORDS, system)):
        found |= _buried(session, noun, keys)
    return found - _stored(session, found)


def _unknown(batch: Batch) -> set[str]:
    return {one.key for one in batch.unmatched}


def _told(batches: Iterable[Batch], name: str) -> set[str]:
    """The keys of that name that stand in any record of the batches."""
    lists = (getattr(batch, field.name) for batch in batches for field in fields(batch))
    records = (one for told in lists if isinstance(told, list | tuple) for one in told)
    return {key for one in records if isinstance(key := getattr(one, name, None), str)}


def _buried(session: Session, noun: str, keys: Collection[str]) -> set[str]:
    by: Mapping[str, str] = {digest(noun, key): key for key in keys if key}
    return {by[row.digest] for row in look_up(session, select(BuriedKey.digest), BuriedKey.digest, by.keys())}


def _stored(session: Session, keys: Collection[str]) -> set[str]:
    return {row.key for row in look_up(session, select(SourceKey.key), SourceKey.key, keys)}

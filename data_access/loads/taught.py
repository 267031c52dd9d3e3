"""The classes of some days and who is registered on their modules, in columns: what card swipes are held against."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa
from sqlalchemy import select
from sqlalchemy.orm import Session

from auth.permissions import Action
from auth.viewer import Viewer
from data_access import gate
from data_access.loads.acting import act
from data_access.loads.changes import look_up
from data_access.tables import Module, Registration, TimetableEvent
from policy.days import number

_INSTANT = pa.timestamp("us", tz="UTC")
_CLASSES = pa.schema(
    [
        ("event", pa.string()),
        ("module", pa.string()),
        ("room", pa.string()),
        ("day", pa.int64()),
        ("starts", _INSTANT),
        ("ends", _INSTANT),
    ]
)
_REGISTERED = pa.schema(
    [("student", pa.string()), ("module", pa.string()), ("first", pa.int64()), ("last", pa.int64())]
)


@dataclass(frozen=True)
class Taught:
    """`classes` has columns event, module, room, day, starts and ends, without what was cancelled; `registered`
    has student, module, first and last, where no last day is null. Keys are those of student records.
    """

    classes: pa.Table
    registered: pa.Table


def taught(viewer: Viewer, people: Mapping[int, str], days: Collection[int], at: datetime) -> Taught:
    """The classes that begin on these days. `people` leads from a person's number to their key."""
    with gate.reading(viewer, None, act(viewer, Action.READ), at) as opened:
        classes = _classes(opened.session, days)
        registered = _registered(opened.session, {row[1] for row in classes}, people)
        codes = {row.id: row.code for row in opened.session.execute(select(Module.id, Module.code))}
    return Taught(
        _table(_CLASSES, ((row[0], codes[row[1]], *row[2:]) for row in classes)),
        _table(_REGISTERED, ((student, codes[module], *span) for student, module, *span in registered)),
    )


def _classes(session: Session, days: Collection[int]) -> list[tuple[Any, ...]]:
    e = TimetableEvent
    held = select(e.key, e.module, e.room, e.day, e.starts_at, e.ends_at).where(e.cancelled.is_(False))
    return [tuple(row) for row in look_up(session, held, e.day, days)]


def _registered(
    session: Session, modules: Collection[int], people: Mapping[int, str]
) -> list[tuple[str, int, int, int | None]]:
    r = Registration
    question = select(r.student, r.module, r.first, r.last)
    return [
        (people[row.student], row.module, number(row.first), number(row.last) if row.last else None)
        for row in look_up(session, question, r.module, modules)
        if row.student in people
    ]


def _table(schema: pa.Schema, rows: Iterable[tuple[Any, ...]]) -> pa.Table:
    columns = zip(*rows, strict=True)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=False)]
    return pa.table(arrays, schema=schema) if arrays else schema.empty_table()

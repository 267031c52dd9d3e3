"""What is held about a student where no key of theirs leads: looks at the record, rows that waited, groups."""

import json
from collections.abc import Collection, Sequence
from dataclasses import fields
from datetime import datetime

from sqlalchemy import select

from auth.permissions import readable
from data_access import equality, own_keys, who_looked
from data_access.gate import Opened
from data_access.tables import QuarantinedRow, SourceKey
from data_access.tables.base import IDENTITY, LOADED, LOGGED, MONITORED
from privacy import characteristics, pack_words
from privacy.labels import Category
from privacy.looked import Look
from privacy.pack import Field, Section, Value
from privacy.redaction import Reason, mark

_TRIED = ("system", "file", "line", "sheet", "field", "kind", "advice", "value", "state")


def sections(opened: Opened, person: int, until: datetime) -> tuple[Section, ...]:
    """Those of the three that hold something and that the role may read."""
    wanted = (Category.SOURCES, Category.ACCESS_LOG, Category.EQUALITY)
    allowed = readable(opened.viewer.role, opened.act, wanted)
    found = []
    if Category.SOURCES in allowed:
        found.append(_waited(opened, person))
    if Category.ACCESS_LOG in allowed:
        found.append(_looks(opened, person, until))
    if Category.EQUALITY in allowed:
        found.append(_groups(opened, person))
    return tuple(one for one in found if one.rows)


def _looks(opened: Opened, person: int, until: datetime) -> Section:
    """The looks up to a moment: fetching a copy is logged too, and would make each copy another one."""
    named = [field.name for field in fields(Look)]
    rows = [_values(look, named) for look in who_looked.lines(opened, person, until)]
    return _section("access_log", [Field(name, LOGGED) for name in named], rows)


def _values(look: Look, named: Sequence[str]) -> tuple[Value, ...]:
    at = look.at.isoformat().replace("+00:00", "Z")
    return tuple(at if name == "at" else getattr(look, name) for name in named)


def _groups(opened: Opened, person: int) -> Section:
    """What the student is counted by. The store knows a pseudonym only, and is asked for that one."""
    found = equality.of(opened, person)
    told = [Field("dimension", MONITORED), Field("group", MONITORED)]
    return _section("equality_profile", told, characteristics.lines(found) if found else [])


def _waited(opened: Opened, person: int) -> Section:
    """Rows that a source sent and that could not be taken in, where one of the student's keys stands in them.

    Of such a row the keys of other people, a tutor's perhaps, are left out.
    """
    q, own = QuarantinedRow, own_keys.of(opened.session, person)
    columns = [getattr(q, name) for name in _TRIED]
    question = select(q.cells, *columns).where(own_keys.refused(own)).order_by(q.id)
    rows = opened.session.execute(question).all()
    others = _other_keys(opened, person, [row.cells for row in rows]) - own
    told = [Field(name, IDENTITY if name in ("value", "cells") else LOADED) for name in (*_TRIED, "cells")]
    made = [(*(_cell(value, others) for value in row[1:]), _cells(row.cells, others)) for row in rows]
    return _section("quarantined_row", told, made)


def _other_keys(opened: Opened, person: int, cells: Sequence[str]) -> frozenset[str]:
    """Of all that stands in the cells, the keys that are somebody else's."""
    values = {str(value) for row in cells for value in json.loads(row).values()}
    question = select(SourceKey.key).where(SourceKey.person != person, SourceKey.key.in_(values))
    return frozenset(opened.session.scalars(question))


def _cell(value: object, others: Collection[str]) -> Value:
    text = value if isinstance(value, int) else str(getattr(value, "value", value))
    return mark(Reason.OTHER_PERSON) if text in others else text


def _cells(cells: str, others: Collection[str]) -> str:
    told = {name: _cell(value, others) for name, value in json.loads(cells).items() if value is not None}
    return json.dumps(told, ensure_ascii=False)


def _section(name: str, told: Sequence[Field], rows: Sequence[tuple[Value, ...]]) -> Section:
    keys = tuple(str(place) for place, _ in enumerate(rows))
    return Section(name, pack_words.title(name), tuple(told), tuple(rows), keys)

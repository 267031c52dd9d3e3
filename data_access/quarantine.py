"""The rows that could not be taken in: those that wait, and what a person decides about them."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, RowMapping, Select, and_, func, select, update

from auth.permissions import Action
from auth.viewer import Viewer
from data_access import gate
from data_access.loads import acting
from data_access.tables import LoadRun, QuarantinedRow, Waiting
from engagement.refused import Refused, Some
from privacy.characteristics import SHEET
from privacy.labels import Source

__all__ = [
    "Held",
    "Refused",
    "Some",
    "every",
    "held",
    "kinds",
    "mended",
    "set_all_aside",
    "set_aside",
    "waiting",
]

Which = ColumnElement[bool]

_NAMES = frozenset({"given_name", "family_name"})
"""Fields whose value nobody sees here; contact details never came this far."""
_TOGETHER = 2_000  # rows that are held at a time

_WAITS = QuarantinedRow.state == Waiting.WAITING


@dataclass(frozen=True)
class Held:
    """A fault on record, with the cells of the whole row: to try it again or to know it again, never to be shown."""

    id: int
    sha256: str
    file: str
    line: int
    sheet: str
    field: str
    kind: str
    value: str
    cells: dict[str, Any]
    state: Waiting

    @property
    def shown(self) -> str:
        """The faulty value as a person sees it."""
        return _seen(self.field, self.value)


def kinds(viewer: Viewer, at: datetime) -> dict[Source, dict[str, int]]:
    """How many faults wait, by system and by kind, the commonest kind first."""
    q, number = QuarantinedRow, func.count()
    question = select(q.system, q.kind, number).where(_WAITS).group_by(q.system, q.kind)
    found: dict[Source, dict[str, int]] = {}
    with gate.reading(viewer, None, acting.act(viewer, Action.READ), at) as opened:
        for system, kind, faults in opened.session.execute(question.order_by(number.desc(), q.kind)):
            found.setdefault(system, {})[kind] = faults
    return found


def waiting(viewer: Viewer, some: Some, at: datetime) -> list[Refused]:
    """What waits for a person: by sheet, file and line. A row with two faults is here twice."""
    question = _shown(some).offset(some.first).limit(some.many)
    with gate.reading(viewer, None, acting.act(viewer, Action.READ), at) as opened:
        return [_refused(row) for row in opened.session.execute(question).mappings()]


def every(viewer: Viewer, some: Some, at: datetime) -> Iterator[Refused]:
    """The same from the first to the last, however many; a few are held at a time."""
    question = _shown(some).execution_options(yield_per=_TOGETHER)
    with gate.reading(viewer, None, acting.act(viewer, Action.READ), at) as opened:
        for row in opened.session.execute(question).mappings():
            yield _refused(row)


def held(viewer: Viewer, system: Source, at: datetime) -> Iterator[Held]:
    """What waits of one system or was set aside, whole; a few are held at a time.

    Only a job may ask, since the cells hold names.
    """
    question = _whole(system, QuarantinedRow.state != Waiting.REPLAYED)
    with gate.reading(viewer, None, acting.STORE, at) as opened:
        for row in opened.session.execute(question.execution_options(yield_per=_TOGETHER)).mappings():
            yield _held(row)


def mended(viewer: Viewer, system: Source, sha256: str, at: datetime) -> list[Held]:
    """What has come in of the file `sha256` after it was mended here. Only a job may ask."""
    question = _whole(system, and_(QuarantinedRow.state == Waiting.REPLAYED, LoadRun.sha256 == sha256))
    with gate.reading(viewer, None, acting.STORE, at) as opened:
        return [_held(row) for row in opened.session.execute(question).mappings()]


def set_aside(viewer: Viewer, ids: Collection[int], at: datetime) -> int:
    """Give these rows up: they stay on record and wait no longer. How many of them still waited."""
    numbers = sorted(set(ids))
    parts = [numbers[start : start + _TOGETHER] for start in range(0, len(numbers), _TOGETHER)]
    return _give_up(viewer, [QuarantinedRow.id.in_(part) for part in parts], at)


def set_all_aside(viewer: Viewer, some: Some, at: datetime) -> int:
    """Give up all that waits of the system and the kind, from the first to the last; how many."""
    return _give_up(viewer, [_of(some)], at)


def _give_up(viewer: Viewer, parts: Collection[Which], at: datetime) -> int:
    with gate.writing(viewer, None, acting.act(viewer, Action.WRITE), at) as opened:
        by = acting.name(opened.session, viewer)
        decided = update(QuarantinedRow).values(state=Waiting.SET_ASIDE, decided_at=at, decided_by=by)
        done = [opened.session.execute(decided.where(_WAITS, part)) for part in parts]
    return sum(cast("CursorResult[Any]", one).rowcount for one in done)


def _of(some: Some) -> Which:
    mine = and_(_WAITS, QuarantinedRow.system == some.system)
    return and_(mine, QuarantinedRow.kind == some.kind) if some.kind else mine


def _shown(some: Some) -> Select[*tuple[Any, ...]]:
    q = QuarantinedRow
    shown = (q.id, q.system, q.file, q.line, q.sheet, q.key, q.field, q.kind, q.advice, q.value)
    mendable = and_(q.field != "", q.cells != "{}", q.sheet != SHEET).label("mendable")
    return _rows(_of(some), *shown, LoadRun.finished_at.label("since"), mendable)


def _refused(row: RowMapping) -> Refused:
    return Refused(**{**row, "value": _seen(row["field"], row["value"])})


def _seen(field: str, value: str) -> str:
    return "" if field in _NAMES else value


def _whole(system: Source, which: Which) -> Select[*tuple[Any, ...]]:
    q = QuarantinedRow
    whole = (q.id, LoadRun.sha256, q.file, q.line, q.sheet, q.field, q.kind, q.value, q.cells, q.state)
    return _rows(and_(q.system == system, which), *whole)


def _held(row: RowMapping) -> Held:
    return Held(**{**row, "cells": json.loads(row["cells"])})


def _rows(which: Which, *columns: Any) -> Select[*tuple[Any, ...]]:
    q = QuarantinedRow
    question = select(*columns).join(LoadRun, LoadRun.id == q.run).where(which)
    return question.order_by(q.sheet, q.file, q.line, q.id)

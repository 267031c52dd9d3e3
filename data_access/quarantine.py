"""The rows that could not be taken in: those that wait, and what a person decides about them."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, select, update

from auth.permissions import Action
from auth.viewer import Viewer
from data_access import gate
from data_access.loads import acting
from data_access.tables import LoadRun, QuarantinedRow, Waiting
from engagement.refused import Refused
from privacy.characteristics import SHEET
from privacy.labels import Source

__all__ = ["Held", "Refused", "held", "set_aside", "waiting"]

_NAMES = frozenset({"given_name", "family_name"})
"""Fields whose value nobody sees here; contact details never came this far."""


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


def waiting(viewer: Viewer, at: datetime, system: Source | None = None) -> list[Refused]:
    """What waits for a person, of one system or of all: by system, sheet, file and line.

    A row with two faults is here twice.
    """
    q = QuarantinedRow
    shown = (q.id, q.system, q.file, q.line, q.sheet, q.key, q.field, q.kind, q.advice, q.value)
    question = _rows(system, *shown, LoadRun.finished_at.label("since")).where(q.state == Waiting.WAITING)
    with gate.reading(viewer, None, acting.act(viewer, Action.READ), at) as opened:
        rows = opened.session.execute(question).mappings().all()
    return [Refused(**{**row, **_hidden(row["field"]), "mendable": row["sheet"] != SHEET}) for row in rows]


def _hidden(field: str) -> dict[str, str]:
    return {"value": ""} if field in _NAMES else {}


def held(viewer: Viewer, system: Source, at: datetime, sha256: str = "") -> list[Held]:
    """What waits of one system or was set aside, whole; and what has come in of the file `sha256`.

    Only a job may ask, since the cells hold names.
    """
    q = QuarantinedRow
    question = _rows(
        system, q.id, LoadRun.sha256, q.file, q.line, q.sheet, q.field, q.kind, q.value, q.cells, q.state
    )
    met = (q.state != Waiting.REPLAYED) | (LoadRun.sha256 == sha256)
    with gate.reading(viewer, None, acting.STORE, at) as opened:
        rows = opened.session.execute(question.where(met)).mappings().all()
    return [Held(**{**row, "cells": json.loads(row["cells"])}) for row in rows]


def set_aside(viewer: Viewer, ids: Collection[int], at: datetime) -> int:
    """Give these rows up: they stay on record and wait no longer. How many of them still waited."""
    q = QuarantinedRow
    with gate.writing(viewer, None, acting.act(viewer, Action.WRITE), at) as opened:
        decided = {"decided_at": at, "decided_by": acting.name(opened.session, viewer)}
        waits = opened.session.scalars(select(q.id).where(q.state == Waiting.WAITING))
        chosen = [decided | {"at_id": row} for row in waits if row in set(ids)]
        one = update(q).where(q.id == bindparam("at_id")).values(state=Waiting.SET_ASIDE)
        if chosen:
            named: dict[str, Any] = {name: bindparam(name) for name in decided}
            opened.session.connection().execute(one.values(**named), chosen)
    return len(chosen)


def _rows(system: Source | None, *columns: Any) -> Select[*tuple[Any, ...]]:
    q = QuarantinedRow
    question = select(*columns).join(LoadRun, LoadRun.id == q.run)
    ordered = question.order_by(q.system, q.sheet, q.file, q.line, q.id)
    return ordered.where(q.system == system) if system else ordered

"""What was loaded before of each sheet: nothing older goes over it, and a sudden drop is told.

A sheet either tells of days, and then speaks for those days alone, and where it is told by module for its modules
alone; or it is a whole snapshot.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from auth.permissions import Action
from auth.refusals import Refusal
from auth.viewer import Viewer
from data_access import gate
from data_access.loads import acting
from data_access.loads.changes import Values, look_up
from data_access.loads.numbers import Nouns
from data_access.records import Batch, SheetRecord
from data_access.tables import LoadedModule, LoadedSheet, LoadRun, Module
from policy.days import LONDON
from privacy.labels import Source

_ADDING = frozenset({"swipes"})
"""Sheets that only add to what others told: an older one goes over nothing, so it may come at any time."""


class OlderThanStored(Refusal):
    """This was taken from the system before what is stored already. Nothing was stored."""


@dataclass(frozen=True)
class _Load:
    """One load of a sheet."""

    run: int
    sha256: str
    taken_at: datetime
    rows: int
    first_day: int | None
    last_day: int | None
    by_module: bool


def last_rows(viewer: Viewer, system: Source, at: datetime) -> dict[str, int]:
    """How many rows each whole snapshot of the system had in its last load, by its sheet."""
    with gate.reading(viewer, None, acting.act(viewer, Action.READ), at) as opened:
        loads = _loads(opened.session, system)
    newest = {sheet: _newest(found) for sheet, found in loads.items()}
    return {sheet: load.rows for sheet, load in newest.items() if load.first_day is None}


def refuse_older(session: Session, batch: Batch) -> None:
    """Raise OlderThanStored where a sheet of the batch would go over a newer one.

    Older is what was taken earlier; or, whenever it was taken, the very file of an earlier load that another
    has followed since. The file of the newest load may come again.
    """
    if not batch.taken_at:
        return
    loads = _loads(session, batch.system)
    for sheet in (told for told in batch.sheets if told.sheet not in _ADDING):
        met = [load for load in loads.get(sheet.sheet, []) if _same_days(sheet, load)]
        if _older(batch, batch.taken_at, met):
            met = _same_modules(session, sheet, met)
        if _older(batch, batch.taken_at, met):
            raise OlderThanStored(_sentence(sheet, batch.taken_at, _newest(met)))


def rows(batch: Batch, run: int) -> Iterator[Values]:
    """The rows that remember the sheets of a batch."""
    if not batch.taken_at:
        return
    for sheet in batch.sheets:
        yield {
            "run": run,
            "sheet": sheet.sheet,
            "taken_at": batch.taken_at,
            "rows": sheet.rows,
            "first_day": sheet.first_day,
            "last_day": sheet.last_day,
            "by_module": sheet.modules is not None,
        }


def modules(nouns: Nouns, batch: Batch, run: int) -> list[Values]:
    """The rows that remember the modules that its sheets tell of."""
    told = batch.sheets if batch.taken_at else ()
    nouns.modules.learn(module for sheet in told for module in sheet.modules or ())
    return [
        {"run": run, "sheet": sheet.sheet, "module": nouns.modules[module]}
        for sheet in told
        for module in sorted(sheet.modules or ())
    ]


def _loads(session: Session, system: Source) -> dict[str, list[_Load]]:
    s = LoadedSheet
    told = (s.sheet, s.run, s.taken_at, s.rows, s.first_day, s.last_day, s.by_module)
    question = select(*told, LoadRun.sha256).join(LoadRun, LoadRun.id == s.run)
    found: dict[str, list[_Load]] = {}
    for row in session.execute(question.where(LoadRun.system == system)).mappings():
        load = {name: value for name, value in row.items() if name != "sheet"}
        found.setdefault(row["sheet"], []).append(_Load(**load))
    return found


def _newest(loads: Sequence[_Load]) -> _Load:
    return max(loads, key=lambda load: (load.taken_at, load.run))


def _same_days(sheet: SheetRecord, load: _Load) -> bool:
    if sheet.first_day is None or sheet.last_day is None:
        return load.first_day is None
    if load.first_day is None or load.last_day is None:
        return False
    return sheet.first_day <= load.last_day and load.first_day <= sheet.last_day


def _same_modules(session: Session, sheet: SheetRecord, loads: Sequence[_Load]) -> list[_Load]:
    """Those of the loads that tell of one of the sheet's modules; one that is not told by module tells of all."""
    if sheet.modules is None:
        return list(loads)
    m = LoadedModule
    since = (m.sheet == sheet.sheet, m.run >= min(load.run for load in loads))
    question = select(m.run).join(Module, Module.id == m.module).where(*since).distinct()
    runs = {row.run for row in look_up(session, question, Module.code, sheet.modules)}
    return [load for load in loads if load.run in runs or not load.by_module]


def _older(batch: Batch, taken_at: datetime, loads: Sequence[_Load]) -> bool:
    if not loads:
        return False
    newest = _newest(loads)
    if newest.sha256 == batch.sha256:
        return False
    return taken_at < newest.taken_at or any(load.sha256 == batch.sha256 for load in loads)


def _sentence(sheet: SheetRecord, taken_at: datetime, newest: _Load) -> str:
    mine, theirs = (f"{on.astimezone(LONDON):%d %B %Y, %H:%M}" for on in (taken_at, newest.taken_at))
    if taken_at < newest.taken_at:
        return (
            f"This “{sheet.sheet}” was taken on {mine}; what is stored was taken on {theirs}. Nothing was "
            f"stored. If it is newer all the same, say with --taken when it was taken."
        )
    return (
        f"This “{sheet.sheet}” is the file of an earlier load, and a newer one has been loaded since. "
        f"Nothing was stored."
    )

"""Batches of the other three systems from their staged sheets: VLE days, classes, and what was attended or used."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pyarrow as pa

import policy
from data_access.engine import events, registers
from data_access.engine.bounded import Columns, InFile
from data_access.loads.known import Known
from data_access.records import EventRecord
from engagement.studies import Register
from ingest import services, swipes
from ingest.admission import Admission, Cells
from ingest.columns import leading
from ingest.template.attendance import RegisterMark
from ingest.template.timetable import TimetabledClass
from ingest.template.vle import VleDay, VleEvent

_REGISTER = ("student_id", "event_id")


def vle(admission: Admission, known: Known, mended: pa.Table | None = None) -> dict[str, Any]:
    """Days of VLE activity: those told by the day, and those counted from events. Keys become our own.

    `mended` are events of this file that a person has mended here.
    """
    staged = admission.staged
    told: list[Columns] = [InFile(path) for sheet in (VleDay, VleEvent) if (path := staged.path(sheet))]
    if mended is not None:
        told.append(mended)
    if not told:
        return {}
    students = leading(known.aliases, known.people)
    modules = leading(known.module_aliases, known.modules)
    found = events.days(told, students, modules, staged.folder)
    admission.unmatched.update(found.unknown)
    admission.lost += sum(found.unknown.values())
    return {"vle_days": found.days}


def timetable(admission: Admission, known: Known) -> dict[str, Sequence[Any]]:
    """Classes."""

    def resolve(row: Cells) -> Cells:
        return row | {"module_id": known.module_aliases.get(row["module_id"], row["module_id"])}

    rows = admission.rows(TimetabledClass, "event_id", resolve=resolve)
    rows = admission.known(TimetabledClass, rows, "module_id", "module", known.modules)
    rows = admission.sound(TimetabledClass, rows, "ends_at", _ends_before_it_begins)
    return {
        "events": [
            EventRecord(
                key=r["event_id"],
                module=r["module_id"],
                starts_at=r["starts_at"],
                ends_at=r["ends_at"],
                kind=r["kind"],
                cancelled=r["cancelled"],
                room=r["room"],
            )
            for r in rows
        ]
    }


def _ends_before_it_begins(row: Cells) -> str | None:
    return "The class ends before it begins." if row["ends_at"] < row["starts_at"] else None


def attendance(admission: Admission, known: Known) -> dict[str, Any]:
    """What registers say, what card swipes say, and which services were used."""
    rules = policy.current()
    return {
        "attendance": _registers(admission, known),
        "swiped": swipes.attended(admission, known, rules.attendance),
        "service_uses": services.uses(admission, known, rules.services),
    }


def _registers(admission: Admission, known: Known) -> Columns | tuple[()]:
    """What registers say of known people at known classes; what cannot be taken in so is looked at row by row.

    A class that is not known by its key is found by its module and the time it began.
    """
    staged = admission.staged
    path = staged.path(RegisterMark)
    if path is None:
        admission.rows(RegisterMark, *_REGISTER)
        return ()
    told = InFile(path)
    named = {called: _class(*called, known) for called in registers.classes(told, staged.folder)}
    found = registers.sorted_out(
        told,
        leading(known.aliases, known.people),
        {called: own for called, own in named.items() if own in known.events},
        list(Register),
        staged.folder,
    )
    admission.repeated += found.repeated
    _look_at(admission, found.others, known)
    return found.marks


def _look_at(admission: Admission, others: pa.Table, known: Known) -> None:
    """Count and refuse what is to be refused: none of these rows can be kept."""

    def resolve(row: Cells) -> Cells:
        student = known.aliases.get(row["student_id"], row["student_id"])
        event = _class(row["event_id"], row["module_id"], row["starts_at"], known)
        return row | {"student_id": student, "event_id": event}

    rows = admission.rows(RegisterMark, *_REGISTER, resolve=resolve, of=others)
    rows = admission.known(RegisterMark, rows, "student_id", "student", known.people)
    admission.known(RegisterMark, rows, "event_id", "class", known.events)


def _class(event: str | None, module: str | None, begins: datetime | None, known: Known) -> str:
    """The class's key in the timetable; where nobody knows the class, what the row calls it."""
    if event in known.events:
        return str(event)
    ours = known.module_aliases.get(str(module), str(module))
    found = known.classes.get((ours, begins)) if begins else None
    return found or event or f"{module} at {begins:%Y-%m-%d %H:%M}"

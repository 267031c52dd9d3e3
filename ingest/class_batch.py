"""Batches of the other three systems from their staged sheets: VLE days, classes, and what was attended or used."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

import policy
from data_access.engine import events
from data_access.loads.known import Known
from data_access.records import AttendanceRecord, EventRecord
from engagement.studies import Register
from ingest import services, swipes
from ingest.admission import Admission, Cells
from ingest.columns import resolved
from ingest.template.attendance import RegisterMark
from ingest.template.timetable import TimetabledClass
from ingest.template.vle import VleDay, VleEvent


def vle(admission: Admission, known: Known, mended: pa.Table | None = None) -> dict[str, Any]:
    """Days of VLE activity: those told by the day, and those counted from events. Keys become our own.

    `mended` are events of this file that a person has mended here.
    """
    told, counted = admission.staged.table(VleDay), admission.staged.table(VleEvent)
    parts = [events.days(table) for table in (told, counted, mended) if table is not None]
    if not parts:
        return {}
    days = pa.concat_tables(parts)
    for column, noun, aliases, keys in (
        ("student", "student", known.aliases, known.people),
        ("module", "module", known.module_aliases, known.modules),
    ):
        days = resolved(admission, days, column, noun, aliases, keys)
    return {"vle_days": events.summed(days)}


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


def attendance(admission: Admission, known: Known) -> dict[str, Sequence[Any]]:
    """What registers say, what card swipes say, and which services were used."""
    rules = policy.current()
    return {
        "attendance": _registers(admission, known),
        "swiped": swipes.attended(admission, known, rules.attendance),
        "service_uses": services.uses(admission, known, rules.services),
    }


def _registers(admission: Admission, known: Known) -> list[AttendanceRecord]:
    """A class that is not known by its key is found by its module and the time it began."""

    def resolve(row: Cells) -> Cells:
        student = known.aliases.get(row["student_id"], row["student_id"])
        return row | {"student_id": student, "event_id": _class(row, known)}

    rows = admission.rows(RegisterMark, "student_id", "event_id", resolve=resolve)
    rows = admission.known(RegisterMark, rows, "student_id", "student", known.people)
    rows = admission.known(RegisterMark, rows, "event_id", "class", known.events)
    return [AttendanceRecord(r["student_id"], r["event_id"], Register(r["status"])) for r in rows]


def _class(row: Cells, known: Known) -> str:
    """The class's key in the timetable; where nobody knows the class, what the row calls it."""
    if row["event_id"] in known.events:
        return str(row["event_id"])
    module = known.module_aliases.get(row["module_id"], str(row["module_id"]))
    found = known.classes.get((module, row["starts_at"]))
    return found or row["event_id"] or f"{row['module_id']} at {row['starts_at']:%Y-%m-%d %H:%M}"

"""Batches of the other three systems from their staged sheets: VLE days, classes, and registers."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from data_access.engine import events
from data_access.loads.known import Known
from data_access.records import AttendanceRecord, EventRecord
from engagement.studies import Register
from ingest.admission import Admission, Cells
from ingest.template.attendance import RegisterMark
from ingest.template.timetable import TimetabledClass
from ingest.template.vle import VleDay, VleEvent


def vle(admission: Admission, known: Known) -> dict[str, Any]:
    """Days of VLE activity: those told by the day, and those counted from events. Keys become our own."""
    told, counted = admission.staged.table(VleDay), admission.staged.table(VleEvent)
    parts = [events.days(table) for table in (told, counted) if table is not None]
    if not parts:
        return {}
    days = pa.concat_tables(parts)
    for column, noun, aliases, keys in (
        ("student", "student", known.aliases, known.people),
        ("module", "module", known.module_aliases, known.modules),
    ):
        days = _resolved(admission, days, column, noun, aliases, keys)
    return {"vle_days": events.summed(days)}


def _resolved(
    admission: Admission,
    days: pa.Table,
    column: str,
    noun: str,
    aliases: dict[str, str],
    keys: frozenset[str],
) -> pa.Table:
    """The rows whose key leads to somebody, under the key of student records; the others are counted."""
    distinct = pc.unique(days[column]).to_pylist()
    own = {key: aliases.get(key, key) for key in distinct}
    known_keys = pa.array([key for key, target in own.items() if target in keys], pa.string())
    fits = pc.is_in(days[column], value_set=known_keys)
    lost = days.filter(pc.invert(fits)).group_by(column).aggregate([("rows", "sum")])
    for row in lost.to_pylist():
        admission.unmatched[(noun, row[column])] += row["rows_sum"]
        admission.lost += row["rows_sum"]
    kept = days.filter(fits)
    mapped = pa.array([own[key] for key in kept[column].to_pylist()], pa.string())
    return kept.set_column(kept.schema.get_field_index(column), column, mapped)


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
                r["event_id"], r["module_id"], r["starts_at"], r["ends_at"], r["kind"], r["cancelled"]
            )
            for r in rows
        ]
    }


def _ends_before_it_begins(row: Cells) -> str | None:
    return "The class ends before it begins." if row["ends_at"] < row["starts_at"] else None


def attendance(admission: Admission, known: Known) -> dict[str, Sequence[Any]]:
    """Registers. A class that is not known by its key is found by its module and the time it began."""

    def resolve(row: Cells) -> Cells:
        student = known.aliases.get(row["student_id"], row["student_id"])
        return row | {"student_id": student, "event_id": _class(row, known)}

    rows = admission.rows(RegisterMark, "student_id", "event_id", resolve=resolve)
    rows = admission.known(RegisterMark, rows, "student_id", "student", known.people)
    rows = admission.known(RegisterMark, rows, "event_id", "class", known.events)
    return {
        "attendance": [AttendanceRecord(r["student_id"], r["event_id"], Register(r["status"])) for r in rows]
    }


def _class(row: Cells, known: Known) -> str:
    """The class's key in the timetable; where nobody knows the class, what the row calls it."""
    if row["event_id"] in known.events:
        return str(row["event_id"])
    module = known.module_aliases.get(row["module_id"], str(row["module_id"]))
    found = known.classes.get((module, row["starts_at"]))
    return found or row["event_id"] or f"{row['module_id']} at {row['starts_at']:%Y-%m-%d %H:%M}"

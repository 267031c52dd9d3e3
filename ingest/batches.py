"""From a staged file to the batch that is stored: what is admitted, what is refused, and how many."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from data_access.loads.known import Known
from data_access.records import Batch, Counted, QuarantineRecord, UnmatchedRecord
from ingest import class_batch, student_batch
from ingest.admission import Admission
from ingest.found import Fault
from ingest.staging import Staged
from ingest.template.attendance import ServiceUse, Swipe
from ingest.template.student_records import ExamSitting, Milestone, Qualification, SupervisionMeeting
from policy.days import day
from policy.institution import Regulations
from privacy.labels import Source

_NOT_STORED = frozenset(
    sheet.sheet for sheet in (Milestone, SupervisionMeeting, ExamSitting, Qualification, Swipe, ServiceUse)
)
"""Sheets that are read and checked, and held back: nothing here uses them so far."""
_KEYS = ("student_id", "enrolment_id", "staff_id", "module_id", "assessment_id", "event_id")


@dataclass(frozen=True)
class Prepared:
    """A batch, with the notes for the person who loads it and how many rows of each sheet were admitted."""

    batch: Batch
    notes: tuple[str, ...]
    sheets: dict[str, int]


def prepare(
    staged: Staged, system: Source, path: Path, known: Known, rules: Regulations, today: date
) -> Prepared:
    """The batch of a staged file. `known` is what the rows may speak of without the file bringing it."""
    admission = Admission(staged)
    match system:
        case Source.STUDENT_RECORDS:
            nouns: dict[str, Any] = dict(student_batch.nouns(admission, known, rules))
        case Source.VLE:
            nouns = class_batch.vle(admission, known)
        case Source.TIMETABLE:
            nouns = dict(class_batch.timetable(admission, known))
        case _:
            nouns = dict(class_batch.attendance(admission, known))
    counted = _counted(staged, admission)
    batch = Batch(
        system=system,
        format=staged.summary.format,
        file=path.name,
        sha256=digest(path),
        counted=counted,
        data_up_to=_up_to(nouns, today),
        quarantine=[_quarantined(fault) for fault in (*staged.faults(), *admission.faults)],
        unmatched=[UnmatchedRecord(noun, key, rows) for (noun, key), rows in admission.unmatched.items()],
        **nouns,
    )
    return Prepared(batch, tuple(staged.summary.notes), dict(staged.summary.accepted))


def _counted(staged: Staged, admission: Admission) -> Counted:
    """`rows` = accepted + quarantined + held back + repeated; what was rightly skipped counts as accepted."""
    summary = staged.summary
    between = len({(f.file, f.sheet, f.line) for f in admission.faults}) + admission.lost
    reasons = summary.reasons + Counter(fault.kind for fault in admission.faults)
    if admission.lost:
        reasons["unknown"] += admission.lost
    waiting = sum(rows for sheet, rows in summary.accepted.items() if sheet in _NOT_STORED)
    if waiting:
        reasons["not_stored_yet"] += waiting
    quarantined = summary.faulty + between
    return Counted(
        rows=summary.rows,
        accepted=summary.rows - quarantined - admission.repeated - waiting,
        quarantined=quarantined,
        held_back=waiting,
        repeated=admission.repeated,
        reasons=dict(reasons),
        noted=dict(summary.skipped),
    )


def _quarantined(fault: Fault) -> QuarantineRecord:
    cells = dict(fault.cells)
    return QuarantineRecord(
        file=fault.file,
        line=fault.line,
        sheet=fault.sheet,
        key=next((str(cells[name]) for name in _KEYS if cells.get(name)), ""),
        field=fault.field,
        kind=fault.kind,
        advice=fault.advice,
        value=fault.value,
        cells=json.dumps(cells, default=str, ensure_ascii=False),
    )


def _up_to(nouns: dict[str, Any], today: date) -> date:
    """How far the data reach: of what happens by the day its last day up to today, of a snapshot today."""
    days = nouns.get("vle_days")
    if days is not None and len(days):
        return min(day(max(days["day"].to_pylist())), today)
    return today


def digest(path: Path) -> str:
    """The SHA-256 of a file, or of a folder's files in the order of their names."""
    found = sha256()
    for file in sorted(p for p in path.iterdir() if p.is_file()) if path.is_dir() else [path]:
        with file.open("rb") as content:
            while piece := content.read(1 << 20):
                found.update(piece)
    return found.hexdigest()

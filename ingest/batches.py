"""From a staged file to the batch that is stored: what is admitted, what is refused, and how many."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from data_access.loads.known import Known
from data_access.quarantine import Held
from data_access.records import Batch, Counted, QuarantineRecord, SheetRecord, UnmatchedRecord, WaitedRecord
from data_access.records.characteristics import CharacteristicsRecord
from ingest import characteristics_batch, class_batch, days_told, student_batch
from ingest.admission import Admission
from ingest.found import Fault
from ingest.meeting import Meeting, mended_events
from ingest.staging import Staged
from policy.days import day, london_day
from policy.institution import Regulations
from privacy.labels import Source

_KEYS = ("student_id", "enrolment_id", "staff_id", "person_id", "module_id", "assessment_id", "event_id")


@dataclass(frozen=True)
class Handed:
    """What was handed in: of which system, under which name, and when it was taken from there."""

    system: Source
    file: str
    sha256: str
    taken_at: datetime


@dataclass(frozen=True)
class Prepared:
    """A batch, with what the person who loads it should know.

    `sheets` says how many rows of each were read without a fault; `questions` is what needs a person's yes.
    `characteristics` go into a store of their own, once the batch is stored.
    """

    batch: Batch
    notes: tuple[str, ...]
    sheets: dict[str, int]
    questions: tuple[str, ...] = ()
    characteristics: CharacteristicsRecord | None = None


def prepare(
    staged: Staged,
    handed: Handed,
    known: Known,
    held: Iterable[Held],
    mended: Sequence[Held],
    rules: Regulations,
    at: datetime,
) -> Prepared:
    """The batch of what was staged, and what it means for the rows that are `held` in quarantine.

    `known` is what the rows may speak of without the file bringing it, `mended` what came in of this very file.
    """
    admission = Admission(staged)
    nouns = _nouns(admission, handed, known, mended, rules)
    apart = _apart(admission, handed, known, nouns)
    faults = [*staged.faults(), *admission.faults]
    met = Meeting(admission, known, faults, mended)
    met.meet(held)
    quarantine = [quarantined(fault, decided=met.decided(fault)) for fault in faults]
    sheets = list(days_told.sheets(staged, known))
    batch = Batch(
        system=handed.system,
        format=staged.summary.format,
        file=handed.file,
        sha256=handed.sha256,
        counted=_counted(staged, admission),
        data_up_to=_up_to(sheets, london_day(at)),
        taken_at=handed.taken_at,
        sheets=sheets,
        quarantine=quarantine,
        waited=WaitedRecord(settled=met.settled, replaced=met.replaced),
        unmatched=[UnmatchedRecord(noun, key, rows) for (noun, key), rows in admission.unmatched.items()],
        **nouns,
    )
    return Prepared(
        batch,
        (*staged.summary.notes, *admission.notes),
        dict(staged.summary.accepted),
        characteristics=characteristics_batch.beside(apart, quarantine),
    )


def _nouns(
    admission: Admission, handed: Handed, known: Known, mended: Sequence[Held], rules: Regulations
) -> dict[str, Any]:
    match handed.system:
        case Source.STUDENT_RECORDS:
            return dict(student_batch.nouns(admission, known, rules))
        case Source.VLE:
            return class_batch.vle(admission, known, mended_events(mended))
        case Source.TIMETABLE:
            return dict(class_batch.timetable(admission, known))
        case _:
            return dict(class_batch.attendance(admission, known))


def _apart(
    admission: Admission, handed: Handed, known: Known, nouns: Mapping[str, Any]
) -> CharacteristicsRecord | None:
    if handed.system is not Source.STUDENT_RECORDS:
        return None
    return characteristics_batch.told(admission, known, nouns["people"], nouns["enrolments"])


def _counted(staged: Staged, admission: Admission) -> Counted:
    """`rows` = accepted + quarantined + repeated; what was rightly left out counts as accepted."""
    summary = staged.summary
    between = len({(f.file, f.sheet, f.line) for f in admission.faults}) + admission.lost
    reasons = summary.reasons + Counter(fault.kind for fault in admission.faults)
    if admission.lost:
        reasons["unknown"] += admission.lost
    quarantined = summary.faulty + between
    return Counted(
        rows=summary.rows,
        accepted=summary.rows - quarantined - admission.repeated,
        quarantined=quarantined,
        repeated=admission.repeated,
        reasons=dict(reasons),
        noted=dict(summary.skipped + admission.left_out),
    )


def quarantined(fault: Fault, *, decided: bool = False) -> QuarantineRecord:
    """A fault as it is kept. `decided` when the very same is on record and nobody needs to be asked again."""
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
        cells=as_text(cells),
        decided=decided,
    )


def as_text(cells: Mapping[str, object]) -> str:
    """The cells of a row as they are kept."""
    return json.dumps(dict(cells), default=str, ensure_ascii=False)


def _up_to(sheets: Sequence[SheetRecord], today: date) -> date:
    """How far the data reach: where all sheets tell of days their last day up to today, of a snapshot today."""
    lasts = [today if sheet.last_day is None else day(sheet.last_day) for sheet in sheets]
    return min(max(lasts, default=today), today)

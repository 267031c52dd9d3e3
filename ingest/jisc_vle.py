"""Jisc's tables for what a student does in a VLE: one TSV file for each recipe, such as `resourceviewed.tsv`.

The student is USERNAME (or STUDENT_ID), the module VLE_MOD_ID, else UDD_MOD_INST_ID, the time TIMESTAMP, which must
say its zone. Pages, addresses and sessions are never looked at.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ingest import tabular
from ingest.bundle import Member
from ingest.format import Format, Glance
from ingest.found import Fault, Found, NotReadable
from ingest.limits import Limits
from ingest.sheets import Sheet
from ingest.vle_event import DONE_TO, OUTSIDE, zoned
from privacy.labels import Source

_STUDENT = frozenset({"username", "student_id"})
_MODULE = frozenset({"vle_mod_id", "udd_mod_inst_id"})
_GRADER = "instructor_username"


def read(members: tuple[Member, ...], limits: Limits) -> Iterator[Found]:
    """Every row of every file. Raises NotReadable for a table without times, as that of submissions may be."""
    for member in members:
        for sheet in tabular.sheets(member, limits, "\t"):
            yield from _rows(sheet, member)


def _rows(sheet: Sheet, member: Member) -> Iterator[Found]:
    names = [cell.casefold() for cell in sheet.header]
    if "timestamp" not in names or not _STUDENT.intersection(names):
        raise NotReadable(
            "header", f"{member.name} needs the columns TIMESTAMP and USERNAME to say who did what when."
        )
    yield from sheet.notes
    for found in sheet.rows:
        if isinstance(found, Fault):
            yield replace(found, file=member.name, cells={})
        else:
            cells = {name.casefold(): str(cell) for name, cell in found[1].items()}
            yield _event(cells, found[0], member.name)


def _event(cells: Mapping[str, str], line: int, file: str) -> Found:
    if _GRADER in cells:
        return DONE_TO
    module = cells.get("vle_mod_id") or cells.get("udd_mod_inst_id") or ""
    if not module:
        return OUTSIDE
    student = cells.get("username") or cells.get("student_id") or ""
    return zoned(student, module, cells["timestamp"], line, file)


def recognises(glance: Glance) -> bool:
    """Whether the columns are those of a VLE recipe: who, on which object, and in which module or session."""
    header = glance.header
    return "object_id" in header and bool(header & _STUDENT) and bool(header & (_MODULE | {"session_id"}))


FORMAT = Format("jisc-vle", Source.VLE, "Jisc: tables of VLE activity (TSV)", recognises, read)

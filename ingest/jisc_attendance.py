"""Jisc's tables of attendance: registers (`attendance.tsv`) and doors and gates (`access.tsv`)."""

from collections.abc import Iterator

from ingest import iri
from ingest.bundle import Member
from ingest.format import Format, Glance
from ingest.found import Found, Note, NotReadable, Row
from ingest.limits import Limits
from ingest.register_marks import (
    EXIT,
    OPTIONAL,
    OUTSIDE_THE_TIMETABLE,
    exit_of,
    no,
    register,
    unknown_category,
)
from ingest.tables import Line, Tables, folded, header
from ingest.template.attendance import RegisterMark, Swipe
from privacy.labels import Source

_COLUMNS = {
    "attendance": (
        "STUDENT_ID",
        "EVENT_ID",
        "EVENT_MANDATORY",
        "START_TIME",
        "EVENT_ATTENDED",
        "ATTENDANCE_LATE",
        "ATTENDANCE_CATEGORY",
        "MOD_INSTANCE_ID",
        "TIMETABLED",
    ),
    "access": ("USERNAME", "TIMESTAMP", "SITE", "DIRECTION_OF_ACCESS", "DIRECTION"),
}
_NEEDED = {
    "attendance": ("STUDENT_ID", "EVENT_ID", "EVENT_ATTENDED"),
    "access": ("USERNAME", "TIMESTAMP", "SITE"),
}


def read(members: tuple[Member, ...], limits: Limits) -> Iterator[Found]:
    """Every row; which table a file is its columns say."""
    unknown = 0
    for member in members:
        table = _table(Glance((member,)))
        if not table:
            raise NotReadable("header", f"{member.name} is neither a register nor a log of doors.")
        for line in Tables({table: member}, limits, _COLUMNS, _NEEDED, delimiter="\t").lines(table):
            if not isinstance(line, Line):
                yield line
            elif table == "access":
                yield _swipe(line)
            else:
                unknown += unknown_category(line["EVENT_ATTENDED"], line["ATTENDANCE_CATEGORY"])
                yield _mark(line)
    if unknown:
        yield Note(f"{unknown} absences have a category that is not known here; they count as absence.")


def _table(glance: Glance) -> str:
    columns = header(glance, folded(glance.members[0].stem)) if glance.members else frozenset()
    return next((name for name, needed in _NEEDED.items() if columns.issuperset(map(folded, needed))), "")


def _mark(line: Line) -> Found:
    if no(line["TIMETABLED"]):
        return OUTSIDE_THE_TIMETABLE
    if no(line["EVENT_MANDATORY"]):
        return OPTIONAL
    cells = {
        "student_id": line["STUDENT_ID"],
        "event_id": line["EVENT_ID"],
        "module_id": line["MOD_INSTANCE_ID"],
        "starts_at": line["START_TIME"],
        "status": register(line["EVENT_ATTENDED"], line["ATTENDANCE_LATE"], line["ATTENDANCE_CATEGORY"]),
    }
    return Row(RegisterMark, cells, line.line, line.file)


def _swipe(line: Line) -> Found:
    if exit_of(line["DIRECTION_OF_ACCESS"] or line["DIRECTION"]):
        return EXIT
    site = line["SITE"]
    cells = {
        "student_id": line["USERNAME"],
        "at": line["TIMESTAMP"],
        "room": iri.key(site) if "://" in site else site,
    }
    return Row(Swipe, cells, line.line, line.file)


FORMAT = Format(
    "jisc-attendance",
    Source.ATTENDANCE,
    "Jisc: tables of attendance and of access (TSV)",
    lambda glance: bool(_table(glance)),
    read,
    "Registers: who was present, late, absent, or absent with leave, at which class. Doors and gates: who came "
    "in where and when. Left out: events outside the timetable or not compulsory, and the way out. Not read: "
    "descriptions, who taught, reasons for absence.",
)

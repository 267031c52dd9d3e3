"""Moodle's attendance activity, exported as text or as a workbook: a row for each student, a column for each session.

Line 1 names the course, line 2 the group, line 4 is the header. A session is known by the course and its time; it
has no key of the timetable. Remarks, which may give reasons for an absence, are never read.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from engagement.studies import Register
from ingest import class_title
from ingest.bundle import Member
from ingest.format import Format, Glance
from ingest.found import Fault, Found, Note, NotReadable, Row, Skipped
from ingest.limits import Limits
from ingest.moodle_attendance_rows import rows
from ingest.tables import folded
from ingest.template.attendance import RegisterMark
from privacy.labels import Source

_SESSION = re.compile(r"(\d{1,2}) ([A-Za-z]{3})[a-z]* (\d{4}),? (\d{1,2})[.:](\d{2})\s*([AaPp][Mm])?( .*)?")
# Which column has the student's key: student records' own first, Moodle's own number last.
_KEYS = ("idnumber", "studentnumber", "username", "studentid", "id", "userid")
# The activity's own acronyms; one behind a dash was hidden since.
_MARKS = {
    "P": Register.PRESENT,
    "L": Register.LATE,
    "E": Register.AUTHORISED,
    "A": Register.ABSENT,
    "?": Register.NOT_RECORDED,
}
_POINTS = re.compile(r"\s*\([^()]*\)$")
_HEADER_LINE = 4

_NOT_THEIRS = Skipped("sessions at which the student was not expected")
# What stands for a session before or after the student's time on the course; an arrow repeats it.
_NOT_ENROLLED = re.compile(r"←|(User )?enrolment .*", re.IGNORECASE)


@dataclass(frozen=True)
class Header:
    """What the lines above the students say: the module, the column of the key, and when each session began."""

    module: str
    key: int
    sessions: dict[int, str]
    width: int


def read(members: tuple[Member, ...], limits: Limits) -> Iterator[Found]:
    """A mark for each student and session. NotReadable where no column has a key of the students."""
    for member in members:
        above: list[Sequence[str]] = []
        header = None
        for found in rows(member, limits):
            if isinstance(found, Note):
                yield found
                continue
            line, cells = found
            if line < _HEADER_LINE:
                above.append(cells)
            elif header is None:
                header = _header(member, above, cells)
            elif any(cells):
                yield from _marks(header, cells, line, member.name)
        if header is None:
            raise NotReadable("header", f"{member.name} has no header in line {_HEADER_LINE}.")


def _header(member: Member, above: Sequence[Sequence[str]], cells: Sequence[str]) -> Header:
    course = above[0][1] if above and len(above[0]) > 1 else ""
    names = [folded(cell) for cell in cells]
    key = next((names.index(name) for name in _KEYS if name in names), None)
    sessions = {n: began for n, cell in enumerate(cells) if (began := _began(cell))}
    if key is None:
        raise NotReadable(
            "no_key", f"{member.name} has no ID of the students. Export it with “ID number” ticked."
        )
    if not sessions or not class_title.module(course):
        raise NotReadable(
            "header", f"{member.name} has no sessions in line {_HEADER_LINE}, or no course in line 1."
        )
    return Header(class_title.module(course), key, sessions, len(cells))


def _began(cell: str) -> str:
    """When the session of a column began, in London's time; empty for a column of something else."""
    found = _SESSION.fullmatch(cell)
    if not found:
        return ""
    day, month, year, hour, minute, half, _ = found.groups()
    written = f"{day} {month.title()} {year} {hour}.{minute}{half or ''}"
    try:
        began = datetime.strptime(written, "%d %b %Y %I.%M%p" if half else "%d %b %Y %H.%M")  # noqa: DTZ007
    except ValueError:
        return ""
    return began.isoformat(timespec="minutes")


def _marks(header: Header, cells: Sequence[str], line: int, file: str) -> Iterator[Found]:
    if len(cells) != header.width:
        advice = f"The row has {len(cells)} fields, the header {header.width}. Export without remarks."
        yield Fault(line, "", "width", advice, file=file, sheet=RegisterMark.sheet)
        return
    for column, began in header.sessions.items():
        yield _mark(header, cells[header.key], began, cells[column], line, file)


def _mark(header: Header, student: str, began: str, cell: str, line: int, file: str) -> Found:
    if not cell or _NOT_ENROLLED.fullmatch(cell):
        return _NOT_THEIRS
    acronym = _POINTS.sub("", cell).removeprefix("-")
    cells = {
        "student_id": student,
        "module_id": header.module,
        "starts_at": began,
        "status": _MARKS.get(acronym.upper(), acronym),
    }
    return Row(RegisterMark, cells, line, file)


def _recognises(glance: Glance) -> bool:
    """Whether line 1 names a course and line 4 has a session among its columns."""
    if not glance.members:
        return False
    try:
        several = (found for found in rows(glance.members[0], Limits()) if not isinstance(found, Note))
        start = [next(several, (0, ())) for _ in range(_HEADER_LINE)]
    except NotReadable:
        return False
    _, first = start[0]
    return len(first) > 1 and folded(first[0]) == "course" and any(_began(cell) for cell in start[-1][1])


FORMAT = Format(
    "moodle-attendance",
    Source.ATTENDANCE,
    "Moodle's attendance activity, exported as text or as an .xlsx workbook",
    _recognises,
    read,
    "For each student and session: present, late, absent, excused (absent with leave), or not recorded. The class "
    "is known by its module, from the course's name, and its time. The export must have the students' ID numbers. "
    "Not read: names, groups, remarks, points.",
)

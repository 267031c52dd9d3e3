"""Moodle's report “Logs”, as CSV or as a workbook: what the site writes for people, read for its numbers.

User and course are known by the columns `userid` and `courseid` where the export has them, else by the numbers in
the description; an activity's course by the list of activities beside the log (`moodle_site.py`). Names, addresses
and the rest of the description are never kept.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from ingest import moodle_site, tabular
from ingest.bundle import Member
from ingest.format import Format, Glance
from ingest.found import Fault, Found, Note, NotReadable, Skipped
from ingest.limits import Limits
from ingest.moodle_clock import Clock
from ingest.moodle_site import Site, number
from ingest.sheets import Sheet
from ingest.vle_event import NOBODY, OUTSIDE, PROGRAM, STAFF, event, fault
from privacy.labels import Source

_NEEDED = frozenset({"time", "event context", "event name", "description"})
_KNOWN = _NEEDED | {
    "user full name", "affected user", "component", "origin", "ip address", "userid", "courseid",
}  # fmt: skip
_USER = re.compile(r"The user with id '(-?\d+)'", re.ASCII)
_COURSE = re.compile(r"\bcourse with id '(\d+)'", re.ASCII)
_ACTIVITY = re.compile(r"\bcourse module id '(\d+)'", re.ASCII)
_NO_COURSE = re.compile(r"System|Front page|(User|Category): .*", re.DOTALL)
_PROGRAMS = ("cli", "restore")


def read(day_first: bool, members: tuple[Member, ...], limits: Limits) -> Iterator[Found]:
    """Every row of every log. `day_first`: a person has said so, the file need not show it."""
    site, logs, notes = moodle_site.parted(members, limits, _is_log)
    yield from notes
    for member in logs:
        clock = Clock(day_first)
        for sheet in tabular.sheets(member, limits):
            yield from _rows(sheet, member, site, clock)
        clock.check()


def _rows(sheet: Sheet, member: Member, site: Site, clock: Clock) -> Iterator[Found]:
    names = [_column(cell) for cell in sheet.header]
    missing = sorted(_NEEDED.difference(names))
    if missing:
        raise NotReadable("header", f"{member.name} is no log: it lacks the columns {', '.join(missing)}.")
    yield from sheet.notes
    for name in names:
        if name and name not in _KNOWN:
            yield Note(f"{member.name}: the column “{name}” is not part of the log and was not stored.")
    for found in sheet.rows:
        if isinstance(found, Fault):
            yield replace(found, file=member.name, cells={})
        else:
            line, cells = found[0], {_column(cell): value for cell, value in found[1].items()}
            yield _event(cells, clock.at(cells["time"], line), line, member.name, site)


def _column(cell: str) -> str:
    name = " ".join(cell.casefold().replace("_", " ").split())
    return {"user id": "userid", "course id": "courseid"}.get(name, name)


def _event(cells: Mapping[str, object], at: object, line: int, file: str, site: Site) -> Found:
    user, course = _user(cells), _course(cells, site)
    left_out = _left_out(cells, user, course, site)
    if left_out:
        return left_out
    if not user:
        advice = "The description names no user's number. Export the log in English, or with a column userid."
        return fault(line, "student_id", "no_user", advice, file, cells={"module_id": course, "at": at})
    if not course:
        advice = (
            "The description does not say which course this belongs to. Put the list course_modules.csv "
            "(id, course) beside the log, or export it with a column courseid."
        )
        return fault(line, "module_id", "no_course", advice, file, cells={"student_id": user, "at": at})
    return event(user, course, at, line, file)


def _user(cells: Mapping[str, object]) -> str:
    found = _USER.match(str(cells["description"]))
    return number(cells.get("userid")) or (found.group(1) if found else "")


def _course(cells: Mapping[str, object], site: Site) -> str:
    text = str(cells["description"])
    course, activity = _COURSE.search(text), _ACTIVITY.search(text)
    if number(cells.get("courseid")) or course:
        return number(cells.get("courseid")) or (course.group(1) if course else "")
    return site.courses.get(activity.group(1), "") if activity else ""


def _left_out(cells: Mapping[str, object], user: str, course: str, site: Site) -> Skipped | None:
    """Why a row is no use of a module by a student; None where it is one, or should be."""
    unsigned = not user and cells.get("user full name") == "-"
    because = (
        (unsigned or moodle_site.nobody(user), NOBODY),
        (cells.get("origin") in _PROGRAMS, PROGRAM),
        (bool(course) and moodle_site.outside(course), OUTSIDE),
        (not course and _NO_COURSE.fullmatch(str(cells["event context"])) is not None, OUTSIDE),
        (site.teaches(user, course), STAFF),
    )
    return next((skipped for holds, skipped in because if holds), None)


def _is_log(glance: Glance) -> bool:
    return {_column(cell) for cell in glance.header} >= _NEEDED


FORMATS = (
    Format(
        "moodle-logs",
        Source.VLE,
        "Moodle: the report “Logs”",
        partial(moodle_site.any_log, is_log=_is_log),
        partial(read, False),
    ),
    Format(
        "moodle-logs-day-first",
        Source.VLE,
        "Moodle: the report “Logs”, and someone has looked: the day comes before the month",
        lambda _: False,
        partial(read, True),
    ),
)

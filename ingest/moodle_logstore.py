"""Moodle's own log: rows of the table `logstore_standard_log`, as CSV or as JSON objects.

The user's and the course's numbers are the keys. Left out, and counted: what nobody, a program or a teacher
did, what is marked anonymous, signing in and out, and what belongs to no course. `other`, `ip` and the rest
are never looked at.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from ingest import moodle_site, tabular
from ingest.bundle import Member
from ingest.documents import entries
from ingest.format import Format, Glance
from ingest.found import Fault, Found, Note, NotReadable, Skipped
from ingest.limits import Limits
from ingest.moodle_site import Site, number
from ingest.vle_event import ANONYMOUS, NOBODY, OUTSIDE, PROGRAM, SIGN_IN, STAFF, event, fault
from privacy.labels import Source

_NEEDED = frozenset({"userid", "courseid", "timecreated"})
_JSON = frozenset({"eventname", "timecreated"})
_LOOKED_AT = frozenset({"eventname", "edulevel", "anonymous", "origin", "realuserid"})
_LEFT = frozenset({"id", "component", "action", "target", "objecttable", "objectid", "crud", "contextid"})
_LEFT_TOO = frozenset({"contextlevel", "contextinstanceid", "relateduserid", "other", "ip"})
_KNOWN = _NEEDED | _LOOKED_AT | _LEFT | _LEFT_TOO
_SIGN_IN = ("\\core\\event\\user_loggedin", "\\core\\event\\user_loggedout")
_PROGRAMS = ("cli", "restore")
_TEACHING = "1"


def read(members: tuple[Member, ...], limits: Limits) -> Iterator[Found]:
    """Every row of every log; files beside it say who teaches."""
    site, logs, notes = moodle_site.parted(members, limits, _is_log)
    yield from notes
    for member in logs:
        json = Glance((member,)).opening.startswith(("{", "["))
        for found in _objects(member, limits) if json else _table(member, limits):
            if isinstance(found, tuple):
                line, cells = found
                yield _event(cells, line, member.name, site)
            else:
                yield found


def _table(member: Member, limits: Limits) -> Iterator[tuple[int, Mapping[str, object]] | Found]:
    for sheet in tabular.sheets(member, limits):
        names = [cell.casefold() for cell in sheet.header]
        missing = sorted(_NEEDED.difference(names))
        if missing:
            raise NotReadable(
                "header", f"{member.name} is no standard log: it lacks the columns {', '.join(missing)}."
            )
        yield from sheet.notes
        for name in names:
            if name and name not in _KNOWN:
                yield Note(f"{member.name}: the column “{name}” is not part of the log and was not stored.")
        for found in sheet.rows:
            if isinstance(found, Fault):
                yield replace(found, file=member.name, cells={})
            else:
                yield found[0], {cell.casefold(): value for cell, value in found[1].items()}


def _objects(member: Member, limits: Limits) -> Iterator[tuple[int, Mapping[str, object]] | Found]:
    for found in entries(member, limits):
        if not isinstance(found, tuple):
            yield found
            continue
        place, value = found
        if isinstance(value, dict):
            yield place, value
        else:
            yield fault(place, "", "not_a_row", "The entry is no row of the log.", member.name)


def _event(cells: Mapping[str, object], line: int, file: str, site: Site) -> Found:
    user, course = number(cells.get("userid")), number(cells.get("courseid"))
    left_out = _left_out(cells, user, course, site)
    if left_out:
        return left_out
    at = number(cells.get("timecreated"))
    if at and not (at.isascii() and at.isdigit() and len(at) <= 11):
        advice = "timecreated is a whole number of seconds since 1970. Export the table as it is."
        known = {"student_id": user, "module_id": course, "at": at}
        return fault(line, "at", "not_an_instant", advice, file, at, known)
    return event(user, course, datetime.fromtimestamp(int(at), UTC) if at else None, line, file)


def _left_out(cells: Mapping[str, object], user: str, course: str, site: Site) -> Skipped | None:
    """Why a row is no use of a module by a student; None where it is one."""
    real = number(cells.get("realuserid"))
    because = (
        (moodle_site.nobody(user), NOBODY),
        (cells.get("origin") in _PROGRAMS, PROGRAM),
        (number(cells.get("anonymous")) not in ("", "0"), ANONYMOUS),
        (cells.get("eventname") in _SIGN_IN, SIGN_IN),
        (moodle_site.outside(course), OUTSIDE),
        # Staff may sign in as a student to see what they see.
        (real not in ("", "0", user), STAFF),
        (number(cells.get("edulevel")) == _TEACHING or site.teaches(user, course), STAFF),
    )
    return next((skipped for holds, skipped in because if holds), None)


def _is_log(glance: Glance) -> bool:
    document = glance.document
    return glance.header >= _NEEDED or (isinstance(document, dict) and document.keys() >= _JSON)


FORMAT = Format(
    "moodle-logstore",
    Source.VLE,
    "Moodle: the standard log table",
    partial(moodle_site.any_log, is_log=_is_log),
    read,
)

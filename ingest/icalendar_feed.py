"""Timetable feeds (iCalendar): each class of each series on its day.

The calendar's own name, which may be a person's, descriptions and the people invited are never read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import TextIOWrapper

from icalendar import Calendar, Component, Event

from ingest import class_title, series, text
from ingest.bundle import Member
from ingest.format import Format, Glance
from ingest.found import Fault, Found, Note, NotReadable, Row, Skipped
from ingest.limits import Limits
from ingest.series import Unfit
from ingest.template.timetable import TimetabledClass
from privacy.labels import Source

_ALL_DAY = Skipped("entries for a whole day, at which nobody is expected")
_NO_CLASS = Skipped("deadlines and holidays, at which nobody is expected")


@dataclass(frozen=True)
class Entry:
    """One VEVENT and the line that it begins at."""

    event: Event
    line: int

    @property
    def title(self) -> str:
        """Its summary, on one line."""
        return " ".join(str(self.event.get("SUMMARY", "")).split())


def read(members: tuple[Member, ...], limits: Limits) -> Iterator[Found]:
    """The classes of every calendar of every file. NotReadable for a file that is cut short or is no calendar."""
    rows = 0
    for member in members:
        for found in _file(member):
            rows += isinstance(found, Row)
            if limits.rows and rows > limits.rows:
                raise NotReadable(
                    "rows", f"The feed holds more than {limits.rows:,} classes. Load it in parts."
                )
            yield found


def _file(member: Member) -> Iterator[Found]:
    with member.open() as file:
        opened, notes = text.opened(file)
        written = _whole(member, opened)
    yield from notes
    lines = _lines(written)
    for calendar in _calendars(member, written):
        entries = [
            Entry(event, next(lines, 0)) for event in calendar.walk("VEVENT") if isinstance(event, Event)
        ]
        if not entries:
            yield Note(f"{member.name} holds a calendar without entries.")
        off = str(calendar.get("METHOD", "")).upper() == "CANCEL"
        yield from _calendar(member, calendar, entries, off)


def _whole(member: Member, opened: TextIOWrapper) -> str:
    written = opened.read()
    starts = [line.strip().upper() for line in written.splitlines()]
    if starts.count("BEGIN:VCALENDAR") != sum(line.startswith("END:VCALENDAR") for line in starts):
        raise NotReadable("cut_short", f"{member.name} is cut short: a calendar is not closed. Get it again.")
    return written


def _calendars(member: Member, written: str) -> list[Component]:
    try:
        found = Calendar.from_ical(written, multiple=True)
    except Exception as fault:
        raise NotReadable("calendar", f"{member.name} is no calendar that can be read.") from fault
    return [calendar for calendar in found if calendar.name == "VCALENDAR"]


def _lines(written: str) -> Iterator[int]:
    """The lines at which entries begin, in order."""
    starts = enumerate(written.splitlines(), start=1)
    return iter([number for number, line in starts if line.strip().upper() == "BEGIN:VEVENT"])


def _calendar(member: Member, calendar: Component, entries: list[Entry], off: bool) -> Iterator[Found]:
    """The classes series by series; a series is what has the same UID."""
    kept: dict[str, list[Entry]] = {}
    for entry in entries:
        unfit = _unfit(entry)
        if isinstance(unfit, Unfit):
            yield _fault(member, entry, unfit)
        elif unfit:
            yield unfit
        else:
            kept.setdefault(str(entry.event["UID"]), []).append(entry)
    window = series.window([series.day(entry.event) for several in kept.values() for entry in several])
    for several in kept.values():
        try:
            days = series.occurrences(calendar, [entry.event for entry in several], window)
        except Unfit as unfit:
            yield _fault(member, several[0], unfit)
            continue
        yield from (_class(member, several[0].line, key, event, off) for key, event in days)
    if any(series.endless(entry.event) for several in kept.values() for entry in several):
        yield Note(f"Series without an end were followed for {series.REACH.days} days.")


def _unfit(entry: Entry) -> Unfit | Skipped | None:
    """Why an entry cannot be used, or is rightly left out."""
    broken = series.broken(entry.event)
    if broken:
        return broken
    if not isinstance(series.at(entry.event, "DTSTART"), datetime):
        return _ALL_DAY
    _, title = class_title.cancelled(entry.title)
    if class_title.no_class(title):
        return _NO_CLASS
    if not class_title.module(title):
        return Unfit("no_module", "SUMMARY", "The entry has no title, which would name the module.", title)
    return None


def _fault(member: Member, entry: Entry, unfit: Unfit) -> Fault:
    return Fault(
        entry.line,
        unfit.field,
        unfit.kind,
        unfit.advice,
        unfit.value[:60],
        member.name,
        TimetabledClass.sheet,
    )


def _class(member: Member, line: int, key: str, event: Event, off: bool) -> Row:
    said_off, title = class_title.cancelled(Entry(event, line).title)
    off = off or said_off or str(event.get("STATUS", "")).upper() == "CANCELLED"
    cells = {
        "event_id": key,
        "module_id": class_title.module(title),
        "starts_at": series.at(event, "DTSTART"),
        "ends_at": series.at(event, "DTEND"),
        "kind": class_title.kind(title),
        "room": _room(event),
        "cancelled": "yes" if off else "no",
    }
    return Row(TimetabledClass, cells, line, member.name)


def _room(event: Event) -> str:
    """The first line of the place; an address on the web is none."""
    place = str(event.get("LOCATION", "")).strip().splitlines()
    return "" if not place or "://" in place[0] else place[0][:200]


def _recognises(glance: Glance) -> bool:
    return glance.opening[:15].upper() == "BEGIN:VCALENDAR"


FORMAT = Format(
    "icalendar",
    Source.TIMETABLE,
    "iCalendar feed (RFC 5545), as timetabling systems publish it",
    _recognises,
    read,
    "Each class: its module's code, or the title's first part, and its kind (“CS2810 - Workshop - Online”), begin, "
    "end, room, and whether it is cancelled; series day by day with their exceptions; times without a zone are "
    "London's. "
    "Not read: the calendar's name, descriptions, organisers, people invited, web addresses.",
)

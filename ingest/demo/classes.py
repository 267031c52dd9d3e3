"""The timetable and the registers: classes of the whole year, and who came to those that have been."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

from data_access.records import AttendanceRecord, EventRecord, GapRecord
from data_access.tables import Register
from ingest.demo.habits import Kind
from ingest.demo.modules import Module, Slot
from ingest.demo.registrations import Taken
from ingest.demo.year import Year
from policy.days import LONDON, number

_CANCELLED = 0.02
_NOT_TAKEN = 0.02
_EXCUSED = 0.06  # of single absences, as the university agrees to them
_GAP = 14
_REVISION = "Revision class"


def timetable(year: Year, modules: Iterable[Module], rng: Random) -> list[EventRecord]:
    """Every class of the year, the coming ones too. Only what has been can have been cancelled."""
    found, summer = [], max(term.first for term in year.calendar.term)
    for module in modules:
        for n, week in enumerate(module.weeks, start=1):
            revision = week >= summer and not module.course.research
            for slot in module.slots[:1] if revision else module.slots:
                kind = _REVISION if revision else slot.kind
                found.append(_event(year, module, n, replace(slot, kind=kind), rng))
    return found


def registers(
    year: Year, taken: Iterable[Taken], events: Iterable[EventRecord], gaps: list[GapRecord], rng: Random
) -> Iterator[AttendanceRecord]:
    """What the registers say so far; nothing at all where the feed had a gap."""
    held = defaultdict(list)
    for event in events:
        day = event.starts_at.date()
        lost = any(gap.module == event.module and gap.first <= day <= gap.last for gap in gaps)
        if day <= year.yesterday and not lost:
            kept = not event.cancelled and rng.random() >= _NOT_TAKEN
            held[event.module].append((event, day, kept))
    for one in taken:
        for event, day, kept in held[one.module.code]:
            if one.first <= day <= one.last:
                said = _said(year, one, day, rng) if kept else Register.NOT_RECORDED
                yield AttendanceRecord(one.student.key, event.key, said)


def gaps(year: Year, taken: Iterable[Taken], others: int, rng: Random) -> list[GapRecord]:
    """The story's module without registers for the last two weeks of teaching, and other modules for two weeks.

    A year that is over has none.
    """
    running = [one for one in taken if one.first <= year.yesterday <= one.last]
    if not running:
        return []
    story = next(one.module.code for one in running if one.student.habits.kind is Kind.GAP)
    rest = sorted({one.module.code for one in running} - {story})
    earlier = [_gap(year, code, 7 * rng.randint(0, 2)) for code in rng.sample(rest, others)]
    return [_gap(year, story, 0), *earlier]


def _gap(year: Year, module: str, ago: int) -> GapRecord:
    """Fourteen days of teaching without registers, so many days of teaching ago."""
    days = year.calendar.window(year.yesterday, _GAP + ago)[:_GAP]
    return GapRecord(module, days[0], days[-1], "The card reader of the room was out of order.")


def _event(year: Year, module: Module, week: int, slot: Slot, rng: Random) -> EventRecord:
    day = module.weeks[week - 1] + timedelta(days=slot.day)
    starts = datetime.combine(day, time(slot.hour), LONDON)
    cancelled = rng.random() < _CANCELLED and day <= year.yesterday
    return EventRecord(
        key=f"{module.code}-{week:02}-{slot.day}{slot.hour:02}",
        module=module.code,
        starts_at=starts,
        ends_at=starts + timedelta(hours=slot.hours),
        kind=slot.kind,
        cancelled=cancelled,
    )


def _said(year: Year, one: Taken, day: date, rng: Random) -> Register:
    habits = one.student.habits
    since = year.taught_since[number(day)]
    if rng.random() < habits.attends * habits.phase(since).classes:
        return Register.LATE if rng.random() < habits.late else Register.PRESENT
    if habits.excused(since) or rng.random() < _EXCUSED:
        return Register.AUTHORISED
    return Register.ABSENT

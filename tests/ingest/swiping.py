"""A day of classes and cards for the tests of swipes: who is registered, what is on, what a log of swipes said."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

import pyarrow as pa

from data_access.loads.taught import Taught
from engagement.studies import Register
from ingest import reader, swipes
from ingest.admission import Admission
from ingest.limits import FROM_PAGE
from ingest.staging import staged
from policy.attendance import Attendance
from policy.days import number
from privacy.labels import Source

RULES = Attendance(minutes_before=15, late_after_minutes=15, swiped_share=30)
DAY = datetime(2026, 11, 18, tzinfo=UTC)
TODAY = number(DAY.date())
_INSTANT = pa.timestamp("us", tz="UTC")

Class = tuple[str, str, str | None, float, float]
"""Its key, module and room, and the hours at which it begins and ends."""
Registration = tuple[str, str, int, int | None]
"""The student, the module, and the first and last day, counted from this one."""
Card = tuple[str, str, str]
"""The card, the time of day, and the room; or, behind a `#`, the key of the class."""


@dataclass(frozen=True)
class Told:
    """What the swipes said, and what was counted beside it."""

    said: dict[tuple[str, str], Register]
    admission: Admission


def clock(hours: float) -> datetime:
    """So many hours after midnight of the day."""
    return DAY + timedelta(hours=hours)


def known(classes: list[Class], registered: list[Registration], people: frozenset[str]) -> Any:
    """What an installation with these classes knows."""
    on = [
        (key, module, room, number(clock(starts).date()), clock(starts), clock(ends))
        for key, module, room, starts, ends in classes
    ]
    days = [
        (student, module, TODAY + first, None if last is None else TODAY + last)
        for student, module, first, last in registered
    ]
    text, whole = pa.string(), pa.int64()
    taught = Taught(
        _table(on, event=text, module=text, room=text, day=whole, starts=_INSTANT, ends=_INSTANT),
        _table(days, student=text, module=text, first=whole, last=whole),
    )
    keys = frozenset(key for key, *_ in classes)
    aliases = {"card-7": "ann"}
    return SimpleNamespace(people=people, aliases=aliases, events=keys, taught=lambda days: taught)


def _table(rows: list[Any], **columns: pa.DataType) -> pa.Table:
    arrays = [pa.array([row[n] for row in rows], kind) for n, kind in enumerate(columns.values())]
    return pa.table(arrays, names=list(columns))


def log(cards: list[Card]) -> str:
    """A log of swipes as a reader writes it."""
    lines = ["student_id,at,event_id,room"]
    for student, time, place in cards:
        key, room = (place[1:], "") if place.startswith("#") else ("", place)
        at = time if "T" in time else f"2026-11-18T{time}Z"
        lines.append(f"{student},{at},{key},{room}")
    return "\n".join(lines) + "\n"


def told(cards: list[Card], here: Any, rules: Attendance = RULES) -> Told:
    """What the log of these swipes says of attendance."""
    return heard("swipes.csv", log(cards), here, rules)


def heard(file: str, text: str, here: Any, rules: Attendance = RULES) -> Told:
    """What a log in whatever format says of attendance."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "staging").mkdir()
        (folder / file).write_text(text, encoding="utf-8")
        reader.read(folder / file, Source.ATTENDANCE, None, FROM_PAGE, folder / "staging")
        found = staged(folder / "staging")
        assert found
        admission = Admission(found)
        records = swipes.attended(admission, here, rules)
    said = {(record.student, record.event): record.register for record in records}
    assert len(said) == len(records)
    return Told(said, admission)

"""Classes that repeat: the days of a series within bounds, and what in an entry is too broken to be used."""

import hashlib
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import recurring_ical_events
from icalendar import Calendar, Component, Event

from ingest.template.fields import EARLIEST, LATEST
from policy.days import LONDON

# How far from the feed's own dates a series is followed, and how many classes one may have.
REACH = timedelta(days=400)
MOST = 1_000

_USED = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "UID")
_RULES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_WITHIN_THE_DAY = ("BYHOUR", "BYMINUTE", "BYSECOND")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:/@#-]{0,79}")


class Unfit(Exception):
    """An entry that cannot be used: which kind of fault, where, what to do, and the one faulty value."""

    def __init__(self, kind: str, field: str, advice: str, value: str = "") -> None:
        super().__init__(advice)
        self.kind, self.field, self.advice, self.value = kind, field, advice, value


def at(event: Event, field: str) -> date | datetime:
    """A day, or a day and time, of an entry that is not broken."""
    value: Any = event[field]
    found: date | datetime = value.dt
    return found


def broken(event: Event) -> Unfit | None:
    """The first thing that keeps an entry from being used, if any."""
    for field, fault in event.errors:
        if field in _USED:
            return Unfit("broken", str(field), "It cannot be read. Mend the entry in the timetable.", fault)
    if not str(event.get("UID", "")).strip():
        return Unfit("missing", "UID", "The entry has no key of its own. Give it a UID.")
    if "DTSTART" not in event:
        return Unfit("missing", "DTSTART", "The entry has no time at which it begins.")
    return _bad_time(event) or _bad_rule(event)


def _bad_time(event: Event) -> Unfit | None:
    for field in ("DTSTART", "DTEND"):
        value: Any = event.get(field)
        if isinstance(value, list):
            return Unfit("twice", field, "The entry says twice when it begins or ends. Keep one of the two.")
        if value is not None and not isinstance(value.dt, date):
            return Unfit("broken", field, "It is neither a day nor a time of a day. Mend the entry.")
        if value is not None and _zone_unknown(value):
            advice = "The time zone is not known, nor described in the feed."
            return Unfit("unknown_zone", field, advice, str(value.params["TZID"]))
    if not EARLIEST <= day(event) < LATEST:
        return Unfit(
            "day_out_of_range", "DTSTART", "The day must lie between 1990 and 2099.", str(day(event))
        )
    return _bad_length(event) if isinstance(at(event, "DTSTART"), datetime) else None


def _bad_length(event: Event) -> Unfit | None:
    """No end, or one that is not after the begin: the library would swap the two without a word."""
    length: Any = event.get("DURATION")
    if isinstance(length, list):
        return Unfit("twice", "DURATION", "The entry says twice how long it is. Keep one of the two.")
    if length is None and "DTEND" not in event:
        return Unfit("missing", "DTEND", "The entry has no time at which it ends.")
    if length is not None and not isinstance(length.dt, timedelta):
        return Unfit("broken", "DURATION", "It is no length, such as PT1H. Mend the entry in the timetable.")
    field = "DTEND" if length is None else "DURATION"
    backwards = (
        length.dt <= timedelta(0) if length else _instant(event, "DTEND") <= _instant(event, "DTSTART")
    )
    if backwards:
        return Unfit("ends_before_start", field, "The class ends before it begins, or as it begins.")
    return None


def _instant(event: Event, field: str) -> datetime:
    """A time of an entry; of a day its beginning. Without a zone it is London's."""
    found = at(event, field)
    if not isinstance(found, datetime):
        found = datetime.combine(found, time())
    return found if found.tzinfo else found.replace(tzinfo=LONDON)


def _zone_unknown(value: Any) -> bool:
    """A time with a zone by a name that nobody knows comes without one; it is not London's."""
    return isinstance(value.dt, datetime) and value.dt.tzinfo is None and "TZID" in value.params


def _rules(event: Event) -> list[Any]:
    found: Any = event.get("RRULE", [])
    return found if isinstance(found, list) else [found]


def _bad_rule(event: Event) -> Unfit | None:
    """Rules that no timetable needs and that could run for ever."""
    for rule in _rules(event):
        often = str(rule.get("FREQ", [""])[0]).upper() not in _RULES
        several = any(len(rule.get(part, [])) > 1 for part in _WITHIN_THE_DAY)
        step = any(int(number) < 1 for number in rule.get("INTERVAL", [1]))
        if often or several or step or str(rule.get("RSCALE", ["GREGORIAN"])[0]) != "GREGORIAN":
            advice = (
                "A series repeats by the day, week, month or year of our calendar, at one time of the day."
            )
            return Unfit("rule", "RRULE", advice, rule.to_ical().decode())
    return None


def day(event: Event) -> date:
    """The day on which an entry begins first, where it takes place."""
    start = at(event, "DTSTART")
    return start.date() if isinstance(start, datetime) else start


def endless(event: Event) -> bool:
    """Whether the entry repeats without an end."""
    return any("COUNT" not in rule and "UNTIL" not in rule for rule in _rules(event))


def window(days: Sequence[date]) -> tuple[date, date]:
    """From the reach before the first of the days to the reach after the last."""
    return (min(days) - REACH, max(days) + REACH) if days else (EARLIEST, EARLIEST)


def occurrences(
    calendar: Component, events: Sequence[Event], within: tuple[date, date]
) -> list[tuple[str, Event]]:
    """The classes of one series by their keys, exceptions taken into account.

    Raises Unfit for a series that cannot be worked out or has too many classes.
    """
    alone = Calendar()
    if "X-WR-TIMEZONE" in calendar:
        alone["X-WR-TIMEZONE"] = calendar["X-WR-TIMEZONE"]
    for event in events:
        alone.add_component(event)
    try:
        found = recurring_ical_events.of(alone).between(*within)
    except Exception as fault:
        raise Unfit("series", "RRULE", "The days of the series cannot be worked out.", str(fault)) from fault
    if len(found) > MOST:
        raise Unfit("too_many", "RRULE", f"The series has {len(found):,} classes; at most {MOST:,} are read.")
    single = not any(field in event for event in events for field in ("RRULE", "RDATE", "RECURRENCE-ID"))
    return sorted(((_key(event, single), event) for event in found), key=lambda pair: pair[0])


def _key(event: Component, single: bool) -> str:
    """The key of a class: the entry's UID, and of one of a series the instant it was first planned for.

    A UID that cannot be a key, for it is too long or holds other signs, is replaced by its checksum.
    """
    uid = str(event["UID"]).strip()
    if not _KEY.fullmatch(uid):
        uid = f"uid-{hashlib.sha256(uid.encode()).hexdigest()[:40]}"
    planned: Any = getattr(event.get("RECURRENCE-ID"), "dt", None)
    if single or not isinstance(planned, datetime):
        return uid
    at_utc = planned.astimezone(UTC) if planned.tzinfo else planned
    return f"{uid}/{at_utc:%Y%m%dT%H%M}{'Z' if planned.tzinfo else ''}"

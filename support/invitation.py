"""Meetings as entries for a calendar (RFC 5545): they name no student, for calendars are read by others."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from support.meeting import Meeting, State

_ASK_AGAIN = timedelta(hours=1)


@dataclass(frozen=True)
class Entry:
    """What a calendar is told of a meeting. The later of two entries with one `id` has the higher `sequence`."""

    id: int
    sequence: int
    starts_at: datetime
    ends_at: datetime
    place: str
    called_off: bool = False


def text(meeting: Meeting, sequence: int, at: datetime) -> str:
    """The invitation, or the cancellation of one that was sent; the later has the higher sequence."""
    called_off = meeting.state is State.CANCELLED
    calendar = _calendar()
    calendar.add("method", "CANCEL" if called_off else "REQUEST")
    place = meeting.place or meeting.format.value
    entry = Entry(meeting.id, sequence, meeting.starts_at, meeting.ends_at, place, called_off)
    calendar.add_component(_event(entry, at))
    return _said(calendar)


def feed(entries: Iterable[Entry], page: str, at: datetime) -> str:
    """A calendar to subscribe to, each entry with the address of the `page` that says with whom it is."""
    calendar = _calendar()
    calendar.add("x-wr-calname", "Personal tutor meetings")
    calendar.add("refresh-interval", _ASK_AGAIN, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")  # the same for Outlook
    for entry in entries:
        event = _event(entry, at)
        event.add("url", page)
        calendar.add_component(event)
    return _said(calendar)


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Learner Analytics//EN")
    calendar.add("version", "2.0")
    return calendar


def _event(entry: Entry, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"meeting-{entry.id}@learner-analytics")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", at)
    event.add("dtstart", entry.starts_at)
    event.add("dtend", entry.ends_at)
    event.add("summary", "Personal tutor meeting")
    event.add("location", entry.place)
    event.add("status", "CANCELLED" if entry.called_off else "CONFIRMED")
    return event


def _said(calendar: Calendar) -> str:
    found: bytes = calendar.to_ical()
    return found.decode()

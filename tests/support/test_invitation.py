"""Entries for a calendar: what a calendar of another maker reads in them, and whom they never name."""

from datetime import UTC, datetime, timedelta

from icalendar import Calendar

from support import invitation
from support.invitation import Entry
from support.meeting import Meeting, State
from support.offer import Format
from tests.cast import NOW

STARTS = datetime(2026, 11, 24, 10, tzinfo=UTC)
PAGE = "https://engagement.university.example/support"


def met(state: State = State.PLANNED, place: str = "Room 1.02; second floor, left") -> Meeting:
    return Meeting(7, state, "p-ben-46b7", "Ben Quaverley", "Ada", STARTS, 30, Format.VIDEO, place)


def events(said: str) -> list[dict[str, object]]:
    calendar = Calendar.from_ical(said)
    return [{name: one.decoded(name) for name in one} for one in calendar.walk("VEVENT")]


def test_an_invitation_says_when_and_where_and_names_no_student():
    said = invitation.text(met(), 0, NOW)
    assert "METHOD:REQUEST" in said
    (event,) = events(said)
    assert (event["DTSTART"], event["DTEND"]) == (STARTS, STARTS + timedelta(minutes=30))
    assert event["UID"] == "meeting-7@learner-analytics"
    assert Calendar.from_ical(said).walk("VEVENT")[0]["LOCATION"] == "Room 1.02; second floor, left"
    assert "Quaverley" not in said
    assert "p-ben" not in said


def test_a_cancellation_is_of_the_same_entry_in_a_later_state():
    said = invitation.text(met(State.CANCELLED), 1, NOW)
    assert "METHOD:CANCEL" in said
    (event,) = events(said)
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (
        "meeting-7@learner-analytics",
        1,
        "CANCELLED",
    )


def test_without_a_place_it_says_how_they_talk():
    assert "LOCATION:video call" in invitation.text(met(place=""), 0, NOW)


def test_a_feed_has_the_same_entries_invites_to_nothing_and_leads_to_the_page():
    entry = Entry(7, 0, STARTS, STARTS + timedelta(minutes=30), "Room 1.02; second floor, left")
    said = invitation.feed([entry, Entry(8, 3, STARTS, STARTS, "phone call")], PAGE, NOW)
    assert "METHOD" not in said
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in said
    first, second = events(said)
    assert {name: first[name] for name in first if name != "URL"} == events(invitation.text(met(), 0, NOW))[0]
    assert second["SEQUENCE"] == 3
    assert said.count(f"URL:{PAGE}") == 2


def test_a_feed_without_a_meeting_is_a_calendar_all_the_same():
    assert events(invitation.feed([], PAGE, NOW)) == []


def test_a_place_cannot_put_another_entry_into_the_calendar():
    said = invitation.feed([Entry(7, 0, STARTS, STARTS, "x\r\nEND:VEVENT\r\nBEGIN:VEVENT")], PAGE, NOW)
    assert len(events(said)) == 1

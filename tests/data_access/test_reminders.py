"""Reminders: of tomorrow's conversations and of the student's own actions that are due, each once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert, update

from data_access import reminders, sending
from data_access.tables import Meeting, MeetingStep, SupportAction, SupportPlan
from support import action, meeting, plan
from support.message import Problem
from support.offer import Format
from support.party import Party
from tests.cast import ADA, AVI, BEN, NOW, TODAY
from tests.data_access.telling import ADDRESS, JOB, rows, rules, states

DAY = timedelta(days=1)
TOMORROW = NOW + DAY


def planned(starts_at: datetime, **other: object) -> object:
    values = {"enrolment": 1, "tutor": ADA.number, "state": meeting.State.PLANNED, "starts_at": starts_at}
    return insert(Meeting).values(
        **values | {"minutes": 30, "format": Format.IN_PERSON, "place": "Room 1.02", "sequence": 0} | other
    )


def promised(due: date, state: plan.State = plan.State.ACTIVE, **other: object) -> list[object]:
    made = {"enrolment": 1, "tutor": ADA.number, "aim": "Catch up", "review_on": TODAY, "made_at": NOW}
    values = {
        "plan": 1,
        "state": action.State.OPEN,
        "text": "Ask the library",
        "owner": Party.STUDENT,
        "due": due,
    }
    return [
        insert(SupportPlan).values(id=1, state=state, version=1, **made),
        insert(SupportAction).values(**values | {"version": 1} | other),
    ]


def test_a_conversation_of_tomorrow_is_told_once(store):
    store.change(planned(TOMORROW))
    assert reminders.write(JOB, NOW) == 1
    assert reminders.write(JOB, NOW + timedelta(hours=1)) == 0
    (row,) = rows(store)
    assert (row["template"], row["by"], row["to"]) == ("meeting-reminder", None, 11)
    assert "When: Tuesday 24 November 2026, 10:00 to 10:30\nWhere: Room 1.02" in row["body"]
    assert "Ada Okonkwo-Byrne" in row["subject"]


def test_a_conversation_that_was_agreed_today_needs_no_reminder(store):
    agreed = {"meeting": 1, "state": meeting.State.PLANNED, "person": ADA.number, "said": ""}
    store.change(planned(TOMORROW, id=1), insert(MeetingStep).values(**agreed, at=NOW - timedelta(hours=1)))
    assert reminders.write(JOB, NOW) == 0
    store.change(update(MeetingStep).values(at=NOW - DAY))
    assert reminders.write(JOB, NOW) == 1


def test_the_days_are_londons(store):
    summer = datetime(2027, 7, 1, 10, tzinfo=UTC)
    store.change(
        planned(datetime(2027, 7, 1, 23, 30, tzinfo=UTC), id=1),  # half past midnight on the 2nd
        planned(datetime(2027, 7, 2, 23, 30, tzinfo=UTC), id=2),  # on the 3rd
    )
    assert reminders.write(JOB, summer) == 1
    assert [row["key"] for row in rows(store)] == ["meeting-reminder-1-0"]


@pytest.mark.parametrize(
    ("starts", "told"),
    [("2026-11-28", 1), ("2026-11-30", 1), ("2026-12-01", 0)],
    ids=["Saturday", "Monday", "Tuesday"],
)
def test_on_friday_the_conversations_up_to_monday_are_told(store, starts, told):
    store.change(planned(datetime.fromisoformat(f"{starts}T10:00+00:00")))
    assert reminders.write(JOB, NOW + 4 * DAY) == told


@pytest.mark.parametrize(
    "row",
    [
        planned(NOW + timedelta(hours=2)),
        planned(NOW + 2 * DAY),
        planned(TOMORROW, state=meeting.State.CANCELLED),
        planned(TOMORROW, state=meeting.State.HELD),
        planned(TOMORROW, reminded_at=NOW - DAY),
        planned(TOMORROW, enrolment=3),  # Dee has finished
    ],
    ids=["today", "in two days", "cancelled", "held", "told before", "finished"],
)
def test_no_other_conversation_is_told(store, row):
    store.change(row)
    assert reminders.write(JOB, NOW) == 0
    assert rows(store) == []


@pytest.mark.parametrize(("days", "told"), [(-1, 0), (0, 1), (1, 1), (2, 1), (3, 0)])
def test_an_action_of_the_students_own_is_told_once_when_it_is_due_within_two_days(store, days, told):
    store.change(*promised(TODAY + days * DAY))
    assert reminders.write(JOB, NOW) == told
    assert reminders.write(JOB, NOW) == 0
    assert [row["template"] for row in rows(store)] == ["action-reminder"] * told


def test_what_the_student_turns_to_a_service_for_is_told_to_them_too(store):
    store.change(*promised(TODAY, owner=Party.SERVICE, service="Library and study skills"))
    assert reminders.write(JOB, NOW) == 1
    assert rows(store)[0]["to"] == BEN.number


@pytest.mark.parametrize(
    "rows_of",
    [
        promised(TODAY, state=plan.State.PROPOSED),
        promised(TODAY, state=plan.State.CLOSED),
        promised(TODAY, owner=Party.TUTOR),
        promised(TODAY, owner=Party.ADVISER, adviser=AVI.number),
    ],
    ids=["proposed", "closed", "the tutor's", "an adviser's"],
)
def test_no_other_action_is_told(store, rows_of):
    store.change(*rows_of)
    assert reminders.write(JOB, NOW) == 0


@pytest.mark.parametrize("state", [state for state in action.State if state is not action.State.OPEN])
def test_an_action_that_is_not_open_is_not_told(store, state):
    store.change(*promised(TODAY), update(SupportAction).values(state=state))
    assert reminders.write(JOB, NOW) == 0


OVERTAKES = {
    "called off": lambda: update(Meeting).values(state=meeting.State.CANCELLED, sequence=1),
    "held before": lambda: update(Meeting).values(state=meeting.State.HELD),
    "done": lambda: update(SupportAction).values(state=action.State.DONE),
    "left out": lambda: update(SupportAction).values(state=action.State.DECLINED),
    "another day": lambda: update(SupportAction).values(due=TODAY + 9 * DAY),
    "closed": lambda: update(SupportPlan).values(state=plan.State.CLOSED),
    "proposed again": lambda: update(SupportPlan).values(state=plan.State.PROPOSED),
}


@pytest.mark.parametrize("change", [None, *OVERTAKES])
def test_a_reminder_of_what_has_changed_since_is_not_emailed(store, monkeypatch, change):
    rules(monkeypatch, sending={"host": "127.0.0.1"})
    of_meeting = change in ("called off", "held before")
    store.change(ADDRESS, *([planned(TOMORROW)] if of_meeting else promised(TODAY + DAY)))
    assert reminders.write(JOB, NOW) == 1
    if change:
        store.change(OVERTAKES[change]())
    (claim,) = sending.claim(JOB, NOW)
    assert bool(sending.letter(JOB, claim, NOW)) is (change is None)
    if change:
        assert [problem for _, _, problem in states(store)] == [Problem.OVERTAKEN]


def test_a_reminder_of_a_meeting_that_stands_is_emailed(store, monkeypatch):
    rules(monkeypatch, sending={"host": "127.0.0.1"})
    store.change(ADDRESS, planned(TOMORROW))
    reminders.write(JOB, NOW)
    (claim,) = sending.claim(JOB, NOW)
    assert sending.letter(JOB, claim, NOW)

"""E-mails that come back: the message is noted as not delivered, once, and no other is."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from auth.refusals import NotOpenToYourRole
from data_access import messages, returned, sending
from data_access.tables import Message
from support.delivery import Outcome
from support.message import NEXT, Problem, State
from tests.cast import BEN, CAST, NOW
from tests.data_access.telling import ADDRESS, JOB, rows, rules, states, tell

HOUR = timedelta(hours=1)


@pytest.fixture
def numbers(store, monkeypatch):
    """The Message-IDs of two messages to Ben that were sent."""
    rules(monkeypatch, sending={"host": "127.0.0.1"})
    store.change(ADDRESS)
    tell("plan-1", "plan")
    tell("meeting-1", "meeting")
    letters = [sending.letter(JOB, claim, NOW) for claim in sending.claim(JOB, NOW)]
    for letter in letters:
        assert sending.mark(JOB, letter.claim, Outcome.TAKEN, NOW)
    return [letter.number for letter in letters]


def test_what_came_back_is_noted_and_the_student_reads_why(store, numbers):
    assert returned.note(JOB, numbers[:1], NOW + HOUR) == 1
    assert states(store) == [
        ("plan-1", State.BOUNCED, Problem.RETURNED),
        ("meeting-1", State.SENT, None),
    ]
    assert messages.own(BEN.viewer, NOW)[1].why_not == "it came back from the mailbox"


def test_a_second_report_changes_nothing(store, numbers):
    assert [returned.note(JOB, numbers, NOW + HOUR) for _ in range(2)] == [2, 0]


def test_a_report_that_comes_after_weeks_or_about_a_strangers_email_changes_nothing(store, numbers):
    assert returned.note(JOB, numbers, NOW + timedelta(days=15)) == 0
    assert returned.note(JOB, ["0" * 32 + "@engagement.university.example", ""], NOW) == 0
    assert {state for _, state, _ in states(store)} == {State.SENT}


@pytest.mark.parametrize("state", State)
def test_only_what_was_sent_comes_back(store, numbers, state):
    store.change(update(Message).where(Message.key == "plan-1").values(state=state))
    assert bool(returned.note(JOB, numbers[:1], NOW)) is (state is State.SENT)
    assert State.BOUNCED in NEXT[State.SENT]


@pytest.mark.parametrize("member", CAST, ids=lambda m: m.given)
def test_no_person_notes_it(store, numbers, member):
    before = rows(store)
    with pytest.raises(NotOpenToYourRole):
        returned.note(member.viewer, numbers, NOW)
    assert rows(store) == before

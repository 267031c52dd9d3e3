"""Messages on their way: claimed by one sender, looked at again at the moment of sending, and marked for good."""

import itertools
import re
from collections import Counter
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import delete, select, update

from auth.refusals import NotOpenToYourRole
from data_access import addresses, digest, reminders, returned, sending
from data_access.tables import (
    AccessLine,
    ContactDetail,
    EnrolmentAgreement,
    EnrolmentStatus,
    Message,
    Status,
)
from support.delivery import Claim, Letter, Outcome, number
from support.message import NEXT, Problem, State
from tests.cast import CAST, NOW, TODAY
from tests.conftest import University
from tests.data_access.telling import ADDRESS, CANARY, JOB, rows, rules, states, tell

MINUTE = timedelta(minutes=1)
FROM = "no-reply@engagement.university.example"


@pytest.fixture
def told(store: University, monkeypatch) -> University:
    """Ben can be reached, and a message to him waits."""
    rules(monkeypatch, sending={"host": "127.0.0.1"})
    store.change(ADDRESS)
    tell("plan-1", "plan")
    return store


def letters(at=NOW) -> list[Letter]:
    found = [sending.letter(JOB, claim, at) for claim in sending.claim(JOB, at)]
    return [one for one in found if one]


def test_a_letter_holds_the_address_and_the_text_and_its_repr_does_not(told):
    (letter,) = letters()
    assert letter.address == CANARY
    assert letter.subject == "Ada Okonkwo-Byrne proposes a support plan"
    assert letter.text.startswith("Dear Ben,\n\nAda Okonkwo-Byrne has written down")
    assert CANARY not in repr(letter)


def test_its_number_is_the_same_at_every_try_and_no_others(told):
    (first,) = letters()
    assert sending.mark(JOB, first.claim, Outcome.LATER, NOW)
    tell("plan-2", "plan-changed")
    again, other = sorted(letters(NOW + 5 * MINUTE), key=lambda letter: letter.claim.message)
    assert first.number == again.number != other.number
    assert re.fullmatch(r"[0-9a-f]{32}@engagement\.university\.example", first.number)


def test_what_is_sent_is_marked_and_never_claimed_again(told):
    (letter,) = letters()
    assert sending.mark(JOB, letter.claim, Outcome.TAKEN, NOW + MINUTE)
    (row,) = rows(told)
    assert (row["state"], row["sent_at"], row["problem"]) == (State.SENT, NOW + MINUTE, None)
    assert sending.claim(JOB, NOW + timedelta(days=9)) == []
    assert sending.waiting(JOB, NOW) == 0


def test_nothing_is_claimed_before_its_time(store):
    tell("plan-1", "plan", at=NOW.replace(hour=22))
    assert sending.claim(JOB, NOW.replace(hour=23)) == []
    assert sending.waiting(JOB, NOW.replace(hour=23)) == 1
    assert len(sending.claim(JOB, NOW.replace(day=24, hour=8))) == 1


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (delete(ContactDetail), Problem.NO_ADDRESS),
        (delete(EnrolmentAgreement).where(EnrolmentAgreement.enrolment == 1), Problem.ENROLMENT_ENDED),
        (
            update(EnrolmentStatus).where(EnrolmentStatus.enrolment == 1).values(last=TODAY - timedelta(1)),
            Problem.ENROLMENT_ENDED,
        ),
        (
            update(EnrolmentStatus).where(EnrolmentStatus.enrolment == 1).values(status=Status.WITHDRAWN),
            Problem.ENROLMENT_ENDED,
        ),
        (update(Message).values(made_at=NOW - timedelta(days=8)), Problem.TOO_LATE),
    ],
    ids=["no address", "no agreement", "ended", "withdrawn", "too late"],
)
def test_what_may_not_be_sent_any_more_is_not_and_says_so(told, change, problem):
    told.change(change)
    assert letters() == []
    assert states(told) == [("plan-1", State.BLOCKED, problem)]
    assert sending.claim(JOB, NOW + timedelta(days=1)) == []


def test_a_course_that_ends_between_claim_and_sending_stops_it(told):
    (claim,) = sending.claim(JOB, NOW)
    told.change(
        update(EnrolmentStatus).where(EnrolmentStatus.enrolment == 1).values(last=TODAY - timedelta(1))
    )
    assert sending.letter(JOB, claim, NOW) is None
    assert states(told) == [("plan-1", State.BLOCKED, Problem.ENROLMENT_ENDED)]


@pytest.mark.parametrize(
    "stands", [{"last": TODAY - timedelta(1)}, {"status": Status.INTERRUPTED}], ids=["ended", "interrupted"]
)
def test_no_address_is_read_of_what_may_not_be_sent(told, stands):
    told.change(update(EnrolmentStatus).where(EnrolmentStatus.enrolment == 1).values(stands))
    letters()
    with told.session() as session:
        assert "contact" not in {line.category for line in session.scalars(select(AccessLine))}


def send_all(at) -> None:
    for letter in letters(at):
        sending.mark(JOB, letter.claim, Outcome.TAKEN, at)


def test_of_three_about_the_same_thing_in_a_week_two_are_emailed(told):
    for n in (2, 3):
        tell(f"plan-{n}", "plan-changed", NOW + n * MINUTE)
    send_all(NOW + 9 * MINUTE)
    assert [state for _, state, _ in states(told)] == [State.SENT, State.SENT, State.BLOCKED]
    assert states(told)[-1] == ("plan-3", State.BLOCKED, Problem.CAP)
    later = NOW + timedelta(days=8)
    tell("plan-4", "plan-changed", later)
    send_all(later)
    assert states(told)[-1] == ("plan-4", State.SENT, None)


def test_five_in_all_are_emailed_in_a_week_and_confirmations_beside_them(told):
    several = ["offer-changed", "record", "action-shared", "action-reminder", "action-outcome"]
    for n, template in enumerate(several):
        tell(f"other-{n}", template, NOW + n * MINUTE)
    for n in range(4):
        tell(f"meeting-{n}", "meeting", NOW + (9 + n) * MINUTE)
    send_all(NOW + 20 * MINUTE)
    by_key = {key: (state, problem) for key, state, problem in states(told)}
    assert by_key.pop("other-4") == (State.BLOCKED, Problem.CAP)
    assert set(by_key.values()) == {(State.SENT, None)}
    assert len(by_key) == 9


def test_two_senders_never_have_the_same_message(told):
    for n in range(30):
        tell(f"meeting-{n}", "meeting")
    claimed, together = Counter(), Barrier(4)

    def sender() -> None:
        together.wait()
        while claims := sending.claim(JOB, NOW):
            for claim in claims:
                if letter := sending.letter(JOB, claim, NOW):
                    claimed[letter.claim.message] += 1
                    sending.mark(JOB, letter.claim, Outcome.TAKEN, NOW)

    senders = [Thread(target=sender) for _ in range(4)]
    for one in senders:
        one.start()
    for one in senders:
        one.join()
    assert set(claimed.values()) == {1}
    assert len(claimed) == 31
    assert {state for _, state, _ in states(told)} == {State.SENT}


def test_what_a_sender_that_died_had_is_taken_over_after_a_quarter_of_an_hour(told):
    (dead,) = letters()
    assert sending.claim(JOB, NOW + 14 * MINUTE) == []
    (letter,) = letters(NOW + 15 * MINUTE)
    assert letter.number == dead.number
    assert not sending.mark(JOB, dead.claim, Outcome.TAKEN, NOW + 16 * MINUTE)
    assert sending.letter(JOB, dead.claim, NOW + 16 * MINUTE) is None
    assert sending.mark(JOB, letter.claim, Outcome.TAKEN, NOW + 16 * MINUTE)


def test_asked_to_come_later_it_waits_longer_each_time_and_at_last_gives_up(told, monkeypatch):
    rules(monkeypatch, sending={"host": "x", "give_up_after": 4, "retry_minutes": (5, 15)})
    at, waits = NOW, []
    for _ in range(3):
        (letter,) = letters(at)
        sending.mark(JOB, letter.claim, Outcome.LATER, at)
        (row,) = rows(told)
        assert (row["state"], row["problem"]) == (State.WAITING, Problem.LATER)
        waits.append((row["not_before"] - at) // MINUTE)
        assert sending.claim(JOB, row["not_before"] - MINUTE) == []
        at = row["not_before"]
    (letter,) = letters(at)
    sending.mark(JOB, letter.claim, Outcome.LATER, at)
    assert waits == [5, 15, 15]
    assert states(told) == [("plan-1", State.BOUNCED, Problem.UNREACHED)]


def test_a_server_that_is_down_is_no_try_however_long(told):
    at = NOW
    for _ in range(40):
        (letter,) = letters(at)
        sending.mark(JOB, letter.claim, Outcome.DOWN, at)
        at += 5 * MINUTE
    (row,) = rows(told)
    assert (row["state"], row["tries"], row["problem"]) == (State.WAITING, 0, Problem.SERVER_DOWN)
    (letter,) = letters(at)
    sending.mark(JOB, letter.claim, Outcome.TAKEN, at)
    assert states(told) == [("plan-1", State.SENT, None)]


def test_what_was_claimed_and_not_tried_waits_again_at_once(told):
    claims = sending.claim(JOB, NOW)
    sending.give_back(JOB, claims, NOW)
    assert sending.claim(JOB, NOW) == claims


FOLLOWS = {
    Outcome.TAKEN: State.SENT,
    Outcome.LATER: State.WAITING,
    Outcome.REFUSED: State.BOUNCED,
    Outcome.DOWN: State.WAITING,
}


@pytest.mark.parametrize(("state", "outcome"), list(itertools.product(State, Outcome)))
def test_only_a_message_that_is_being_sent_moves_and_only_as_the_table_says(told, state, outcome):
    told.change(update(Message).values(state=state, claimed_at=NOW))
    (number,) = [row["id"] for row in rows(told)]
    moved = sending.mark(JOB, Claim(number, NOW), outcome, NOW)
    assert moved is (state is State.SENDING)
    assert rows(told)[0]["state"] is (FOLLOWS[outcome] if moved else state)
    assert FOLLOWS[outcome] in NEXT[State.SENDING]


def test_everything_that_the_table_lets_become_of_a_message_becomes_of_one_and_nothing_else(told):
    ends = {
        **{outcome: partial(sending.mark, JOB, outcome=outcome, at=NOW) for outcome in Outcome},
        "given back": lambda claim: sending.give_back(JOB, [claim], NOW),
        "too late": lambda claim: sending.letter(JOB, claim, NOW + timedelta(days=8)),
        "came back": lambda claim: returned.note(JOB, [number("came back", FROM)], NOW),
    }
    told.change(delete(Message))
    pairs = set()
    for key, end in ends.items():
        tell(key, "plan-agreed")
        if key == "came back":
            sending.mark(JOB, sending.claim(JOB, NOW)[-1], Outcome.TAKEN, NOW)
            pairs.add(_moved(told, key, end, None))
            continue
        claims = []
        pairs.add(_moved(told, key, lambda _, to=claims: to.extend(sending.claim(JOB, NOW)), None))
        pairs.add(_moved(told, key, end, claims[-1]))
        told.change(
            update(Message).where(Message.state == State.WAITING).values(not_before=NOW + 60 * MINUTE)
        )
    assert pairs == {(before, after) for before in State for after in NEXT[before]}


def _moved(told, key, move, claim) -> tuple[State, State]:
    """The state of the message with this key before and after."""
    before = next(state for of, state, _ in states(told) if of == key)
    move(claim)
    return before, next(state for of, state, _ in states(told) if of == key)


@pytest.mark.parametrize("state", State)
def test_a_message_is_claimed_where_the_table_lets_it_be_sent(told, state):
    told.change(update(Message).values(state=state, claimed_at=NOW - timedelta(hours=1)))
    claimed = bool(sending.claim(JOB, NOW))
    assert claimed is (State.SENDING in NEXT[state] or state is State.SENDING)


@pytest.mark.parametrize("member", CAST, ids=lambda m: m.given)
def test_no_person_sends_or_reads_an_address(told, member):
    with told.session() as session:
        message = session.scalars(select(Message)).one()
    before = rows(told)
    for act in (
        lambda: sending.claim(member.viewer, NOW),
        lambda: sending.letter(member.viewer, Claim(message.id, NOW), NOW),
        lambda: sending.mark(member.viewer, Claim(message.id, NOW), Outcome.TAKEN, NOW),
        lambda: sending.give_back(member.viewer, [Claim(message.id, NOW)], NOW),
        lambda: sending.waiting(member.viewer, NOW),
        lambda: addresses.of(member.viewer, message, NOW),
        lambda: reminders.write(member.viewer, NOW),
        lambda: digest.write(member.viewer, NOW),
    ):
        with pytest.raises(NotOpenToYourRole) as refused:
            act()
        assert CANARY not in repr(refused.value)
    assert rows(told) == before


def test_the_address_is_written_nowhere_by_sending(told):
    send_all(NOW)
    with told.session() as session:
        stored = repr([dict(row) for row in rows(told)]) + repr(
            session.execute(select(AccessLine.__table__)).all()
        )
    assert CANARY not in stored


def test_addresses_are_asked_for_in_few_places_and_each_for_its_reason():
    """Loads write them, under `loads/` and `records/`; nothing else in the project knows the table."""
    top = Path(__file__).parents[2]
    folders = ("data_access", "pages", "components", "web", "commands", "support", "auth")
    files = [file for folder in folders for file in (top / folder).rglob("*.py")]
    asking = {
        f.relative_to(top).as_posix() for f in files if "ContactDetail" in f.read_text(encoding="utf-8")
    }
    writing = ("data_access/loads/", "data_access/records/", "data_access/tables/", "data_access/migrations/")
    assert {path for path in asking if not path.startswith(writing)} == {
        "data_access/addresses.py",
        "data_access/disposing.py",  # deletes them
        "data_access/disputable_beside.py",  # a student's own, to say which is wrong
        "data_access/restoring.py",  # deletes them again
        "data_access/emergency_record.py",  # for an hour, with a reason, reviewed afterwards
    }

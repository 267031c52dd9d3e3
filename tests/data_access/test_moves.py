"""Every move of offers, meetings and notes, in each state and by each side: where it leads, and where it is refused.

Together the moves bring about every pair of each table of states, and no other. Where a move leads is written down
here a second time, by hand.
"""

from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import func, select

from data_access import meeting_steps, meetings, notes, offer_answers, offering, offers, offers_lapsing
from data_access.tables import Note, NoteEntry
from support import meeting, note, offer
from support.meeting import Missed
from support.offer import Format, Invitation
from tests.cast import ADA, BEN, NOW
from tests.data_access.moves import NIGHT, STUDENT, TUTOR, Moves, of_table
from tests.data_access.supporting import JOB

LATER = NOW + timedelta(days=60)

# Offers

_times = count(1)


def invited() -> Invitation:
    """Times that nobody was offered before, so that Ada is free."""
    return Invitation(Format.PHONE, "", "Shall we talk?", 15, (NOW + timedelta(hours=next(_times)),))


def one_offer(number: int) -> offer.Offer:
    return next(one for one in offers.of(ADA.viewer, BEN.id, NOW) if one.id == number)


def offer_in(state: offer.State) -> int:
    if state is Offered.ASKED:
        return offer_answers.ask(BEN.viewer, "Could we talk?", Format.PHONE, NOW)
    made = offering.make(ADA.viewer, BEN.id, invited(), [], NOW)
    if state in FROM_OFFERED:
        side, name = FROM_OFFERED[state]
        OFFERS.tried[name](*side, made)
    return made


def accept(viewer: Any, student: str | None, number: int) -> None:
    slot = next((slot.id for slot in one_offer(number).slots), 0)
    offer_answers.accept(viewer, number, slot, NOW)


def counter(viewer: Any, student: str | None, number: int) -> None:
    (time,) = invited().times
    offer_answers.counter(viewer, number, time, 15, "", NOW)


Offered = offer.State
FROM_OFFERED = {
    Offered.COUNTERED: (STUDENT, "counter"),
    Offered.ACCEPTED: (STUDENT, "accept"),
    Offered.DECLINED: (STUDENT, "decline"),
    Offered.WITHDRAWN: (TUTOR, "withdraw"),
    Offered.UNANSWERED: (NIGHT, "lapse"),
}
OFFERS = Moves(
    {
        "offer times": lambda v, s, n: offering.offer_times(v, s, n, invited(), NOW),
        "take": lambda v, s, n: offering.take(v, s, n, NOW),
        "withdraw": lambda v, s, n: offering.withdraw(v, s, n, NOW),
        "accept": accept,
        "counter": counter,
        "decline": lambda v, s, n: offer_answers.decline(v, n, "", NOW),
        "call off": lambda v, s, n: offer_answers.call_off(v, n, NOW),
        "lapse": lambda v, s, n: offers_lapsing.lapse(v, LATER),
    },
    {
        (TUTOR, "offer times"): dict.fromkeys((Offered.ASKED, Offered.COUNTERED), Offered.OFFERED),
        (TUTOR, "take"): {Offered.COUNTERED: Offered.ACCEPTED},
        (TUTOR, "withdraw"): dict.fromkeys((Offered.OFFERED, Offered.COUNTERED), Offered.WITHDRAWN),
        (STUDENT, "accept"): {Offered.OFFERED: Offered.ACCEPTED},
        (STUDENT, "counter"): {Offered.OFFERED: Offered.COUNTERED},
        (STUDENT, "decline"): dict.fromkeys((Offered.OFFERED, Offered.COUNTERED), Offered.DECLINED),
        (STUDENT, "call off"): {Offered.ASKED: Offered.WITHDRAWN},
        (NIGHT, "lapse"): {Offered.OFFERED: Offered.UNANSWERED},
    },
)


def test_an_offer_goes_only_where_it_may_and_everywhere_that_it_may(university):
    assert OFFERS.pairs(offer.State, offer_in, one_offer) == of_table(offer.NEXT)


def test_what_each_side_may_do_with_an_offer_is_in_the_table_of_what_may_follow():
    both = {pair for pairs in offer.BY.values() for pair in pairs}
    assert of_table(offer.NEXT) - both == {(Offered.OFFERED, Offered.UNANSWERED)}
    assert both <= of_table(offer.NEXT)


# Meetings


def one_meeting(number: int) -> meeting.Meeting:
    return next(one for one in meetings.of(BEN.viewer, None, NOW) if one.id == number)


def meeting_in(state: meeting.State) -> int:
    of = offer_in(Offered.OFFERED)
    made = offer_answers.accept(BEN.viewer, of, one_offer(of).slots[0].id, NOW)
    if state is not Met.PLANNED:
        MEETINGS.tried[{Met.HELD: "hold", Met.MISSED: "miss", Met.CANCELLED: "cancel"}[state]](*TUTOR, made)
    return made


Met = meeting.State
MEETINGS = Moves(
    {
        "hold": lambda v, s, n: meeting_steps.hold(v, s, n, LATER),
        "miss": lambda v, s, n: meeting_steps.miss(v, s, n, Missed.STUDENT, LATER),
        "cancel": lambda v, s, n: meeting_steps.cancel(v, s, n, "", NOW),
        "cancel own": lambda v, s, n: meeting_steps.cancel_own(v, n, "", NOW),
    },
    {
        (TUTOR, "hold"): dict.fromkeys((Met.PLANNED, Met.MISSED), Met.HELD),
        (TUTOR, "miss"): {Met.PLANNED: Met.MISSED},
        (TUTOR, "cancel"): {Met.PLANNED: Met.CANCELLED},
        (STUDENT, "cancel own"): {Met.PLANNED: Met.CANCELLED},
    },
)


def test_a_meeting_goes_only_where_it_may_and_everywhere_that_it_may(university):
    assert MEETINGS.pairs(meeting.State, meeting_in, one_meeting) == of_table(meeting.NEXT)


def test_why_a_meeting_did_not_take_place_is_read_by_both_until_it_did_after_all(store):
    for why in Missed:
        number = meeting_in(Met.PLANNED)
        meeting_steps.miss(ADA.viewer, BEN.id, number, why, LATER)
        for seen in (meetings.of(ADA.viewer, BEN.id, NOW)[0], one_meeting(number)):
            assert (seen.id, seen.state, seen.missed) == (number, Met.MISSED, why)
        meeting_steps.hold(ADA.viewer, BEN.id, number, LATER)
        assert (one_meeting(number).state, one_meeting(number).missed) == (Met.HELD, None)
        assert [step.said for step in one_meeting(number).steps] == ["", why.value, ""]


# Notes


@dataclass(frozen=True)
class Kept:
    """A note as it is stored."""

    state: note.State
    version: int
    entries: int


@pytest.fixture
def one_note(university):
    def seen(number: int) -> Kept:
        with university.session() as session:
            row = session.get_one(Note, number)
            entries = select(func.count()).where(NoteEntry.note == number)
            return Kept(row.state, row.version, session.scalars(entries).one())

    return seen


def note_in(state: note.State) -> int:
    made = notes.begin(ADA.viewer, BEN.id, "We talked", NOW)
    if state is Noted.LAPSED:
        notes.lapse(JOB, LATER)
    elif state is not Noted.DRAFT:
        notes.share(ADA.viewer, BEN.id, made, 1, NOW)
    if state is Noted.APPROVED:
        notes.approve(BEN.viewer, made, 2, NOW)
    if state is Noted.COMMENTED:
        notes.comment(BEN.viewer, made, "My words", NOW)
    return made


def approve(viewer: Any, student: str | None, number: int) -> None:
    version = next((one.version for one in notes.of(BEN.viewer, None, NOW) if one.id == number), 1)
    notes.approve(viewer, number, version, NOW)


Noted = note.State
SHOWN = (Noted.WAITING, Noted.APPROVED, Noted.COMMENTED)
NOTES = Moves(
    {
        "save": lambda v, s, n: notes.save(v, s, n, 1, "Another text", NOW),
        "share": lambda v, s, n: notes.share(v, s, n, 1, NOW),
        "correct": lambda v, s, n: notes.correct(v, s, n, "It was three", NOW),
        "approve": approve,
        "comment": lambda v, s, n: notes.comment(v, n, "My words", NOW),
        "lapse": lambda v, s, n: notes.lapse(v, LATER),
    },
    {
        (TUTOR, "save"): {Noted.DRAFT: Noted.DRAFT},
        (TUTOR, "share"): {Noted.DRAFT: Noted.WAITING},
        (TUTOR, "correct"): dict.fromkeys(SHOWN, Noted.WAITING),
        (STUDENT, "approve"): dict.fromkeys((Noted.WAITING, Noted.COMMENTED), Noted.APPROVED),
        (STUDENT, "comment"): dict.fromkeys(SHOWN, Noted.COMMENTED),
        (NIGHT, "lapse"): {Noted.DRAFT: Noted.LAPSED},
    },
    words=frozenset({"save"}),
)


def test_a_note_goes_only_where_it_may_and_everywhere_that_it_may(university, one_note):
    assert NOTES.pairs(note.State, note_in, one_note) == of_table(note.NEXT)

"""Every move of every noun of support, in each state and by each side: where it leads, and its refusal elsewhere.

Together the moves bring about every pair of each table of states, and no other. Where a move leads is written down
here a second time, by hand.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from datetime import timedelta
from itertools import count, pairwise, product
from typing import Any

import pytest
from sqlalchemy import func, select, update

from auth.refusals import ActionNotOpen, MovedOn, NotOpenToYourRole, NotYoursToSee
from data_access import (
    meeting_steps,
    meetings,
    notes,
    offer_answers,
    offering,
    offers,
    offers_lapsing,
    plan_actions,
    plan_agreement,
    plans,
)
from data_access.tables import Note, NoteEntry, SupportAction
from support import action, meeting, note, offer, plan
from support.meeting import Missed
from support.offer import Format, Invitation
from support.plan import IN_FORCE
from tests.cast import ADA, BEN, NOW, TODAY
from tests.data_access.supporting import ADVISED, JOB, REVIEW, in_state, of

DAY = timedelta(days=1)
LATER = NOW + 60 * DAY
REFUSED = (MovedOn, ActionNotOpen, NotOpenToYourRole, NotYoursToSee)
TUTOR, STUDENT, NIGHT = (ADA.viewer, BEN.id), (BEN.viewer, None), (JOB, None)
"""Who moves, and how they name the student. The night's job is refused nothing: it leaves the rest alone."""
Pairs = set[tuple[Any, Any]]


@dataclass(frozen=True)
class Moves:
    """What can be tried, by its name, with where it leads from each state; those of `words` change no state."""

    tried: Mapping[str, Callable[[Any, str | None, int], object]]
    leads: Mapping[tuple[Any, str], Mapping[Any, Any]]
    words: frozenset[str] = frozenset()

    def pairs(
        self,
        states: Iterable[Any],
        begin: Callable[[Any], int],
        seen: Callable[[int], Any],
    ) -> Pairs:
        """Try each move by each side in each state, and the night's own; the pairs of states brought about.

        `begin` makes a new one in a state, `seen` is all that is known of it.
        """
        found: Pairs = set()
        for state, side, (name, move) in product(states, (TUTOR, STUDENT, NIGHT), self.tried.items()):
            if side is NIGHT and (side, name) not in self.leads:
                continue
            number = begin(state)
            before, after = seen(number), self.leads.get((side, name), {}).get(state)
            assert before.state is state
            refused = suppress(*REFUSED) if side is NIGHT else pytest.raises(REFUSED)
            with nullcontext() if after else refused:
                move(*side, number)
            now = seen(number)
            assert now.state is (after or state), (state, side, name)
            assert after or now == before, (state, side, name)
            if after and name not in self.words:
                found |= set(pairwise(_path(before, now)))
        return found


def _path(before: Any, now: Any) -> list[Any]:
    """The states that it went through, where its steps are kept; else from the one to the other."""
    steps = getattr(now, "steps", None)
    if steps is None:
        return [before.state, now.state]
    return [before.state, *(step.state for step in steps[len(before.steps) :])]


def of_table(following: Mapping[Any, Iterable[Any]]) -> Pairs:
    return {(before, after) for before in following for after in following[before]}


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


# Plans


def one_plan(number: int) -> plan.Plan:
    return next(one for one in of() if one.id == number)


def wording(number: int) -> str:
    return one_plan(number).wording


Planned = plan.State
RESTS = tuple(state for state in Planned if state is not Planned.REVIEWED)
"""A plan is looked at again and goes on in one move, so nothing begins there."""
PLANS = Moves(
    {
        "save": lambda v, s, n: plans.save(v, s, n, 1, "Another aim", REVIEW, NOW),
        "propose": lambda v, s, n: plans.propose(v, s, n, NOW),
        "take back": lambda v, s, n: plans.take_back(v, s, n, NOW),
        "agree": lambda v, s, n: plan_agreement.agree(v, n, wording(n), (), NOW),
        "record agreed": lambda v, s, n: plan_agreement.record_agreed(
            v, s, n, wording(n), "Room 4", TODAY, NOW
        ),
        "undo": lambda v, s, n: plan_agreement.undo(v, n, "", NOW),
        "review": lambda v, s, n: plans.review(v, s, n, "Well", "Well", REVIEW, NOW),
        "close": lambda v, s, n: plans.close(v, s, n, plan.Outcome.STOPPED, "", NOW),
        "begin": lambda v, s, n: plans.begin(v, NOW + 8 * DAY),
    },
    {
        (TUTOR, "save"): {Planned.DRAFT: Planned.DRAFT, Planned.PROPOSED: Planned.PROPOSED}
        | dict.fromkeys(IN_FORCE, Planned.PROPOSED),
        (TUTOR, "propose"): {Planned.DRAFT: Planned.PROPOSED},
        (TUTOR, "take back"): {Planned.PROPOSED: Planned.DRAFT},
        (STUDENT, "agree"): {Planned.PROPOSED: Planned.ACTIVE},
        (TUTOR, "record agreed"): dict.fromkeys((Planned.DRAFT, Planned.PROPOSED), Planned.AGREED),
        (STUDENT, "undo"): dict.fromkeys(IN_FORCE, Planned.PROPOSED),
        (TUTOR, "review"): {Planned.ACTIVE: Planned.ACTIVE},
        (TUTOR, "close"): dict.fromkeys(set(RESTS) - {Planned.CLOSED}, Planned.CLOSED),
        (STUDENT, "close"): dict.fromkeys(set(RESTS) - {Planned.DRAFT, Planned.CLOSED}, Planned.CLOSED),
        (NIGHT, "begin"): {Planned.AGREED: Planned.ACTIVE},
    },
    words=frozenset({"save"}),
)


def test_a_plan_goes_only_where_it_may_and_everywhere_that_it_may(university):
    # What a tutor changes in a plan in force takes the same way as the student's undoing of the agreement.
    assert PLANS.pairs(RESTS, in_state, one_plan) == of_table(plan.NEXT)


# Actions of plans

Acted = action.State
DUE = TODAY + 5 * DAY


def one_action(number: int) -> action.Action:
    return next(one for each in of() for one in each.actions if one.id == number)


def actions_of(state: plan.State) -> Moves:
    """The moves of an action while its plan is in the state."""
    runs, agreed = state is not Planned.CLOSED, state in IN_FORCE
    students = runs and state is not Planned.DRAFT
    leads: dict[tuple[Any, str], dict[Any, Any]] = {
        (TUTOR, "amend"): {Acted.OPEN: Acted.OPEN} if runs else {},
        (STUDENT, "amend"): {Acted.OPEN: Acted.OPEN} if students else {},
        (STUDENT, "decline"): {Acted.OPEN: Acted.DECLINED} if students else {},
        (TUTOR, "done"): {Acted.OPEN: Acted.DONE} if agreed else {},
        (STUDENT, "done"): {Acted.OPEN: Acted.DONE} if agreed else {},
        (TUTOR, "reopen"): {Acted.DONE: Acted.OPEN} if runs else {},
        (STUDENT, "reopen"): dict.fromkeys((Acted.DONE, Acted.DECLINED), Acted.OPEN) if students else {},
        (TUTOR, "drop"): {Acted.OPEN: Acted.DROPPED} if runs else {},
        (STUDENT, "allow"): {Acted.OPEN: Acted.OPEN} if agreed else {},
    }
    return Moves(
        {
            "amend": lambda v, s, n: plan_actions.amend(v, s, n, 1, "Something else", DUE, NOW),
            "decline": lambda v, s, n: plan_actions.decline(v, n, "Not now", NOW),
            "done": lambda v, s, n: plan_actions.done(v, s, n, TODAY, "", NOW),
            "reopen": lambda v, s, n: plan_actions.reopen(v, s, n, "", NOW),
            "drop": lambda v, s, n: plan_actions.drop(v, s, n, "", NOW),
            "allow": lambda v, s, n: plan_actions.allow_sharing(v, n, True, NOW),
        },
        leads,
        words=frozenset({"amend", "allow"}),
    )


@pytest.mark.parametrize("plans_state", RESTS)
def test_an_action_goes_only_where_it_may_while_its_plan_stands_so(university, plans_state):
    def action_in(state: action.State) -> int:
        in_state(plans_state, ADVISED)
        number = of()[0].actions[0].id
        university.change(update(SupportAction).where(SupportAction.id == number).values(state=state))
        return number

    found = actions_of(plans_state).pairs(action.State, action_in, one_action)
    if plans_state in IN_FORCE:
        assert found == of_table(action.NEXT)


def test_what_each_side_may_do_with_an_action_is_together_all_that_may_follow():
    assert {pair for pairs in action.BY.values() for pair in pairs} == of_table(action.NEXT)


def test_a_tutors_change_of_an_action_in_force_proposes_the_plan_again_and_a_students_does_not(store):
    for (viewer, student), move, after in (
        (TUTOR, "amend", Planned.PROPOSED),
        (TUTOR, "drop", Planned.PROPOSED),
        (TUTOR, "done", Planned.ACTIVE),
        (STUDENT, "amend", Planned.ACTIVE),
        (STUDENT, "decline", Planned.ACTIVE),
        (STUDENT, "done", Planned.ACTIVE),
    ):
        number = in_state(Planned.ACTIVE, ADVISED)
        actions_of(Planned.ACTIVE).tried[move](viewer, student, one_plan(number).actions[0].id)
        assert one_plan(number).state is after, move

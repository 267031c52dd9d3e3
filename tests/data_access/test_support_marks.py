"""Marks of support on the timeline: each step on its day, alike for tutor and student, and nothing of a draft."""

from datetime import timedelta

import pytest

from auth.refusals import Refusal
from data_access import (
    meeting_steps,
    notes,
    offer_answers,
    offering,
    offers,
    plan_actions,
    support_marks,
    support_records,
    timelines,
)
from engagement import words
from engagement.marks import Mark, Outcome
from support.offer import Format, Invitation
from support.plan import State
from tests.cast import ADA, AVI, BEN, CAL, NOW, SUE, TODAY, TOM
from tests.data_access.supporting import ADVISED, AIM, OWN, drafted, in_state, of

DAY = timedelta(days=1)
INVITED = Invitation(Format.VIDEO, "A link", "Shall we have a chat?", 30, (NOW + DAY, NOW + 2 * DAY))


def marks(at=NOW) -> tuple[Mark, ...]:
    """What both see."""
    for_tutor = support_marks.days(ADA.viewer, BEN.id, at)
    assert for_tutor == support_marks.days(BEN.viewer, None, at)
    return for_tutor


def said(at=NOW) -> list[str]:
    return [mark.sentence for mark in marks(at)]


def test_a_conversation_is_marked_from_the_offer_to_the_day_it_was_held(store):
    offering.make(ADA.viewer, BEN.id, INVITED, [], NOW)
    (one,) = offers.of(BEN.viewer, None, NOW)
    meeting = offer_answers.accept(BEN.viewer, one.id, one.slots[0].id, NOW)
    ahead = Mark(
        TODAY + DAY,
        "Conversation",
        "Conversation with Ada Okonkwo-Byrne, video call: planned.",
        Outcome.AHEAD,
    )
    assert marks()[-1] == ahead
    assert said(NOW + 2 * DAY)[-1].endswith("not recorded yet as held or not.")
    meeting_steps.hold(ADA.viewer, BEN.id, meeting, NOW + 2 * DAY)
    assert said(NOW + 2 * DAY) == [
        "A conversation was offered by Ada Okonkwo-Byrne.",
        "A time was agreed by Ben Quaverley.",
        "Conversation with Ada Okonkwo-Byrne, video call: held.",
    ]


def test_nothing_of_a_draft_is_marked_for_either_side(store):
    drafted()
    notes.begin(ADA.viewer, BEN.id, "Mine alone", NOW)
    assert marks() == ()


def test_the_record_of_support_is_the_same_for_both_sides_and_there_for_nobody_else(store):
    plan = in_state(State.ACTIVE)
    offer = offering.make(ADA.viewer, BEN.id, INVITED, [], NOW)
    for record in (support_records.of(ADA.viewer, BEN.id, NOW), support_records.of(BEN.viewer, None, NOW)):
        assert ([one.id for one in record.plans], [one.id for one in record.offers]) == ([plan], [offer])
    for asking, student in ((TOM, BEN.id), (SUE, BEN.id), (AVI, BEN.id), (CAL, BEN.id), (ADA, None)):
        with pytest.raises(Refusal):
            support_records.of(asking.viewer, student, NOW)


def test_a_plan_is_marked_with_its_actions_on_their_days(store):
    in_state(State.ACTIVE, OWN, ADVISED)
    (plan,) = of()
    own = next(one for one in plan.actions if one.text == OWN.text)
    plan_actions.done(BEN.viewer, None, own.id, TODAY, "", NOW)
    assert {(mark.on, mark.sentence, mark.outcome) for mark in marks()} == {
        (TODAY, f"Plan “{AIM}” proposed by Ada Okonkwo-Byrne.", Outcome.NONE),
        (TODAY, f"Plan “{AIM}” agreed by Ben Quaverley.", Outcome.NONE),
        (TODAY, f"“{OWN.text}”: done.", Outcome.DONE),
        (ADVISED.due, f"“{ADVISED.text}”, due {words.short_day(ADVISED.due)}: open.", Outcome.AHEAD),
    }
    late = ADVISED.due + DAY
    assert [m.outcome for m in marks(NOW + (late - TODAY)) if m.on == ADVISED.due] == [Outcome.MISSED]


def test_a_note_is_marked_when_it_is_written_and_approved(store):
    note = notes.begin(ADA.viewer, BEN.id, "We talked", NOW)
    notes.share(ADA.viewer, BEN.id, note, 1, NOW)
    notes.approve(BEN.viewer, note, 2, NOW + DAY)
    assert [(mark.on, mark.sentence) for mark in marks(NOW + DAY)] == [
        (TODAY, "Note written by Ada Okonkwo-Byrne."),
        (TODAY + DAY, "Note approved by Ben Quaverley."),
    ]


def test_the_year_takes_further_marks_in_their_places(store):
    offering.make(ADA.viewer, BEN.id, INVITED, [], NOW)
    year = timelines.year(ADA.viewer, BEN.id, NOW)
    more = year.marked([Mark(TODAY, "Later", "later"), Mark(TODAY - DAY, "Sooner", "sooner")])
    assert [mark.word for mark in more.marks][-2:] == ["Sooner", "Later"]

"""Decisions of the pages of support: each one does what the function of its noun does, and nothing else."""

from datetime import timedelta

from data_access import note_decisions, notes, plan_decisions
from support import note as note_of
from support import note_decisions as note
from support import plan_decisions as plan
from support.action import State as ActionState
from support.plan import Outcome, State
from tests.cast import ADA, BEN, NOW, TODAY
from tests.data_access.supporting import ADVISED, AIM, OWN, REVIEW, TUTORS, of

DAY = timedelta(days=1)
OPEN, DONE, DECLINED, DROPPED = ActionState


def decided(member, decision):
    """What stands after it: the plan's state, and how many of its actions are in which."""
    plan_decisions.carry_out(member.viewer, None if member is BEN else BEN.id, decision, NOW)
    latest = of()[0]
    return latest.state, [action.state for action in latest.actions]


def test_every_decision_about_a_plan_is_carried_out(store):
    assert decided(ADA, plan.Draft(AIM, REVIEW, (OWN, ADVISED))) == (State.DRAFT, [OPEN, OPEN])
    one = of()[0].id
    assert decided(ADA, plan.Save(one, 1, "To hand in every essay", REVIEW))[0] is State.DRAFT
    assert of()[0].aim == "To hand in every essay"
    assert decided(ADA, plan.Add(one, TUTORS)) == (State.DRAFT, [OPEN, OPEN, OPEN])
    tutors, own, advised = (action.id for action in of()[0].actions)  # by their days
    assert decided(ADA, plan.Propose(one))[0] is State.PROPOSED
    assert decided(ADA, plan.TakeBack(one))[0] is State.DRAFT
    decided(ADA, plan.Propose(one))
    assert decided(ADA, plan.RecordAgreed(one, of()[0].wording, "Room 4", TODAY))[0] is State.AGREED
    assert decided(BEN, plan.Undo(one, "I was not sure"))[0] is State.PROPOSED
    assert decided(BEN, plan.Agree(one, of(BEN)[0].wording, frozenset()))[0] is State.ACTIVE
    decided(BEN, plan.Allow(advised, True))
    assert of()[0].actions[2].may_share
    decided(BEN, plan.Amend(own, 1, "Make two lists", OWN.due))
    assert of()[0].actions[1].text == "Make two lists"
    assert decided(BEN, plan.Done(own, TODAY))[1] == [OPEN, DONE, OPEN]
    assert decided(BEN, plan.Reopen(own))[1] == [OPEN, OPEN, OPEN]
    assert decided(BEN, plan.Decline(advised, "Not now"))[1] == [OPEN, OPEN, DECLINED]
    assert decided(ADA, plan.Review(one, "It helps", "It does", REVIEW + DAY))[0] is State.ACTIVE
    assert decided(ADA, plan.Drop(tutors))[1] == [DROPPED, OPEN, DECLINED]
    assert decided(BEN, plan.Close(one, Outcome.STOPPED, "Enough"))[0] is State.CLOSED


def test_every_decision_about_a_note_is_carried_out(store):
    def after(member, decision):
        note_decisions.carry_out(member.viewer, None if member is BEN else BEN.id, decision, NOW)
        return notes.of(ADA.viewer, BEN.id, NOW)[0]

    one = after(ADA, note.Begin("We talked"))
    assert after(ADA, note.Save(one.id, 1, "We talked about essays")).state is note_of.State.DRAFT
    assert after(ADA, note.Share(one.id, 2)).state is note_of.State.WAITING
    assert after(BEN, note.Comment(one.id, "Three of them")).state is note_of.State.COMMENTED
    last = after(ADA, note.Correct(one.id, "Three essays"))
    assert [entry.text for entry in last.entries] == [
        "We talked about essays",
        "Three of them",
        "Three essays",
    ]
    assert after(BEN, note.Approve(one.id, last.version)).state is note_of.State.APPROVED

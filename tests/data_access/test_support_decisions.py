"""Each decision that a page hands on is carried out by one function, with all that was decided; none is left over."""

from typing import Any, get_args
from unittest.mock import patch

import pytest

from data_access import (
    conversation_decisions,
    escalations,
    meeting_steps,
    note_decisions,
    notes,
    offer_answers,
    offering,
    plan_actions,
    plan_agreement,
    plan_decisions,
    plans,
    shared_with_me,
    sharing,
    support_decisions,
)
from support import conversation_decisions as talk
from support import decisions
from support import escalation_decisions as escalation
from support import note_decisions as note
from support import plan_decisions as plan
from support import sharing_decisions as shared
from support.action import Wanted
from support.meeting import Missed
from support.offer import Format, Invitation, Slot
from support.party import Party
from support.plan import Outcome
from tests.cast import ADA, AVI, BEN, NOW, SUE, TODAY, Member

INVITED = Invitation(Format.PHONE, "", "Shall we?", 30, (NOW,))
WANTED = Wanted("A list", Party.STUDENT, TODAY)
SLOT = Slot(0, NOW, 15)
WHY = "It is a title"
Case = tuple[Any, Member, Any, str, tuple[Any, ...]]
"""A decision, who decides, the module and function that does it, and what it is handed between viewer and moment."""
TALKS: list[Case] = [
    (talk.Ask("Hello", Format.EMAIL, WHY), BEN, offer_answers, "ask", ("Hello", Format.EMAIL)),
    (talk.Accept(1, 2), BEN, offer_answers, "accept", (1, 2)),
    (talk.Counter(1, NOW, 30, "So", WHY), BEN, offer_answers, "counter", (1, NOW, 30, "So")),
    (talk.Decline(1, "No", WHY), BEN, offer_answers, "decline", (1, "No")),
    (talk.CallOff(1), BEN, offer_answers, "call_off", (1,)),
    (talk.Cancel(1, "No", WHY), BEN, meeting_steps, "cancel_own", (1, "No")),
    (talk.Cancel(1, "No", WHY), ADA, meeting_steps, "cancel", (BEN.id, 1, "No")),
    (talk.Send(INVITED, (4,)), ADA, offering, "make", (BEN.id, INVITED, (4,))),
    (talk.SendToSeveral(INVITED, {BEN.id: ()}), ADA, offering, "make_each", ({BEN.id: ()}, INVITED)),
    (talk.OfferTimes(1, INVITED), ADA, offering, "offer_times", (BEN.id, 1, INVITED)),
    (talk.Take(1), ADA, offering, "take", (BEN.id, 1)),
    (talk.Withdraw(1), ADA, offering, "withdraw", (BEN.id, 1)),
    (talk.Hold(1), ADA, meeting_steps, "hold", (BEN.id, 1)),
    (talk.Miss(1, Missed.TUTOR), ADA, meeting_steps, "miss", (BEN.id, 1, Missed.TUTOR)),
    (
        talk.Record(SLOT, Format.PHONE, "We", WHY),
        ADA,
        meeting_steps,
        "record",
        (BEN.id, SLOT, Format.PHONE, "We"),
    ),
]
PLANS: list[Case] = [
    (plan.Draft("Aim", TODAY, (WANTED,), 7, WHY), ADA, plans, "draft", (BEN.id, "Aim", TODAY, (WANTED,), 7)),
    (plan.Save(1, 2, "Aim", TODAY, WHY), ADA, plans, "save", (BEN.id, 1, 2, "Aim", TODAY)),
    (plan.Propose(1), ADA, plans, "propose", (BEN.id, 1)),
    (plan.TakeBack(1), ADA, plans, "take_back", (BEN.id, 1)),
    (plan.Agree(1, "w", frozenset({3})), BEN, plan_agreement, "agree", (1, "w", frozenset({3}))),
    (
        plan.RecordAgreed(1, "w", "Room 4", TODAY),
        ADA,
        plan_agreement,
        "record_agreed",
        (BEN.id, 1, "w", "Room 4", TODAY),
    ),
    (plan.Undo(1, "No", WHY), BEN, plan_agreement, "undo", (1, "No")),
    (plan.Review(1, "Well", "Good", TODAY, WHY), ADA, plans, "review", (BEN.id, 1, "Well", "Good", TODAY)),
    (plan.Close(1, Outcome.HELPED, "So", WHY), ADA, plans, "close", (BEN.id, 1, Outcome.HELPED, "So")),
    (plan.Close(1, Outcome.STOPPED, "", WHY), BEN, plans, "close", (None, 1, Outcome.STOPPED, "")),
    (plan.Add(1, WANTED), ADA, plan_actions, "add", (BEN.id, 1, WANTED)),
    (plan.Amend(5, 2, "Other", TODAY, WHY), BEN, plan_actions, "amend", (None, 5, 2, "Other", TODAY)),
    (plan.Decline(5, "No", WHY), BEN, plan_actions, "decline", (5, "No")),
    (plan.Done(5, TODAY), BEN, plan_actions, "done", (None, 5, TODAY, "")),
    (plan.Reopen(5), BEN, plan_actions, "reopen", (None, 5, "")),
    (plan.Drop(5), ADA, plan_actions, "drop", (BEN.id, 5, "")),
    (plan.Allow(5, True), BEN, plan_actions, "allow_sharing", (5, True)),
]
NOTES: list[Case] = [
    (note.Save(1, 2, "Text", WHY), ADA, notes, "save", (BEN.id, 1, 2, "Text")),
    (note.Share(1, 2), ADA, notes, "share", (BEN.id, 1, 2)),
    (note.Correct(1, "Text", WHY), ADA, notes, "correct", (BEN.id, 1, "Text")),
    (note.Approve(1, 2), BEN, notes, "approve", (1, 2)),
    (note.Comment(1, "Text", WHY), BEN, notes, "comment", (1, "Text")),
]
OTHERS: list[Case] = [
    (shared.Share(5, AVI.id, "Need", WHY), ADA, sharing, "share", (BEN.id, 5, AVI.id, "Need")),
    (shared.End(6), ADA, sharing, "end", (BEN.id, 6)),
    (shared.Report(6, BEN.id, "So", True, WHY), AVI, shared_with_me, "report", (BEN.id, 6, "So", True)),
    (escalation.PassOn(SUE.id, "Why", WHY), ADA, escalations, "pass_on", (BEN.id, SUE.id, "Why")),
    (escalation.End("So", WHY), ADA, escalations, "end", (BEN.id, "So")),
]
ALL = [*TALKS, *PLANS, *NOTES, *OTHERS]


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{type(case[0]).__name__} by {case[1].given}")
def test_a_decision_is_carried_out_by_one_function_with_all_that_was_decided(case):
    decided, by, module, name, handed = case
    with patch.object(module, name, autospec=True) as does:
        support_decisions.carry_out(by.viewer, None if by is BEN else BEN.id, decided, NOW)
    why = {"why_kept": WHY} if getattr(decided, "why_kept", "") else {}
    does.assert_called_once_with(by.viewer, *handed, NOW, **why)


def test_a_new_note_names_what_it_belongs_to():
    with patch.object(notes, "begin", autospec=True) as does:
        note_decisions.carry_out(ADA.viewer, BEN.id, note.Begin("Text", 3, 4, WHY), NOW)
    does.assert_called_once_with(ADA.viewer, BEN.id, "Text", NOW, meeting=3, plan=4, why_kept=WHY)


@pytest.mark.parametrize(
    ("carry_out", "nouns", "cases"),
    [
        (conversation_decisions.carry_out, talk.Decision, TALKS),
        (plan_decisions.carry_out, plan.Decision, PLANS),
        (note_decisions.carry_out, note.Decision, NOTES),
    ],
)
def test_each_noun_carries_out_its_own(carry_out, nouns, cases):
    assert {type(decided) for decided, *_ in cases} | {note.Begin} >= set(get_args(nouns))
    for decided, by, module, name, _ in cases:
        with patch.object(module, name, autospec=True) as does:
            carry_out(by.viewer, BEN.id, decided, NOW)
        assert does.call_count == 1


def test_there_is_no_decision_that_nobody_carries_out():
    assert {type(decided) for decided, *_ in ALL} | {note.Begin} == set(get_args(decisions.Decision))

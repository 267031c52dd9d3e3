"""Support plans: who sees one when, every move allowed and refused, and that no words of anybody are lost."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from auth.refusals import (
    AgreementNeeded,
    ChangedMeanwhile,
    DaysDoNotFit,
    NothingWritten,
    NotOpenToYourRole,
    NotYoursToSee,
    Refusal,
)
from auth.refusals.consent import LooksSensitive
from auth.refusals.support import DayNotAhead
from data_access import plan_actions, plan_agreement, plans, sharing
from data_access.tables import (
    EnrolmentStatus,
    Message,
    SharedAction,
    SupportAction,
    Tutoring,
)
from support.party import Party
from support.plan import Agreement, Outcome, State
from tests.cast import ADA, AVI, BEN, CAL, CAST, NOBODY, NOW, SUE, TODAY, TOM
from tests.data_access.supporting import AIM, JOB, OWN, REVIEW, agree, drafted, in_state, of

DAY = timedelta(days=1)
NECESSARY = "To find a timetable that works"


def wording(plan, member=ADA):
    return next((one.wording for one in of(member) if one.id == plan), "")


def told(store):
    with store.session() as session:
        return list(session.scalars(select(Message.template).order_by(Message.id)))


def running(store):
    with store.session() as session:
        return session.scalars(select(SharedAction.id).where(SharedAction.ended_at.is_(None))).all()


def shared(store, state=State.ACTIVE):
    """A plan in force whose second action is shared with Avi."""
    plan = in_state(State.PROPOSED)
    action = of()[0].actions[1].id
    agree(plan, action)
    sharing.share(ADA.viewer, BEN.id, action, AVI.id, NECESSARY, NOW)
    assert running(store)
    return plan


# What becomes of a plan, step by step


def test_a_plan_goes_from_a_draft_to_its_end_and_both_read_the_same(store):
    plan = drafted()
    plans.propose(ADA.viewer, BEN.id, plan, NOW)
    agree(plan)
    plans.review(ADA.viewer, BEN.id, plan, "It goes well", "Two essays are in", REVIEW + 7 * DAY, NOW + DAY)
    plans.close(ADA.viewer, BEN.id, plan, Outcome.HELPED, "All is handed in", NOW + 9 * DAY)
    (one,) = of(BEN)
    assert [(step.state, step.by) for step in one.steps] == [
        (State.PROPOSED, "Ada Okonkwo-Byrne"),
        (State.AGREED, "Ben Quaverley"),
        (State.ACTIVE, "Ben Quaverley"),
        (State.REVIEWED, "Ada Okonkwo-Byrne"),
        (State.ACTIVE, "Ada Okonkwo-Byrne"),
        (State.CLOSED, "Ada Okonkwo-Byrne"),
    ]
    assert one.steps[3].said == "The student: It goes well\nThe tutor: Two essays are in"
    assert one.steps[3].before.endswith("To be looked at again on 21 December 2026.")
    assert (one.state, one.outcome, one.closed_at) == (State.CLOSED, Outcome.HELPED, NOW + 9 * DAY)
    assert (one.agreed_at, one.agreement, one.review_on) == (NOW, Agreement.HERE, REVIEW + 7 * DAY)
    assert (one.aim, one.student, one.tutor) == (AIM, "Ben Quaverley", "Ada Okonkwo-Byrne")
    assert [(a.text, a.owner, a.owner_name) for a in one.actions] == [
        ("Make a list of open work", Party.STUDENT, ""),
        ("Talk about a study timetable", Party.ADVISER, "Avi Rosenthal"),
    ]
    assert told(store) == ["plan", "plan-closed"]
    tutors = of(ADA)[0]
    assert (tutors.actions, tutors.steps[1:]) == (one.actions, one.steps)


def test_what_was_agreed_in_a_meeting_begins_when_the_days_to_undo_are_over(store):
    plan = in_state(State.AGREED)
    (one,) = of(BEN)
    assert (one.state, one.agreement) == (State.AGREED, Agreement.IN_MEETING)
    assert one.undo_until == TODAY + 7 * DAY
    assert one.steps[-1].said == "Agreed on 23 November 2026, Room 4"
    assert told(store) == ["plan", "plan-agreed"]
    assert plans.begin(JOB, NOW + 7 * DAY) == 0
    assert plans.begin(JOB, NOW + 8 * DAY) == 1
    assert plans.begin(JOB, NOW + 8 * DAY) == 0
    (one,) = of(BEN, NOW + 8 * DAY)
    assert (one.state, one.steps[-1].by) == (State.ACTIVE, "")
    plan_agreement.undo(BEN.viewer, plan, "", NOW + 9 * DAY)
    assert of(BEN, NOW + 9 * DAY)[0].state is State.PROPOSED


def test_a_plan_of_a_student_who_is_not_enrolled_any_more_does_not_begin(store):
    in_state(State.AGREED)
    store.change(update(EnrolmentStatus).where(EnrolmentStatus.enrolment == 1).values(last=TODAY))
    assert plans.begin(JOB, NOW + 8 * DAY) == 0
    assert plans.of(BEN.viewer, None, NOW + 8 * DAY) == ()
    with pytest.raises(NotYoursToSee):
        plans.of(ADA.viewer, BEN.id, NOW + 8 * DAY)


# Nobody else

MOVES = {
    "save": lambda v, s, p: plans.save(v, s, p, 1, "Another aim", REVIEW, NOW),
    "propose": lambda v, s, p: plans.propose(v, s, p, NOW),
    "take_back": lambda v, s, p: plans.take_back(v, s, p, NOW),
    "agree": lambda v, s, p: plan_agreement.agree(v, p, wording(p), (), NOW),
    "record_agreed": lambda v, s, p: plan_agreement.record_agreed(v, s, p, wording(p), "Room 4", TODAY, NOW),
    "undo": lambda v, s, p: plan_agreement.undo(v, p, "", NOW),
    "review": lambda v, s, p: plans.review(v, s, p, "Well", "Well", REVIEW, NOW),
    "close": lambda v, s, p: plans.close(v, s, p, Outcome.STOPPED, "", NOW),
}


@pytest.mark.parametrize("member", [one for one in CAST if one not in (ADA, BEN)], ids=lambda m: m.given)
@pytest.mark.parametrize("move", MOVES)
def test_nobody_else_moves_a_plan_or_sees_one(university, member, move):
    plan = in_state(State.ACTIVE)
    before = of()
    refusals = (NotYoursToSee, NotOpenToYourRole, AgreementNeeded)
    for student in (BEN.id, CAL.id, NOBODY, None):
        with pytest.raises(refusals):
            MOVES[move](member.viewer, student, plan)
    with pytest.raises(refusals):
        plans.of(member.viewer, BEN.id, NOW)
    assert of() == before


@pytest.mark.parametrize("move", ["save", "propose", "take_back", "record_agreed", "review", "close"])
def test_a_tutor_names_the_student_and_another_tutees_plan_is_not_there(university, move):
    plan = in_state(State.PROPOSED)
    with pytest.raises(NotYoursToSee):
        MOVES[move](TOM.viewer, CAL.id, plan)
    with pytest.raises(NotYoursToSee):
        plans.of(ADA.viewer, None, NOW)


# Who sees what


@pytest.mark.parametrize("state", [State.DRAFT, State.PROPOSED])
@pytest.mark.parametrize("member", [AVI, SUE, TOM, CAL], ids=lambda m: m.given)
def test_a_plan_that_is_not_agreed_is_seen_by_tutor_and_student_alone(university, state, member):
    in_state(state)
    with pytest.raises(Refusal):
        plans.of(member.viewer, BEN.id, NOW)
    assert len(of(BEN)) == (state is State.PROPOSED)
    assert len(of(ADA)) == 1


def test_a_draft_is_its_makers_alone_also_among_two_tutors_and_after_it_was_thrown_away(store):
    store.change(Tutoring.__table__.insert().values(enrolment=1, tutor=TOM.number, first=TODAY, run=1))
    plan = drafted()
    assert (of(TOM), of(BEN), len(of(ADA))) == ((), (), 1)
    with pytest.raises(NotYoursToSee):
        plans.save(TOM.viewer, BEN.id, plan, 1, "Mine", REVIEW, NOW)
    plans.close(ADA.viewer, BEN.id, plan, Outcome.NOT_NEEDED, "", NOW)
    assert (of(TOM), of(BEN), of(ADA)[0].state) == ((), (), State.CLOSED)
    assert told(store) == []


def test_what_was_written_while_it_was_a_draft_stays_with_its_maker(store):
    plan = drafted()
    plans.save(ADA.viewer, BEN.id, plan, 1, "A better aim", REVIEW, NOW + DAY)
    first, second = of()[0].actions
    plan_actions.amend(ADA.viewer, BEN.id, first.id, 1, "List what is open", first.due, NOW + DAY)
    plan_actions.drop(ADA.viewer, BEN.id, second.id, "", NOW + DAY)
    plans.propose(ADA.viewer, BEN.id, plan, NOW + 2 * DAY)
    (seen,) = of(BEN)
    assert [step.state for step in seen.steps] == [State.PROPOSED]
    assert [(one.text, one.steps) for one in seen.actions] == [("List what is open", ())]
    (own,) = of(ADA)
    assert own.steps[1].before == f"{AIM}\nTo be looked at again on 21 December 2026."
    assert own.actions[0].steps[1].before == "Make a list of open work (by 30 November 2026)"
    assert len(own.actions) == 2


def test_whoever_covers_works_on_what_was_proposed(store):
    plan = in_state(State.ACTIVE)
    store.change(Tutoring.__table__.insert().values(enrolment=1, tutor=TOM.number, first=TODAY, run=1))
    plans.review(TOM.viewer, BEN.id, plan, "Well", "Well", REVIEW, NOW)
    assert of(TOM)[0].steps[-1].by == "Tom Ffoulkes"


# Agreement


def test_nobody_agrees_to_a_word_they_have_not_read(store):
    plan = in_state(State.PROPOSED)
    read = wording(plan, BEN)
    plans.save(ADA.viewer, BEN.id, plan, 1, "Another aim", REVIEW, NOW)
    with pytest.raises(ChangedMeanwhile) as changed:
        plan_agreement.agree(BEN.viewer, plan, read, (), NOW)
    assert changed.value.theirs.startswith("Another aim\nMake a list")
    read = wording(plan, BEN)
    plan_actions.add(ADA.viewer, BEN.id, plan, OWN, NOW)
    with pytest.raises(ChangedMeanwhile):
        plan_agreement.agree(BEN.viewer, plan, read, (), NOW)
    read = wording(plan, BEN)
    plan_actions.decline(BEN.viewer, of(BEN)[0].actions[0].id, "", NOW)
    with pytest.raises(ChangedMeanwhile):
        plan_agreement.record_agreed(ADA.viewer, BEN.id, plan, read, "Room 4", TODAY, NOW)
    assert of(BEN)[0].state is State.PROPOSED
    agree(plan)


def test_yes_to_sharing_is_given_for_single_actions_that_an_adviser_does(store):
    plan = in_state(State.PROPOSED)
    own, advised = of(BEN)[0].actions
    with pytest.raises(NotYoursToSee):
        agree(plan, own.id)
    agree(plan, advised.id)
    assert [one.may_share for one in of(BEN)[0].actions] == [False, True]
    plan_agreement.undo(BEN.viewer, plan, "", NOW)
    assert [one.may_share for one in of(BEN)[0].actions] == [False, False]


def test_what_is_recorded_as_agreed_is_no_yes_to_sharing(store):
    plan = in_state(State.PROPOSED)
    store.change(update(SupportAction).values(may_share_at=NOW))
    plan_agreement.record_agreed(ADA.viewer, BEN.id, plan, wording(plan), "Room 4", TODAY, NOW)
    assert not any(one.may_share for one in of(BEN)[0].actions)


@pytest.mark.parametrize(
    "ending",
    [
        lambda plan: plan_agreement.undo(BEN.viewer, plan, "", NOW),
        lambda plan: plans.close(ADA.viewer, BEN.id, plan, Outcome.HELPED, "", NOW),
        lambda plan: plans.close(BEN.viewer, None, plan, Outcome.STOPPED, "", NOW),
        lambda plan: plans.save(ADA.viewer, BEN.id, plan, 1, "Another aim", REVIEW, NOW),
        lambda plan: plan_actions.add(ADA.viewer, BEN.id, plan, OWN, NOW),
    ],
    ids=["un-agreed", "closed by the tutor", "closed by the student", "changed", "added to"],
)
def test_a_plan_that_is_not_in_force_any_more_is_shared_with_nobody(store, ending):
    plan = shared(store)
    ending(plan)
    assert running(store) == []


def test_a_review_leaves_a_share_running(store):
    plan = shared(store)
    plans.review(ADA.viewer, BEN.id, plan, "Well", "Well", REVIEW, NOW)
    assert len(running(store)) == 1
    assert of(BEN)[0].actions[1].share.recipient == "Avi Rosenthal"


def test_a_tutors_change_of_a_plan_in_force_is_proposed_again_and_the_student_is_told(store):
    plan = in_state(State.ACTIVE)
    plans.save(ADA.viewer, BEN.id, plan, 1, "Another aim", REVIEW, NOW)
    (one,) = of(BEN)
    assert (one.state, one.agreed_at, one.agreement) == (State.PROPOSED, None, None)
    assert one.steps[-2].before.startswith(AIM)
    assert told(store) == ["plan", "plan-changed"]


def test_saving_the_same_words_changes_nothing(store):
    plan = in_state(State.ACTIVE)
    before = of()
    plans.save(ADA.viewer, BEN.id, plan, 1, f" {AIM} ", REVIEW, NOW)
    assert of() == before


def test_a_student_says_only_that_they_wish_to_stop(store):
    plan = in_state(State.ACTIVE)
    with pytest.raises(NotOpenToYourRole):
        plans.close(BEN.viewer, None, plan, Outcome.HELPED, "", NOW)
    plans.close(BEN.viewer, None, plan, Outcome.STOPPED, "Not now", NOW)
    assert (of(BEN)[0].outcome, told(store)) == (Outcome.STOPPED, ["plan"])


# What has to be there


@pytest.mark.parametrize(
    ("act", "refusal"),
    [
        (lambda: plans.draft(ADA.viewer, BEN.id, " \n", REVIEW, (), None, NOW), NothingWritten),
        (lambda: plans.draft(ADA.viewer, BEN.id, AIM, TODAY, (), None, NOW), DayNotAhead),
        (lambda: plans.draft(ADA.viewer, BEN.id, AIM, REVIEW, (), 77, NOW), NotYoursToSee),
        (lambda: plans.draft(ADA.viewer, BEN.id, "Take her meds", REVIEW, (), None, NOW), LooksSensitive),
        (lambda: plans.draft(BEN.viewer, BEN.id, AIM, REVIEW, (), None, NOW), NotOpenToYourRole),
    ],
)
def test_a_draft_without_an_aim_or_with_a_review_that_is_past_is_not_kept(store, act, refusal):
    with pytest.raises(refusal):
        act()
    assert of() == ()


def test_a_plan_without_an_action_or_whose_review_day_has_come_is_not_proposed(store):
    empty = plans.draft(ADA.viewer, BEN.id, AIM, REVIEW, (), None, NOW)
    with pytest.raises(NothingWritten, match="at least one action"):
        plans.propose(ADA.viewer, BEN.id, empty, NOW)
    plan = drafted()
    late = NOW + 28 * DAY
    for act in (
        lambda: plans.propose(ADA.viewer, BEN.id, plan, late),
        lambda: plan_agreement.record_agreed(ADA.viewer, BEN.id, plan, wording(plan), "Room 4", TODAY, late),
        lambda: plans.save(ADA.viewer, BEN.id, plan, 1, AIM, REVIEW, late),
    ):
        with pytest.raises(DayNotAhead):
            act()


def test_a_review_needs_the_words_of_both_and_a_day_ahead(store):
    plan = in_state(State.ACTIVE)
    for student, tutor, on, refusal in (
        (" ", "Well", REVIEW, NothingWritten),
        ("Well", "", REVIEW, NothingWritten),
        ("Well", "Well", TODAY, DayNotAhead),
        ("I am ill", "Well", REVIEW, LooksSensitive),
    ):
        with pytest.raises(refusal):
            plans.review(ADA.viewer, BEN.id, plan, student, tutor, on, NOW)
    assert of()[0].steps[-1].state is State.ACTIVE


def test_an_agreement_cannot_be_recorded_before_it_is_given_or_without_a_place(store):
    plan = in_state(State.PROPOSED)
    with pytest.raises(DaysDoNotFit):
        plan_agreement.record_agreed(ADA.viewer, BEN.id, plan, wording(plan), "Room 4", TODAY + DAY, NOW)
    with pytest.raises(NothingWritten):
        plan_agreement.record_agreed(ADA.viewer, BEN.id, plan, wording(plan), " ", TODAY, NOW)
    assert of()[0].state is State.PROPOSED

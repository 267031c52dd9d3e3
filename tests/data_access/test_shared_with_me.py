"""What an adviser sees of a plan, what comes back from them, and all that they do not see."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from auth.refusals import (
    AgreementNeeded,
    GoneMeanwhile,
    NotOpenToYourRole,
    NotYoursToSee,
    ReasonNeeded,
    Refusal,
)
from auth.refusals.consent import LooksSensitive
from auth.viewer import Role, Viewer
from data_access import (
    access_log,
    cohorts,
    escalations,
    meetings,
    messages,
    notes,
    offers,
    plan_actions,
    plans,
    ratings,
    shared_with_me,
    shares,
    timelines,
    tutees,
)
from data_access.tables import AccessLine, ActionStep, Message, RoleGrant, SharedAction, SupportAction
from support import action
from support.party import Party
from support.sharing import SharedWithMe
from tests.cast import ADA, AVI, BEN, CAL, CAST, DEE, NOW, TODAY, TOM
from tests.planned import AIM, OTHER, TEXT
from tests.shared import ENDS, HOUR, NEED, mine, rows, share


def test_an_agreed_action_is_shared_with_its_adviser_who_sees_it_and_nothing_else_of_the_plan(store, ready):
    number = share(ready)
    due = TODAY + timedelta(days=7)
    assert mine() == (
        SharedWithMe(number, BEN.id, "Ben Quaverley", TEXT, due, NEED, "Ada Okonkwo-Byrne", NOW),
    )
    assert not [word for word in (AIM, OTHER, "Studies") if word in repr(mine())]


# When it is no longer theirs to see


@pytest.mark.parametrize("end", ENDS)
def test_the_adviser_sees_it_no_longer_and_reports_no_longer_when_the_ground_is_gone(store, ready, end):
    number = share(ready)
    store.change(ENDS[end]())
    tomorrow = NOW + timedelta(days=1)
    assert mine(tomorrow) == ()
    with pytest.raises((GoneMeanwhile, NotYoursToSee)):
        shared_with_me.report(AVI.viewer, BEN.id, number, "Too late", True, tomorrow)
    assert rows(store, SharedAction.outcome) == [None]


# What comes back


@pytest.mark.parametrize(
    ("done", "state", "done_on"), [(True, action.State.DONE, TODAY), (False, action.State.OPEN, None)]
)
def test_the_outcome_comes_back_to_tutor_and_student_and_access_ends(store, ready, done, state, done_on):
    number = share(ready)
    shared_with_me.report(AVI.viewer, BEN.id, number, " Ben came,\n and wrote a plan ", done, NOW + HOUR)
    assert mine(NOW + HOUR) == ()
    (seen,) = shares.of(ADA.viewer, BEN.id, NOW + HOUR)
    assert shares.of(BEN.viewer, None, NOW + HOUR) == (seen,)
    (back,) = seen.earlier
    assert (back.outcome, back.outcome_at, back.ended_at) == (
        "Ben came, and wrote a plan",
        NOW + HOUR,
        NOW + HOUR,
    )
    with store.session() as session:
        row = session.get_one(SupportAction, ready.action)
        assert (row.state, row.done_on) == (state, done_on)
        (step,) = session.scalars(select(ActionStep)).all()
        assert (step.state, step.person, step.said) == (state, AVI.number, "Ben came, and wrote a plan")
        told = session.scalars(select(Message).order_by(Message.id)).all()
    assert [(m.template, m.to, m.by) for m in told] == [
        ("action-shared", BEN.number, ADA.number),
        ("action-outcome", BEN.number, AVI.number),
    ]
    assert "wrote a plan" not in told[-1].body


def test_an_outcome_is_reported_once(store, ready):
    number = share(ready)
    shared_with_me.report(AVI.viewer, BEN.id, number, "Ben came", True, NOW)
    with pytest.raises((GoneMeanwhile, NotYoursToSee)):
        shared_with_me.report(AVI.viewer, BEN.id, number, "Ben came twice", True, NOW)
    assert rows(store, SharedAction.outcome) == ["Ben came"]


def test_an_outcome_without_a_word_changes_nothing(store, ready):
    number = share(ready)
    with pytest.raises(ReasonNeeded):
        shared_with_me.report(AVI.viewer, BEN.id, number, " \n", True, NOW)
    assert len(mine()) == 1


def test_words_that_look_sensitive_come_back_only_with_a_reason(store, ready):
    number = share(ready)
    said = "Ben told me of his anxiety meds"
    with pytest.raises(LooksSensitive):
        shared_with_me.report(AVI.viewer, BEN.id, number, said, True, NOW)
    assert (rows(store, SharedAction.outcome), len(mine())) == ([None], 1)
    shared_with_me.report(AVI.viewer, BEN.id, number, said, True, NOW, why_kept="Ben asked me to")
    kept = f"{said}\nKept as written, with the reason: Ben asked me to"
    assert rows(store, SharedAction.outcome) == rows(store, ActionStep.said) == [kept]


# Who never sees what


def test_another_adviser_sees_and_reports_nothing(store, ready):
    number = share(ready)
    store.change(
        insert(RoleGrant).values(
            person=TOM.number, role=Role.ADVISER, first=TODAY, granted_by="eve", reason="Too"
        )
    )
    other = replace(TOM.viewer, role=Role.ADVISER)
    assert shared_with_me.mine(other, NOW) == ()
    with pytest.raises(NotYoursToSee):
        shared_with_me.report(other, BEN.id, number, "Ben came", True, NOW)


def test_one_adviser_of_two_on_the_same_plan_sees_their_own_action_alone(store, ready):
    store.change(
        insert(RoleGrant).values(
            person=TOM.number, role=Role.ADVISER, first=TODAY, granted_by="eve", reason="Too"
        ),
        update(SupportAction)
        .where(SupportAction.id == ready.other)
        .values(owner=Party.ADVISER, adviser=TOM.number, may_share_at=NOW),
    )
    toms = share(ready, action=ready.other, to=TOM.id)
    share(ready)
    other = replace(TOM.viewer, role=Role.ADVISER)
    assert [one.text for one in mine()] == [TEXT]
    assert [one.text for one in shared_with_me.mine(other, NOW)] == [OTHER]
    with pytest.raises(GoneMeanwhile):
        shared_with_me.report(AVI.viewer, BEN.id, toms, "Not mine", True, NOW)


@pytest.mark.parametrize("student", [BEN, CAL, DEE], ids=lambda m: m.given)
def test_an_adviser_opens_no_timeline_no_plan_no_note_and_no_list_of_students(store, ready, student):
    share(ready)
    ratings.refresh(Viewer.service("rate"), NOW)
    for act in (
        lambda: timelines.year(AVI.viewer, student.id, NOW),
        lambda: tutees.overview(AVI.viewer, NOW),
        lambda: cohorts.middle_half(AVI.viewer, student.id, None, NOW),
        lambda: shares.of(AVI.viewer, student.id, NOW),
        lambda: plans.of(AVI.viewer, student.id, NOW),
        lambda: plan_actions.advisers(AVI.viewer, student.id, NOW),
        lambda: notes.of(AVI.viewer, student.id, NOW),
        lambda: offers.of(AVI.viewer, student.id, NOW),
        lambda: meetings.of(AVI.viewer, student.id, NOW),
        lambda: messages.of_tutees(AVI.viewer, NOW),
        lambda: escalations.of(AVI.viewer, student.id, NOW),
    ):
        with pytest.raises(Refusal):
            act()


@pytest.mark.parametrize("member", [m for m in CAST if m not in (AVI,)], ids=lambda m: m.given)
def test_nobody_but_an_adviser_has_anything_shared_with_them(ready, member):
    number = share(ready)
    with pytest.raises((NotOpenToYourRole, AgreementNeeded)):
        shared_with_me.mine(member.viewer, NOW)
    with pytest.raises((NotOpenToYourRole, NotYoursToSee, AgreementNeeded)):
        shared_with_me.report(member.viewer, BEN.id, number, "Ben came", True, NOW)


def test_each_look_and_each_report_of_the_adviser_is_in_the_log_with_whom_it_was_about(store, ready):
    number = share(ready)
    mine()
    shared_with_me.report(AVI.viewer, BEN.id, number, "Ben came", True, NOW)
    theirs = AccessLine.actor == access_log.pseudonym(AVI.number)
    with store.session() as session:
        told = select(AccessLine.action, AccessLine.students).where(theirs).order_by(AccessLine.seq)
        lines = session.execute(told).all()
    assert [tuple(line) for line in lines] == [
        (verb, access_log.pseudonym(BEN.number)) for verb in ("read", "write")
    ]

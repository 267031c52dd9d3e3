"""One action shared with one named adviser: each condition by itself, who may share, and how the tutor ends it."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from auth.refusals import AgreementNeeded, GoneMeanwhile, NotOpenToYourRole, NotYoursToSee
from auth.refusals.consent import LooksSensitive
from auth.refusals.support import (
    ActionNotOpen,
    NecessityNeeded,
    NoAdviserNow,
    NotForAnAdviser,
    NotTheAdviser,
    PlanNotAgreed,
    SharedAlready,
    YesNeeded,
)
from data_access import escalations, gate, shares, sharing
from data_access.tables import Message, SharedAction, Tutoring
from support import action, plan
from support.party import Party
from tests.cast import ADA, AVI, BEN, CAL, CAST, EVE, MO, NOBODY, NOW, ROS, SUE, TODAY, TOM
from tests.planned import TEXT, planned
from tests.shared import ENDS, HOUR, NO_ADVISER, mine, on_action, on_plan, rows, share


def test_the_student_is_told_once_who_was_told_what(store, ready):
    share(ready)
    with store.session() as session:
        (told,) = session.scalars(select(Message)).all()
    assert (told.to, told.template, told.by) == (BEN.number, "action-shared", ADA.number)
    assert "Avi Rosenthal" in told.body
    assert TEXT in told.body


# Each condition, taken away by itself (the statement's "only ... where it is essential")


@pytest.mark.parametrize(
    ("taken", "refusal"),
    [
        *((on_plan(state=one), PlanNotAgreed) for one in plan.State if one not in plan.IN_FORCE),
        *((on_action(state=one), ActionNotOpen) for one in action.State if one is not action.State.OPEN),
        *((on_action(owner=one), NotForAnAdviser) for one in Party if one is not Party.ADVISER),
        (on_action(adviser=None), NotForAnAdviser),
        (on_action(adviser=SUE.number), NotTheAdviser),
        (on_action(may_share_at=None), YesNeeded),
        *((change, NoAdviserNow) for change in NO_ADVISER.values()),
        (ENDS["the course ended"], NotYoursToSee),
    ],
)
def test_each_condition_that_is_missing_refuses_with_its_own_sentence(store, ready, taken, refusal):
    store.change(taken())
    tomorrow = NOW + timedelta(days=1)
    with pytest.raises(refusal):
        share(ready, at=tomorrow)
    assert mine() == ()
    assert rows(store, SharedAction.id) == []
    assert rows(store, Message.id) == []


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"need": "He needs it ok"}, NecessityNeeded),
        ({"need": "  He   needs \n it  "}, NecessityNeeded),
        ({"need": ""}, NecessityNeeded),
        ({"to": SUE.id}, NotTheAdviser),
        ({"to": NOBODY}, NotTheAdviser),
        ({"student": CAL.id}, NotYoursToSee),
        ({"student": NOBODY}, NotYoursToSee),
        ({"action": 9999}, NotYoursToSee),
    ],
)
def test_a_share_that_names_the_wrong_thing_or_gives_no_reason_is_refused(store, ready, changes, refusal):
    with pytest.raises(refusal):
        share(ready, **changes)
    assert rows(store, SharedAction.id) == []


def test_fifteen_characters_are_reason_enough(ready):
    assert share(ready, need="It is his class")


def test_the_students_own_action_is_never_shared(ready):
    with pytest.raises(NotForAnAdviser):
        share(ready, action=ready.other)


def test_an_action_of_another_students_plan_is_not_this_students(store, ready):
    of_cal = planned(store, enrolment=2, tutor=TOM)
    with pytest.raises(NotYoursToSee):
        share(ready, action=of_cal.action)
    assert mine() == ()


def test_every_refusal_of_sharing_says_something_of_its_own():
    kinds = (
        PlanNotAgreed,
        ActionNotOpen,
        NotForAnAdviser,
        NotTheAdviser,
        NoAdviserNow,
        NecessityNeeded,
        YesNeeded,
        SharedAlready,
    )
    assert len({kind().sentence for kind in kinds}) == len(kinds)


@pytest.mark.parametrize("to", [SUE, MO, ROS, EVE, TOM, BEN, CAL], ids=lambda m: m.given)
def test_nobody_without_the_role_of_adviser_is_ever_a_recipient_though_the_action_names_them(
    store, ready, to
):
    store.change(on_action(adviser=to.number)())
    with pytest.raises(NoAdviserNow):
        share(ready, to=to.id)
    assert rows(store, SharedAction.id) == []


@pytest.mark.parametrize("member", [m for m in CAST if m is not ADA], ids=lambda m: m.given)
def test_nobody_but_the_students_own_tutor_shares_or_ends_a_share(store, ready, member):
    with pytest.raises((NotYoursToSee, NotOpenToYourRole, AgreementNeeded)):
        share(ready, viewer=member.viewer)
    number = share(ready)
    with pytest.raises((NotYoursToSee, NotOpenToYourRole, AgreementNeeded)):
        sharing.end(member.viewer, BEN.id, number, NOW)
    assert len(mine()) == 1


def test_a_senior_tutor_to_whom_the_student_was_passed_on_shares_nothing(store, ready):
    escalations.pass_on(ADA.viewer, BEN.id, SUE.id, "I am away for two weeks", NOW)
    with pytest.raises(NotOpenToYourRole):
        share(ready, viewer=SUE.viewer)


def test_a_former_tutor_neither_shares_nor_ends_nor_reads_what_is_shared(store, ready):
    number = share(ready)
    store.change(update(Tutoring).where(Tutoring.enrolment == 1).values(last=TODAY))
    tomorrow = NOW + timedelta(days=1)
    for act in (
        lambda: share(ready, at=tomorrow),
        lambda: sharing.end(ADA.viewer, BEN.id, number, tomorrow),
        lambda: shares.of(ADA.viewer, BEN.id, tomorrow),
    ):
        with pytest.raises(NotYoursToSee):
            act()
    assert rows(store, SharedAction.ended_at) == [None]


def test_an_adviser_shares_nothing_on(store, ready):
    share(ready)
    store.change(update(SharedAction).values(ended_at=NOW), on_action(adviser=AVI.number)())
    with pytest.raises((NotYoursToSee, NotOpenToYourRole)):
        share(ready, viewer=AVI.viewer)


def test_one_action_has_one_share_at_a_time(store, ready):
    share(ready)
    with pytest.raises(SharedAlready):
        share(ready)
    assert len(rows(store, SharedAction.id)) == 1


def test_words_that_look_sensitive_are_asked_about_and_kept_only_with_a_reason(store, ready):
    with pytest.raises(LooksSensitive) as asked:
        share(ready, need="Avi knows about his depression")
    assert asked.value.words == ("depression",)
    assert rows(store, SharedAction.id) == []
    why = "It is the title of the lecture"
    sharing.share(ADA.viewer, BEN.id, ready.action, AVI.id, "The Great Depression talk", NOW, why_kept=why)
    (seen,) = mine()
    assert seen.necessity == f"The Great Depression talk\nKept as written, with the reason: {why}"


# How the tutor ends it, and how it ends for good


@pytest.mark.parametrize("end", [one for one in ENDS if one != "the course ended"])
def test_a_share_that_lost_its_ground_is_ended_and_does_not_come_back(store, ready, end):
    share(ready)
    store.change(ENDS[end]())
    with gate.writing(ADA.viewer, BEN.id, sharing.SHARE, NOW + 2 * HOUR) as opened:
        sharing.end_lost(opened, ready.plan, NOW + 2 * HOUR)
    store.change(
        on_action(state=action.State.OPEN, owner=Party.ADVISER, adviser=AVI.number, may_share_at=NOW)(),
        on_plan(state=plan.State.ACTIVE, agreed_at=NOW)(),
    )
    assert mine(NOW + 3 * HOUR) == ()
    (seen,) = shares.of(BEN.viewer, None, NOW + 3 * HOUR)
    assert [one.ended_at for one in seen.earlier] == [NOW + 2 * HOUR]
    assert share(ready, at=NOW + 3 * HOUR)


def test_ending_what_lost_its_ground_leaves_a_share_that_stands(store, ready):
    share(ready)
    with gate.writing(ADA.viewer, BEN.id, sharing.SHARE, NOW) as opened:
        sharing.end_lost(opened, ready.plan, NOW)
    assert len(mine()) == 1


def test_a_plan_agreed_anew_needs_a_new_share_and_the_old_one_is_closed_then(store, ready):
    share(ready)
    store.change(on_plan(agreed_at=NOW + HOUR)())
    later = NOW + 2 * HOUR
    assert mine(later) == ()
    share(ready, at=later)
    assert [one.shared_at for one in mine(later)] == [later]
    (seen,) = shares.of(ADA.viewer, BEN.id, later)
    assert [one.ended_at for one in seen.earlier] == [later]


def test_the_tutor_ends_a_share_at_once_and_only_once(store, ready):
    number = share(ready)
    sharing.end(ADA.viewer, BEN.id, number, NOW + HOUR)
    assert mine(NOW + HOUR) == ()
    with pytest.raises(GoneMeanwhile):
        sharing.end(ADA.viewer, BEN.id, number, NOW + HOUR)
    (seen,) = shares.of(BEN.viewer, None, NOW + HOUR)
    assert (seen.share, [one.ended_at for one in seen.earlier]) == (None, [NOW + HOUR])


def test_a_share_of_another_student_is_not_there_to_be_ended(store, ready):
    number = share(ready)
    planned(store, enrolment=2, tutor=TOM)
    with pytest.raises(GoneMeanwhile):
        sharing.end(TOM.viewer, CAL.id, number, NOW)
    assert len(mine()) == 1

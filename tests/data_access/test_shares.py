"""What is shared of a student's plans, as tutor, student and senior tutor read it, and nobody else."""

import pytest

from auth.refusals import NotOpenToYourRole, NotYoursToSee
from data_access import escalations, shares, sharing
from support import action, plan
from tests.cast import ADA, AVI, BEN, CAL, EVE, MO, NOW, ROS, SUE, TOM
from tests.planned import TEXT
from tests.shared import NEED, on_action, on_plan, share


def test_tutor_student_and_senior_tutor_read_with_whom_it_is_shared_why_and_since_when(ready):
    (before,) = shares.of(ADA.viewer, BEN.id, NOW)
    assert (before.ready, before.adviser, before.adviser_id) == (True, "Avi Rosenthal", AVI.id)
    share(ready)
    (seen,) = shares.of(ADA.viewer, BEN.id, NOW)
    assert shares.of(BEN.viewer, None, NOW) == (seen,)
    assert (seen.action, seen.text, seen.ready) == (ready.action, TEXT, False)
    found = seen.share
    assert (found.recipient, found.necessity, found.shared_by, found.shared_at, found.ended_at) == (
        "Avi Rosenthal",
        NEED,
        "Ada Okonkwo-Byrne",
        NOW,
        None,
    )


@pytest.mark.parametrize("member", [TOM, SUE, AVI, MO, ROS, EVE, CAL], ids=lambda m: m.given)
def test_nobody_else_reads_what_is_shared_of_a_student(ready, member):
    share(ready)
    with pytest.raises((NotYoursToSee, NotOpenToYourRole)):
        shares.of(member.viewer, BEN.id, NOW)


def test_the_senior_tutor_reads_it_while_the_student_is_passed_on_to_them(ready):
    share(ready)
    escalations.pass_on(ADA.viewer, BEN.id, SUE.id, "I am away for two weeks", NOW)
    assert shares.of(SUE.viewer, BEN.id, NOW) == shares.of(ADA.viewer, BEN.id, NOW)
    escalations.end(ADA.viewer, BEN.id, "I am back, and we met", NOW)
    with pytest.raises(NotYoursToSee):
        shares.of(SUE.viewer, BEN.id, NOW)


@pytest.mark.parametrize(
    ("taken", "what"),
    [
        (on_action(may_share_at=None), "may_share"),
        (on_action(state=action.State.DONE), "open"),
        (on_plan(state=plan.State.PROPOSED), "agreed"),
    ],
)
def test_it_is_ready_to_be_shared_only_with_yes_open_and_agreed(store, ready, taken, what):
    sharing.end(ADA.viewer, BEN.id, share(ready), NOW)
    (before,) = shares.of(ADA.viewer, BEN.id, NOW)
    assert before.ready
    store.change(taken())
    (seen,) = shares.of(ADA.viewer, BEN.id, NOW)
    assert (getattr(seen, what), seen.ready) == (False, False)

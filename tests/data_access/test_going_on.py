"""What is going on with a tutor's tutees, for the filters of the list."""

from datetime import timedelta

import pytest

from auth.refusals import NotOpenToYourRole
from data_access import going_on, meeting_steps, offering, plan_actions, plans
from data_access.tables import SupportPlan
from support.going_on import GoingOn, Part
from support.offer import Format, Invitation, Slot
from support.plan import State as PlanState
from tests.cast import ADA, BEN, MO, NOW, SUE, TODAY, TOM
from tests.data_access.supporting import OWN, in_state, of

HOUR = timedelta(hours=1)
OFFER = Invitation(Format.PHONE, "", "How is it going?", 30, (NOW + HOUR,))


def test_nothing_at_first_then_an_offer_that_waits_and_of_ones_own_tutees_alone(store):
    assert going_on.by_student(ADA.viewer, NOW) == {}
    offering.make(ADA.viewer, BEN.id, OFFER, (), NOW)
    assert going_on.by_student(ADA.viewer, NOW) == {BEN.id: GoingOn(frozenset({Part.OFFER}))}
    assert going_on.by_student(TOM.viewer, NOW) == {}


def test_a_contact_that_took_place_is_the_last_one_and_its_weeks_are_counted(store):
    for days in (40, 10, 30):
        meeting_steps.record(
            ADA.viewer, BEN.id, Slot(0, NOW - timedelta(days=days), 10), Format.PHONE, "", NOW
        )
    found = going_on.by_student(ADA.viewer, NOW)[BEN.id]
    assert found.last_contact == TODAY - timedelta(days=10)
    assert found.said == {Part.NOTHING.value}
    assert not found.no_contact_for(2, TODAY)
    assert found.no_contact_for(1, TODAY)
    assert GoingOn().no_contact_for(12, TODAY)


@pytest.mark.parametrize(
    ("state", "parts"),
    [
        (PlanState.DRAFT, {Part.NOTHING}),
        (PlanState.PROPOSED, {Part.PROPOSED}),
        (PlanState.AGREED, {Part.PLAN, Part.ACTION}),
        (PlanState.ACTIVE, {Part.PLAN, Part.ACTION}),
        (PlanState.CLOSED, {Part.NOTHING}),
    ],
)
def test_a_plan_is_told_as_proposed_or_running_with_its_open_actions(store, state, parts):
    number = in_state(state)
    with store.session() as session:
        assert session.get(SupportPlan, number).state is state
    assert going_on.by_student(ADA.viewer, NOW)[BEN.id].said == {part.value for part in parts}


def test_an_open_action_is_told_and_from_the_day_after_it_was_due_as_late(store):
    in_state(PlanState.ACTIVE, OWN)
    (action,) = of()[0].actions
    last = NOW + (OWN.due - TODAY)

    def parts(at):
        return going_on.by_student(ADA.viewer, at)[BEN.id].parts

    assert parts(last) == {Part.PLAN, Part.ACTION}
    assert parts(last + timedelta(days=1)) == {Part.PLAN, Part.ACTION, Part.LATE}
    plan_actions.done(BEN.viewer, None, action.id, OWN.due, "", last)
    assert parts(last + timedelta(days=1)) == {Part.PLAN}
    assert going_on.by_student(TOM.viewer, last) == {}


def test_who_has_no_tutees_is_refused(store):
    with pytest.raises(NotOpenToYourRole):
        going_on.by_student(MO.viewer, NOW)


def test_the_list_of_plans_holds_those_of_the_viewers_own_tutees_that_are_not_closed(store):
    closed, active = in_state(PlanState.CLOSED), in_state(PlanState.ACTIVE)
    assert closed != active
    for member, seen in ((ADA, [active]), (BEN, [active]), (TOM, []), (SUE, [])):
        assert [plan.id for plan in plans.unclosed(member.viewer, NOW)] == seen

"""What is going on with a tutor's tutees, for the filters of the list."""

from datetime import timedelta

import pytest

from auth.refusals import NotOpenToYourRole
from data_access import going_on, meeting_steps, offering, plans
from data_access.tables import SupportPlan
from support.going_on import GoingOn, Part
from support.offer import Format, Invitation, Slot
from support.plan import State as PlanState
from tests.cast import ADA, BEN, MO, NOW, SUE, TODAY, TOM
from tests.data_access.supporting import in_state

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
    ("state", "part"),
    [
        (PlanState.DRAFT, Part.NOTHING),
        (PlanState.PROPOSED, Part.PROPOSED),
        (PlanState.AGREED, Part.PLAN),
        (PlanState.ACTIVE, Part.PLAN),
        (PlanState.CLOSED, Part.NOTHING),
    ],
)
def test_a_plan_is_told_as_proposed_or_running(store, state, part):
    number = in_state(state)
    with store.session() as session:
        assert session.get(SupportPlan, number).state is state
    assert going_on.by_student(ADA.viewer, NOW)[BEN.id].said == {part.value}


def test_who_has_no_tutees_is_refused(store):
    with pytest.raises(NotOpenToYourRole):
        going_on.by_student(MO.viewer, NOW)


def test_the_list_of_plans_holds_those_of_the_viewers_own_tutees_that_are_not_closed(store):
    closed, active = in_state(PlanState.CLOSED), in_state(PlanState.ACTIVE)
    assert closed != active
    for member, seen in ((ADA, [active]), (BEN, [active]), (TOM, []), (SUE, [])):
        assert [plan.id for plan in plans.unclosed(member.viewer, NOW)] == seen

"""Every move of plans and actions, in each state and by each side: where it leads, and its refusal elsewhere."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from data_access import plan_actions, plan_agreement, plans
from data_access.tables import SupportAction
from support import action, plan
from support.plan import IN_FORCE
from tests.cast import NOW, TODAY
from tests.data_access.moves import NIGHT, STUDENT, TUTOR, Moves, of_table
from tests.data_access.supporting import ADVISED, REVIEW, in_state, of

DAY = timedelta(days=1)

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

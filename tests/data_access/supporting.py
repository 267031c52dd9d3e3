"""Ada's plan for Ben in any state, by the functions that bring it there, for the tests of support."""

from datetime import timedelta

from auth.viewer import Viewer
from data_access import plan_agreement, plans
from support.action import Wanted
from support.party import Party
from support.plan import Outcome, Plan, State
from tests.cast import ADA, AVI, BEN, NOW, TODAY

JOB = Viewer.service("night")
REVIEW = TODAY + timedelta(days=28)
AIM = "To be up to date with the essays"
OWN = Wanted("Make a list of open work", Party.STUDENT, TODAY + timedelta(days=7))
ADVISED = Wanted("Talk about a study timetable", Party.ADVISER, TODAY + timedelta(days=14), adviser=AVI.id)
PLACE = Wanted(
    "Book an hour to plan", Party.SERVICE, TODAY + timedelta(days=14), service="Library and study skills"
)
TUTORS = Wanted("Ask for another seminar group", Party.TUTOR, TODAY + timedelta(days=3))


def of(member=ADA, at=NOW) -> tuple[Plan, ...]:
    """What the member sees of Ben's plans."""
    return plans.of(member.viewer, None if member is BEN else BEN.id, at)


def drafted(*actions: Wanted, at=NOW) -> int:
    """A draft of Ada's, with Ben's action and the adviser's unless others are given."""
    return plans.draft(ADA.viewer, BEN.id, AIM, REVIEW, actions or (OWN, ADVISED), None, at)


def in_state(state: State, *actions: Wanted, at=NOW) -> int:
    """Such a plan in the state. REVIEWED is passed through at once: nothing is left in it."""
    plan = drafted(*actions, at=at)
    if state is State.DRAFT:
        return plan
    plans.propose(ADA.viewer, BEN.id, plan, at)
    if state is State.PROPOSED:
        return plan
    if state is State.AGREED:
        wording = of(at=at)[0].wording
        plan_agreement.record_agreed(ADA.viewer, BEN.id, plan, wording, "Room 4", TODAY, at)
        return plan
    agree(plan, at=at)
    if state is State.CLOSED:
        plans.close(ADA.viewer, BEN.id, plan, Outcome.HELPED, "", at)
    return plan


def agree(plan: int, *may_share: int, at=NOW) -> None:
    """Ben agrees to what he sees."""
    seen = next(one for one in of(BEN, at) if one.id == plan)
    plan_agreement.agree(BEN.viewer, plan, seen.wording, may_share, at)

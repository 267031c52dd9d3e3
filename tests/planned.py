"""A plan of Ben's with an action that Avi does: what sharing begins with."""

from dataclasses import dataclass
from datetime import timedelta

from data_access.tables import SupportAction, SupportPlan
from support.action import State as ActionState
from support.party import Party
from support.plan import State as PlanState
from tests.cast import ADA, AVI, NOW, TODAY, Member
from tests.conftest import University

AIM = "Hyacinth aim"
TEXT = "Periwinkle talk about study skills"
OTHER = "Marigold reading list"
"""Words that stand nowhere else: the plan's aim, the action that is shared, and one that is not."""


@dataclass(frozen=True)
class Planned:
    """The numbers of the plan, of the action for an adviser, and of one that is the student's own."""

    plan: int
    action: int
    other: int


def planned(
    university: University, adviser: Member = AVI, enrolment: int = 1, tutor: Member = ADA
) -> Planned:
    """An agreed plan whose student has said yes to sharing the adviser's action."""
    agreed = NOW - timedelta(days=2)
    with university.session() as session, session.begin():
        plan = SupportPlan(
            enrolment=enrolment,
            tutor=tutor.number,
            state=PlanState.ACTIVE,
            aim=AIM,
            review_on=TODAY + timedelta(days=14),
            made_at=agreed,
            agreed_at=agreed,
        )
        session.add(plan)
        session.flush()
        theirs = {"plan": plan.id, "state": ActionState.OPEN, "due": TODAY + timedelta(days=7)}
        action = SupportAction(
            text=TEXT, owner=Party.ADVISER, adviser=adviser.number, may_share_at=agreed, **theirs
        )
        other = SupportAction(text=OTHER, owner=Party.STUDENT, **theirs)
        session.add_all((action, other))
        session.flush()
        return Planned(plan.id, action.id, other.id)

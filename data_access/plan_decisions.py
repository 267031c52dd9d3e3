"""A decision about a plan or an action carried out: which function does it, and with what."""

from datetime import datetime

from auth.viewer import Viewer
from data_access import plan_actions, plan_agreement, plans
from support.plan_decisions import (
    Add,
    Agree,
    Allow,
    Amend,
    Close,
    Decision,
    Decline,
    Done,
    Draft,
    Drop,
    Propose,
    RecordAgreed,
    Reopen,
    Review,
    Save,
    TakeBack,
    Undo,
)


def carry_out(viewer: Viewer, student_id: str | None, decided: Decision, at: datetime) -> None:
    """Do what was decided; None is the viewer's own record. A Refusal changes nothing."""
    match decided:
        case Agree(plan, wording, may_share):
            plan_agreement.agree(viewer, plan, wording, may_share, at)
        case Undo(plan, said, why):
            plan_agreement.undo(viewer, plan, said, at, why_kept=why)
        case Decline(action, said, why):
            plan_actions.decline(viewer, action, said, at, why_kept=why)
        case Allow(action, yes):
            plan_actions.allow_sharing(viewer, action, yes, at)
        case Close(plan, outcome, said, why):
            plans.close(viewer, student_id, plan, outcome, said, at, why_kept=why)
        case Add(plan, wanted):
            plan_actions.add(viewer, student_id, plan, wanted, at)
        case Amend(action, version, text, due, why):
            plan_actions.amend(viewer, student_id, action, version, text, due, at, why_kept=why)
        case Done(action, on):
            plan_actions.done(viewer, student_id, action, on, "", at)
        case Reopen(action):
            plan_actions.reopen(viewer, student_id, action, "", at)
        case Draft() | Save() | Propose() | TakeBack() | RecordAgreed() | Review() | Drop():
            _of_tutor(viewer, student_id or "", decided, at)


def _of_tutor(
    viewer: Viewer,
    student: str,
    decided: Draft | Save | Propose | TakeBack | RecordAgreed | Review | Drop,
    at: datetime,
) -> None:
    match decided:
        case Draft(aim, review_on, actions, meeting, why):
            plans.draft(viewer, student, aim, review_on, actions, meeting, at, why_kept=why)
        case Save(plan, version, aim, review_on, why):
            plans.save(viewer, student, plan, version, aim, review_on, at, why_kept=why)
        case Propose(plan):
            plans.propose(viewer, student, plan, at)
        case TakeBack(plan):
            plans.take_back(viewer, student, plan, at)
        case RecordAgreed(plan, wording, place, on):
            plan_agreement.record_agreed(viewer, student, plan, wording, place, on, at)
        case Review(plan, student_said, tutor_said, review_on, why):
            plans.review(viewer, student, plan, student_said, tutor_said, review_on, at, why_kept=why)
        case Drop(action):
            plan_actions.drop(viewer, student, action, "", at)

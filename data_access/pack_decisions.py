"""Whatever an officer decided about a student's copy, carried out."""

from datetime import datetime

from auth.viewer import Viewer
from data_access import pack_review, pack_steps
from privacy.pack_decisions import Begin, Check, Decide, Decision, Issue, SendBack, Withdraw


def carry_out(viewer: Viewer, student_id: str, decided: Decision, at: datetime) -> None:
    """Do what was decided. A Refusal changes nothing."""
    match decided:
        case Begin():
            pack_steps.begin(viewer, student_id, at)
        case Decide(id, place, sha256, covers):
            pack_review.decide(viewer, student_id, id, place, sha256, covers, at)
        case Check(id):
            pack_steps.check(viewer, student_id, id, at)
        case SendBack(id, reason):
            pack_steps.send_back(viewer, student_id, id, reason, at)
        case Issue(id):
            pack_steps.issue(viewer, student_id, id, at)
        case Withdraw(id, reason):
            pack_steps.withdraw(viewer, student_id, id, reason, at)

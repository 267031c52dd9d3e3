"""Whatever was decided on a page of support, carried out: by the noun that it is about."""

from datetime import datetime

from auth.viewer import Viewer
from data_access import (
    conversation_decisions,
    dispute_tickets,
    escalations,
    note_decisions,
    plan_decisions,
    shared_with_me,
    sharing,
)
from privacy.dispute_decisions import KeepOwn
from support import conversation_decisions as conversation
from support import escalation_decisions as escalation
from support import note_decisions as note
from support import plan_decisions as plan
from support import sharing_decisions as shared
from support.decisions import Decision


def carry_out(viewer: Viewer, student_id: str | None, decided: Decision | KeepOwn, at: datetime) -> None:
    """Do what was decided; None is the viewer's own record. A Refusal changes nothing."""
    if isinstance(decided, KeepOwn):
        dispute_tickets.keep_own(viewer, student_id or "", decided.reference, decided.reasons, at)
    elif isinstance(decided, conversation.Decision):
        conversation_decisions.carry_out(viewer, student_id, decided, at)
    elif isinstance(decided, plan.Decision):
        plan_decisions.carry_out(viewer, student_id, decided, at)
    elif isinstance(decided, note.Decision):
        note_decisions.carry_out(viewer, student_id, decided, at)
    else:
        _with_others(viewer, student_id or "", decided, at)


def _with_others(
    viewer: Viewer, student: str, decided: shared.Decision | escalation.Decision, at: datetime
) -> None:
    match decided:
        case shared.Share(action, recipient, necessity, why):
            sharing.share(viewer, student, action, recipient, necessity, at, why_kept=why)
        case shared.End(share):
            sharing.end(viewer, student, share, at)
        case shared.Report(share, of, outcome, finished, why):
            shared_with_me.report(viewer, of, share, outcome, finished, at, why_kept=why)
        case escalation.PassOn(senior_tutor, reason, why):
            escalations.pass_on(viewer, student, senior_tutor, reason, at, why_kept=why)
        case escalation.End(outcome, why):
            escalations.end(viewer, student, outcome, at, why_kept=why)

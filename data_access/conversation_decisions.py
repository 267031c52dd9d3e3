"""A decision about a conversation carried out: which function does it, and with what."""

from datetime import datetime

from auth.viewer import Role, Viewer
from data_access import meeting_steps, offer_answers, offering
from support.conversation_decisions import (
    Accept,
    Ask,
    CallOff,
    Cancel,
    Counter,
    Decision,
    Decline,
    Hold,
    Miss,
    OfferTimes,
    Record,
    Send,
    SendToSeveral,
    Take,
    Withdraw,
)


def carry_out(viewer: Viewer, student_id: str | None, decided: Decision, at: datetime) -> None:
    """Do what was decided; None is the viewer's own record. A Refusal changes nothing."""
    match decided:
        case Ask(text, how, why):
            offer_answers.ask(viewer, text, how, at, why_kept=why)
        case Accept(offer, slot):
            offer_answers.accept(viewer, offer, slot, at)
        case Counter(offer, starts_at, minutes, said, why):
            offer_answers.counter(viewer, offer, starts_at, minutes, said, at, why_kept=why)
        case Decline(offer, said, why):
            offer_answers.decline(viewer, offer, said, at, why_kept=why)
        case CallOff(offer):
            offer_answers.call_off(viewer, offer, at)
        case Cancel(meeting, said, why) if viewer.role is Role.STUDENT:
            meeting_steps.cancel_own(viewer, meeting, said, at, why_kept=why)
        case Cancel(meeting, said, why):
            meeting_steps.cancel(viewer, student_id or "", meeting, said, at, why_kept=why)
        case SendToSeveral(invitation, to):
            offering.make_each(viewer, to, invitation, at)
        case Send() | OfferTimes() | Take() | Withdraw() | Hold() | Miss() | Record():
            _of_tutor(viewer, student_id or "", decided, at)


def _of_tutor(
    viewer: Viewer,
    student: str,
    decided: Send | OfferTimes | Take | Withdraw | Hold | Miss | Record,
    at: datetime,
) -> None:
    match decided:
        case Send(invitation, suggestions):
            offering.make(viewer, student, invitation, suggestions, at)
        case OfferTimes(offer, invitation):
            offering.offer_times(viewer, student, offer, invitation, at)
        case Take(offer):
            offering.take(viewer, student, offer, at)
        case Withdraw(offer):
            offering.withdraw(viewer, student, offer, at)
        case Hold(meeting):
            meeting_steps.hold(viewer, student, meeting, at)
        case Miss(meeting, why):
            meeting_steps.miss(viewer, student, meeting, why, at)
        case Record(slot, how, said, why):
            meeting_steps.record(viewer, student, slot, how, said, at, why_kept=why)

"""A decision about a datum that may be wrong, carried out: which function does it, and with what."""

from datetime import datetime

from auth.viewer import Viewer
from data_access import dispute_tickets, disputes
from privacy.dispute_decisions import Decision, Keep, Say, TakeBack


def carry_out(viewer: Viewer, decided: Decision, at: datetime) -> None:
    """Do what was decided. A Refusal changes nothing."""
    match decided:
        case Say(target, claim, text, why):
            disputes.say(viewer, target, claim, text, at, why_kept=why)
        case TakeBack(reference):
            disputes.take_back(viewer, reference, at)
        case Keep(reference, reasons):
            dispute_tickets.keep(viewer, reference, reasons, at)

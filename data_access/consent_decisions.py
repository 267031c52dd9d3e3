"""What was decided about consent on a page, carried out."""

from datetime import datetime
from typing import assert_never

from auth.viewer import Viewer
from data_access import consents, sensitive_notes
from privacy.consent_decisions import (
    Ask,
    Decision,
    Give,
    Refuse,
    ShareExtract,
    TakeBack,
    Withdraw,
    Write,
)


def carry_out(viewer: Viewer, student_id: str | None, decided: Decision, at: datetime) -> None:
    """Do what was decided; None is the viewer's own record. A Refusal changes nothing."""
    student = student_id or ""
    match decided:
        case Ask(wanted, met_on, place):
            made = consents.ask(viewer, student, wanted, at)
            if met_on:
                consents.signed(viewer, student, made, f"{place}, {met_on.isoformat()}", at)
        case TakeBack(consent):
            consents.take_back(viewer, student, consent, at)
        case Write(consent, text):
            sensitive_notes.write(viewer, student, consent, text, at)
        case ShareExtract(note, share, chosen, necessity):
            sensitive_notes.share(viewer, student, note, share, chosen, necessity, at)
        case Give(consent, sha256, typed):
            consents.give(viewer, consent, sha256, typed, at)
        case Refuse(consent):
            consents.refuse(viewer, consent, at)
        case Withdraw(consent):
            consents.withdraw(viewer, consent, at)
        case _:
            assert_never(decided)

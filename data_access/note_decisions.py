"""A decision about a note carried out: which function does it, and with what."""

from datetime import datetime

from auth.viewer import Viewer
from data_access import notes
from support.note_decisions import Approve, Begin, Comment, Correct, Decision, Save, Share


def carry_out(viewer: Viewer, student_id: str | None, decided: Decision, at: datetime) -> None:
    """Do what was decided; None is the viewer's own record. A Refusal changes nothing."""
    student = student_id or ""  # a tutor names the student, and what a student decides names nobody
    match decided:
        case Begin(text, meeting, plan, why):
            notes.begin(viewer, student, text, at, meeting=meeting, plan=plan, why_kept=why)
        case Save(note, version, text, why):
            notes.save(viewer, student, note, version, text, at, why_kept=why)
        case Share(note, version):
            notes.share(viewer, student, note, version, at)
        case Correct(note, text, why):
            notes.correct(viewer, student, note, text, at, why_kept=why)
        case Approve(note, version):
            notes.approve(viewer, note, version, at)
        case Comment(note, text, why):
            notes.comment(viewer, note, text, at, why_kept=why)

"""Copies of the demo: one that two officers have looked at and issued, and one that the first is looking at."""

from datetime import datetime, timedelta

from auth.viewer import Viewer
from commands import demo_support
from data_access import notes, pack_review, pack_steps, request_queue, tutees
from ingest.demo import signins
from ingest.demo.habits import Kind as Habit
from ingest.demo.stories import story
from privacy.case import Case
from privacy.pack_state import Cover
from privacy.redaction import Reason
from privacy.request import Kind

_SAID = (
    "His flatmate Jonas Wirth (07700 900461) works nights, so mornings in the room are hard. We looked at when the "
    "library is quiet, and he tries it for two weeks."
)
_WHY = "It says when the room is quiet, and nothing about anybody's health."


def write(at: datetime) -> None:
    """After the requests: let the officers answer those for a copy. Each is as far as the days since then allow."""
    first = demo_support.signed(signins.COMPLIANCE, at)
    second = demo_support.signed(signins.SECOND_OFFICER, at)
    _note(at - timedelta(days=25))
    for case in _asked(first, at):
        begun = at - timedelta(days=3)
        pack_steps.begin(first, case.student_id, begun)
        if case.student == str(story(Habit.FADE).name):
            _issue(first, second, case.student_id, begun)


def _note(at: datetime) -> None:
    """A note that speaks of somebody else, so that there is something to look at."""
    tutor = demo_support.acting(signins.TUTOR, at)
    fading = next(one for one in tutees.in_order(tutor, at) if one.name == str(story(Habit.FADE).name))
    note = notes.begin(tutor, fading.id, _SAID, at, why_kept=_WHY)
    notes.share(tutor, fading.id, note, 1, at)


def _asked(officer: Viewer, at: datetime) -> list[Case]:
    return [case for case in request_queue.waiting(officer, at) if case.kind is Kind.ACCESS]


def _issue(first: Viewer, second: Viewer, student: str, at: datetime) -> None:
    """Cover all that was suggested; a day later the colleague looks too, and hands it out."""
    copy = pack_review.latest(first, student, at)
    if copy is None:
        return
    for text in copy.flagged:
        covers = [Cover(span.start, span.end, Reason.OTHER_PERSON, hidden=True) for span in text.spans]
        pack_review.decide(first, student, copy.id, text.place, text.sha256, covers, at)
    pack_steps.check(first, student, copy.id, at)
    pack_steps.issue(second, student, copy.id, at + timedelta(days=1))

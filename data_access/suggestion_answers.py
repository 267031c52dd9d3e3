"""What people make of suggestions to talk: each is answered by itself, with a reason, or put out of sight."""

from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, delete, update

from auth.permissions import Act, Action
from auth.refusals import NotYoursToSee, ReasonNeeded
from auth.refusals.support import AnsweredMeanwhile, LookFirst
from auth.viewer import Viewer
from data_access import gate
from data_access.gate import Opened
from data_access.tables import HiddenSuggestion, SuggestedTalk, SuggestionStep
from engagement.suggestion import NEXT, State
from privacy.labels import Category
from privacy.purposes import Purpose

ANSWER = Act(Action.WRITE, Category.SUGGESTION, Purpose.IDENTIFY)
_PEOPLE = frozenset({State.CONFIRMED, State.DISMISSED})


def answer(
    viewer: Viewer,
    student_id: str,
    suggestion: int,
    state: State,
    reason: str,
    opened_at: datetime | None,
    at: datetime,
) -> None:
    """Confirm or dismiss a suggestion, with a reason that the student will read too.

    `opened_at` is when whoever answers opened what it rests on (UK GDPR art. 22A: a person decides, and has
    looked). A Refusal changes nothing.
    """
    if opened_at is None:
        raise LookFirst
    if not (said := " ".join(reason.split())):
        raise ReasonNeeded
    with gate.writing(viewer, student_id, ANSWER, at) as opened:
        before = _one(opened, suggestion)
        if state not in _PEOPLE & NEXT[before]:
            raise AnsweredMeanwhile
        _move(opened, suggestion, before, state)
        step = {"suggestion": suggestion, "state": state, "at": at, "reason": said}
        opened.session.add(SuggestionStep(**step, person=viewer.person, opened_at=opened_at))


def hide(viewer: Viewer, student_id: str, suggestion: int, hidden: bool, at: datetime) -> None:
    """Put a suggestion out of the viewer's own sight, or back into it; for all others nothing changes."""
    with gate.writing(viewer, student_id, ANSWER, at) as opened:
        _one(opened, suggestion)
        own = (HiddenSuggestion.suggestion == suggestion, HiddenSuggestion.person == viewer.person)
        opened.session.execute(delete(HiddenSuggestion).where(*own))
        if hidden:
            opened.session.add(HiddenSuggestion(suggestion=suggestion, person=viewer.person, at=at))


def _one(opened: Opened, suggestion: int) -> State:
    """The state of a suggestion that is about whom the gate opened; otherwise NotYoursToSee."""
    row = opened.session.get(SuggestedTalk, suggestion)
    if row is None or row.enrolment not in opened.enrolments:
        raise NotYoursToSee
    return row.state


def _move(opened: Opened, suggestion: int, before: State, state: State) -> None:
    """Only from the state it was read in, and while its condition holds: of two answers one is refused."""
    t = SuggestedTalk
    mine = update(t).where(t.id == suggestion, t.state == before, t.ended_at.is_(None))
    changed: Any = opened.session.execute(mine.values(state=state))
    if not isinstance(changed, CursorResult) or changed.rowcount != 1:
        raise AnsweredMeanwhile

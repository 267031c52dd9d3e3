"""A note on what was said: both sides read the same text, whole, with every correction and the student's answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LAPSES_AFTER = timedelta(days=14)
"""A draft that its author leaves alone for so long is dropped (product decision; it is theirs alone until then)."""


class State(StrEnum):
    """Where a note stands. The record of a meeting is one, and waits for the student's approval or comment."""

    DRAFT = "draft"
    WAITING = "waits for the student"
    APPROVED = "approved by the student"
    COMMENTED = "the student added a comment"
    LAPSED = "lapsed"


NEXT: Mapping[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.WAITING, State.LAPSED}),
    State.WAITING: frozenset({State.WAITING, State.APPROVED, State.COMMENTED}),
    State.APPROVED: frozenset({State.WAITING, State.COMMENTED}),
    State.COMMENTED: frozenset({State.WAITING, State.APPROVED, State.COMMENTED}),
    State.LAPSED: frozenset(),
}
"""The states that may follow each. A correction is added below the text, and the note waits for the student again.

A second correction leaves it waiting, and a student may comment more than once, also on what they approved.
"""

SHOWN = frozenset({State.WAITING, State.APPROVED, State.COMMENTED})
"""States in which tutor and student both read it."""

APPROVED = "Approved as it stands."
"""What is kept of an approval, with the student's name and the moment."""


@dataclass(frozen=True)
class Entry:
    """A part of a note as it was written: the text, a correction added later, or the student's comment.

    `why_kept` is the reason for words that looked sensitive.
    """

    by: str
    at: datetime
    text: str
    kind: str
    why_kept: str = ""


@dataclass(frozen=True)
class Note:
    """One note; `meeting` and `plan` say what it belongs to. `version` counts what was written, for adding to it."""

    id: int
    state: State
    student_id: str
    author: str
    mine: bool
    written_at: datetime
    version: int
    entries: tuple[Entry, ...]
    meeting: int | None = None
    plan: int | None = None

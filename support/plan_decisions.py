"""What tutor or student decides about a plan or one of its actions, as a page hands it on."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from support.action import Wanted
from support.plan import Outcome


@dataclass(frozen=True)
class Draft:
    """Write down a plan of which only its maker knows."""

    aim: str
    review_on: date
    actions: tuple[Wanted, ...]
    meeting: int | None = None
    why_kept: str = ""
    done: ClassVar[str] = "Kept as a draft. Only you see it until you propose it."


@dataclass(frozen=True)
class Save:
    """Change the plan's own text, of which this version was read."""

    plan: int
    version: int
    aim: str
    review_on: date
    why_kept: str = ""
    done: ClassVar[str] = "Saved. The earlier wording is kept."


@dataclass(frozen=True)
class Propose:
    """Show a draft to the student."""

    plan: int
    done: ClassVar[str] = "Proposed. The student is told, and nothing holds until they agree."


@dataclass(frozen=True)
class TakeBack:
    """Make a proposal a draft again."""

    plan: int
    done: ClassVar[str] = "Taken back. It is your draft again."


@dataclass(frozen=True)
class Agree:
    """Agree to a plan in this wording; these of its actions may be shared."""

    plan: int
    wording: str
    may_share: frozenset[int]
    done: ClassVar[str] = "Agreed. The plan begins now, and you can take this back at any time."


@dataclass(frozen=True)
class RecordAgreed:
    """Record that the student agreed when they met."""

    plan: int
    wording: str
    place: str
    on: date
    done: ClassVar[str] = "Recorded. The student is told how to undo it."


@dataclass(frozen=True)
class Undo:
    """Take the agreement back."""

    plan: int
    said: str
    why_kept: str = ""
    done: ClassVar[str] = "Your agreement is taken back. Nothing of the plan is shared any more."


@dataclass(frozen=True)
class Review:
    """Keep what both said when they looked at the plan again."""

    plan: int
    student_said: str
    tutor_said: str
    review_on: date
    why_kept: str = ""
    done: ClassVar[str] = "Kept. The plan goes on until you look at it again."


@dataclass(frozen=True)
class Close:
    """End the plan."""

    plan: int
    outcome: Outcome
    said: str
    why_kept: str = ""
    done: ClassVar[str] = "The plan is closed. Both can still read it."


@dataclass(frozen=True)
class Add:
    """Add an action."""

    plan: int
    wanted: Wanted
    done: ClassVar[str] = "Added."


@dataclass(frozen=True)
class Amend:
    """Change an action, of which this version was read."""

    action: int
    version: int
    text: str
    due: date
    why_kept: str = ""
    done: ClassVar[str] = "Changed. The earlier wording is kept."


@dataclass(frozen=True)
class Decline:
    """Leave an action out, by the student."""

    action: int
    said: str
    why_kept: str = ""
    done: ClassVar[str] = "Left out. You can take it up again."


@dataclass(frozen=True)
class Done:
    """An action is done, since that day."""

    action: int
    on: date
    done: ClassVar[str] = "Marked as done."


@dataclass(frozen=True)
class Reopen:
    """An action is open after all."""

    action: int
    done: ClassVar[str] = "It is open again."


@dataclass(frozen=True)
class Drop:
    """Take an action out, by the tutor."""

    action: int
    done: ClassVar[str] = "Taken out."


@dataclass(frozen=True)
class Allow:
    """The student's yes or no to showing an action to the adviser who does it."""

    action: int
    yes: bool
    done: ClassVar[str] = "Kept. You can change this at any time."


Decision = (
    Draft
    | Save
    | Propose
    | TakeBack
    | Agree
    | RecordAgreed
    | Undo
    | Review
    | Close
    | Add
    | Amend
    | Decline
    | Done
    | Reopen
    | Drop
    | Allow
)

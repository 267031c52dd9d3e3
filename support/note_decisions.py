"""What tutor or student decides about a note, as a page hands it on."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Begin:
    """Begin a note of which only its author knows."""

    text: str
    meeting: int | None = None
    plan: int | None = None
    why_kept: str = ""
    done: ClassVar[str] = "Kept as a draft. Only you see it until you share it."


@dataclass(frozen=True)
class Save:
    """Keep another text of a draft, of which this version was read."""

    note: int
    version: int
    text: str
    why_kept: str = ""
    done: ClassVar[str] = "Saved."


@dataclass(frozen=True)
class Share:
    """Show the draft, of which this version was read, to the student."""

    note: int
    version: int
    done: ClassVar[str] = "Shared. The student can approve it or add a comment."


@dataclass(frozen=True)
class Correct:
    """Add a correction below a note."""

    note: int
    text: str
    why_kept: str = ""
    done: ClassVar[str] = "Added. The student is told."


@dataclass(frozen=True)
class Approve:
    """Approve a note, of which this version was read."""

    note: int
    version: int
    done: ClassVar[str] = "Approved."


@dataclass(frozen=True)
class Comment:
    """Add the student's own words."""

    note: int
    text: str
    why_kept: str = ""
    done: ClassVar[str] = "Added. Your tutor reads it beside the note."


Decision = Begin | Save | Share | Correct | Approve | Comment

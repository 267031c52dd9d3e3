"""What a tutor decides about sharing an action, and what an adviser reports of it, as a page hands it on."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Share:
    """Let the adviser of this action see it, because of the necessity."""

    action: int
    recipient: str
    necessity: str
    why_kept: str = ""
    done: ClassVar[str] = "Shared: this action, and nothing else of the plan. The student is told."


@dataclass(frozen=True)
class End:
    """End a share before anything came back."""

    share: int
    done: ClassVar[str] = "Ended. The adviser does not see the action any more."


@dataclass(frozen=True)
class Report:
    """What came of an action that was shared with the viewer: it is done, or handed back."""

    share: int
    student_id: str
    outcome: str
    finished: bool
    why_kept: str = ""
    done: ClassVar[str] = "Sent. The student and their tutor read it."


Decision = Share | End | Report

"""What is shared of a plan: one action, with the one adviser who does it, and what comes back. Never the plan."""

from dataclasses import dataclass
from datetime import date, datetime

from support.action import Share

SHORTEST = 15
"""Characters of a sentence that says why somebody else must know: of the necessity, and of a passing on."""


@dataclass(frozen=True)
class Shareable:
    """An action of a plan that an adviser does, with all that its sharing needs and has brought.

    `agreed` is the plan's agreement, `open` the action, `may_share` the student's own yes; `share` runs now, or
    is None; `earlier` are over, the latest first.
    """

    action: int
    text: str
    due: date
    adviser_id: str
    adviser: str
    agreed: bool
    open: bool
    may_share: bool
    share: Share | None = None
    earlier: tuple[Share, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether it can be shared now, once the tutor says why it must be."""
        return bool(self.adviser_id) and self.agreed and self.open and self.may_share and self.share is None


@dataclass(frozen=True)
class SharedWithMe:
    """An action as the adviser sees it: this of the plan, and nothing else.

    `disputed` is the day on which the student said that it is wrong.
    """

    share: int
    student_id: str
    student: str
    text: str
    due: date
    necessity: str
    shared_by: str
    shared_at: datetime
    disputed: date | None = None

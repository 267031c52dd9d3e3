"""What runs with a student at present, and when they and their tutor last talked: for the tutor's list."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Part(StrEnum):
    """What can be going on, in the words of the list's filter."""

    OFFER = "offer waits for an answer"
    MEETING = "meeting planned"
    PROPOSED = "plan proposed"
    PLAN = "plan runs"
    ACTION = "action open"
    LATE = "action past its day"
    NOTHING = "nothing going on"


@dataclass(frozen=True)
class GoingOn:
    """One student's. `last_contact` is the day of the last meeting or contact that took place, None for never."""

    parts: frozenset[Part] = frozenset()
    last_contact: date | None = None

    @property
    def said(self) -> Collection[str]:
        """The parts in words; of somebody with whom nothing is going on, that."""
        return {part.value for part in self.parts or {Part.NOTHING}}

    def no_contact_for(self, weeks: int, today: date) -> bool:
        """Whether nobody talked with them in the last so many weeks; nobody ever did counts too."""
        return self.last_contact is None or self.last_contact < today - timedelta(weeks=weeks)

"""A student passed on to a senior tutor, with the reason, and what came of it; the student reads all of it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class SeniorTutor:
    """A colleague to whom a student can be passed on."""

    id: str
    name: str


@dataclass(frozen=True)
class Escalation:
    """One passing on. It runs until `ended_at`; `outcome` says what came of it."""

    id: int
    student_id: str
    student: str
    course: str
    senior_tutor: str
    raised_by: str
    reason: str
    raised_at: datetime
    ended_at: datetime | None = None
    outcome: str = ""

    @property
    def runs(self) -> bool:
        """Whether the senior tutor sees the student still."""
        return self.ended_at is None

"""A disclosure to an organisation outside the university: its ground, and how it reads in the register."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

SHORTEST = 15
"""Letters of what a disclosure rests on, at least."""


class Ground(StrEnum):
    """Why data may be given outside. The first two rest on what the student agreed to; the others on the law."""

    AGREED_SERVICE = "agreed_service"
    SUPPORT_NECESSARY = "support_necessary"
    LEGAL_REQUIREMENT = "legal_requirement"
    VITAL_INTERESTS = "vital_interests"
    COURT_ORDER = "court_order"
    EXEMPTION = "sch2_exemption"

    @property
    def words(self) -> str:
        """The ground, for the student and for the register alike."""
        return {
            Ground.AGREED_SERVICE: "A service that the student agreed to",
            Ground.SUPPORT_NECESSARY: "Needed for support that the student agreed to",
            Ground.LEGAL_REQUIREMENT: "The law requires it",
            Ground.VITAL_INTERESTS: "To protect somebody’s life",
            Ground.COURT_ORDER: "A court ordered it",
            Ground.EXEMPTION: "The law allows it in this case (DPA 2018 sch. 2)",
        }[self]

    @property
    def agreed(self) -> bool:
        """Whether it rests on the student's agreement; if not, information compliance must have approved it."""
        return self in (Ground.AGREED_SERVICE, Ground.SUPPORT_NECESSARY)


@dataclass(frozen=True)
class Record:
    """What is written down. `key` is the student's number in student records; `later` when they are shown it."""

    key: str
    recipient: str
    items: str
    ground: Ground
    evidence: str
    given_on: date
    later: date | None = None
    why_later: str = ""
    done: ClassVar[str] = "Written down in the register of disclosures."


@dataclass(frozen=True)
class Disclosed:
    """One line of the register. `student` is a name where the reader may see it, otherwise their name in the log."""

    student: str
    recipient: str
    items: str
    ground: Ground
    evidence: str
    given_on: date
    recorded_at: datetime
    recorded_by: str
    approved_by: str
    shown_from: date
    why_later: str

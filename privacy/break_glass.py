"""Emergency access: one student, one hour, one ground, and a review by somebody else soon after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from privacy.bank_holidays import BankHolidays, HolidaysUnknown

LASTS = timedelta(minutes=60)
AGAIN_AFTER = timedelta(hours=24)
"""After the hour is over, the same person waits so long before they open the same student again."""
SHORTEST = 30
"""Letters of what has happened, at least."""
_REVIEW_DAYS = 2
_LONGEST_HOLD = timedelta(days=28)
_SATURDAY = 5


class Ground(StrEnum):
    """Why somebody may look whose role does not open the record."""

    VITAL_INTERESTS = "vital_interests"
    SAFEGUARDING = "safeguarding"
    LEGAL_ORDER = "legal_order"
    INCIDENT = "incident_response"

    @property
    def words(self) -> str:
        """The ground, on a page and to the student."""
        return {
            Ground.VITAL_INTERESTS: "Somebody’s life or health is in danger",
            Ground.SAFEGUARDING: "Somebody must be protected from harm",
            Ground.LEGAL_ORDER: "A court or the law orders it at once",
            Ground.INCIDENT: "An incident of the systems cannot wait",
        }[self]


class State(StrEnum):
    """What the review found."""

    DECLARED = "declared"
    JUSTIFIED = "justified"
    NOT_JUSTIFIED = "not_justified"

    @property
    def words(self) -> str:
        """The state on a page."""
        return {
            State.DECLARED: "To be reviewed",
            State.JUSTIFIED: "Reviewed: justified",
            State.NOT_JUSTIFIED: "Reviewed: not justified",
        }[self]


NEXT: Mapping[State, frozenset[State]] = {
    State.DECLARED: frozenset({State.JUSTIFIED, State.NOT_JUSTIFIED}),
    State.JUSTIFIED: frozenset(),
    State.NOT_JUSTIFIED: frozenset(),
}
"""Which state may follow which."""


def review_by(day: date, holidays: BankHolidays) -> date:
    """The second working day after `day`. Where a year's bank holidays are not loaded, only weekends are left out."""
    left = _REVIEW_DAYS
    while left:
        day += timedelta(days=1)
        left -= _works(day, holidays)
    return day


def holdable(until: date, today: date) -> bool:
    """Whether telling the student may wait until that day: one ahead, and at most four weeks."""
    return today < until <= today + _LONGEST_HOLD


def _works(day: date, holidays: BankHolidays) -> bool:
    try:
        return holidays.working(day)
    except HolidaysUnknown:
        return day.weekday() < _SATURDAY


@dataclass(frozen=True)
class Declare:
    """Open this student's record. `key` is their number in student records, letter by letter."""

    key: str
    ground: Ground
    why: str
    done: ClassVar[str] = "Open for 60 minutes. Information compliance knows of it."


@dataclass(frozen=True)
class EndNow:
    """Close it before the hour is over."""

    id: int
    done: ClassVar[str] = "Closed."


@dataclass(frozen=True)
class Review:
    """What the review found, and why. The student is told with it unless that is held back."""

    id: int
    state: State
    why: str
    done: ClassVar[str] = "The review is written down."


@dataclass(frozen=True)
class Hold:
    """Do not tell the student before this day, and why not."""

    id: int
    until: date
    why: str
    done: ClassVar[str] = "The student is not told before that day."


@dataclass(frozen=True)
class Tell:
    """Tell the student now."""

    id: int
    done: ClassVar[str] = "The student is told."


Reviewing = Review | Hold | Tell


@dataclass(frozen=True)
class Running:
    """The viewer's own emergency that runs now. `student_id` is the id that links show."""

    id: int
    student_id: str
    ground: Ground
    ends_at: datetime


@dataclass(frozen=True)
class Opening:
    """What is open in an emergency beside the year: ways to the student by kind, and who tutors them."""

    contact: tuple[tuple[str, str], ...]
    tutors: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """One step of the review; `by` is empty for a job."""

    state: State
    at: datetime
    by: str
    why: str


@dataclass(frozen=True)
class Known:
    """One emergency as compliance reviews it. `pseudonym` is the student in the access log: their name is not shown.

    `lines` is how many lines of the access log tell of what was opened.
    """

    id: int
    pseudonym: str
    by: str
    role: str
    own: bool
    ground: Ground
    why: str
    began_at: datetime
    ends_at: datetime
    review_by: date
    state: State
    told_at: datetime | None
    hold_until: date | None
    hold_why: str
    lines: int
    steps: tuple[Step, ...] = ()

    def overdue(self, today: date) -> bool:
        """Whether the review should have been done by now."""
        return self.state is State.DECLARED and self.review_by < today

    def held(self, today: date) -> bool:
        """Whether the student is deliberately not told at present."""
        return self.told_at is None and self.hold_until is not None and self.hold_until > today


@dataclass(frozen=True)
class Told:
    """One emergency as the student reads it, once they have been told."""

    by: str
    role: str
    ground: Ground
    began_at: datetime
    ends_at: datetime
    state: State

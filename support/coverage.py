"""How far support reaches, in counts: a line for each tutor, and whom nobody reaches. No student is in it."""

from dataclasses import dataclass
from datetime import date, timedelta

from policy.calendar import Calendar

SOON, LONG = timedelta(weeks=4), timedelta(weeks=8)
"""How far back contacts are counted, and after how long without one a student is counted as not met."""
UNANSWERED = 2
"""Offers in a row without an answer, after which a student counts as not reached."""
_SATURDAY = 5


@dataclass(frozen=True)
class Tutoring:
    """One tutor's line, all of it counts of today.

    `unanswered` are suggestions that waited too long for an answer; `for_student` and `for_tutor` offers whose
    next word is the student's or the tutor's; `contacts_4` and `contacts_8` meetings held in the last
    four and eight weeks; `not_met` tutees without one for eight weeks; `actions` and `reviews` what is overdue.
    """

    tutor: str
    tutees: int
    unanswered: int = 0
    for_student: int = 0
    for_tutor: int = 0
    contacts_4: int = 0
    contacts_8: int = 0
    not_met: int = 0
    actions: int = 0
    reviews: int = 0
    not_reached: int = 0

    @property
    def waits(self) -> int:
        """How much waits for this tutor."""
        return self.unanswered + self.for_tutor + self.actions + self.reviews


@dataclass(frozen=True)
class Coverage:
    """The lines by tutor, and how many students nobody tutors today, or no offer reaches."""

    tutors: tuple[Tutoring, ...]
    students: int
    without_tutor: int
    not_reached: int


def raised_by(today: date, waits: int, calendar: Calendar) -> date:
    """The last day on which a suggestion was raised that has waited for so many working days today."""
    last = today
    while waits:
        waits -= last.weekday() < _SATURDAY and calendar.closed(last) is None
        last -= timedelta(days=1)
    return last

"""What of a year is looked at: from which day to which, week by week or day by day, and of what."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from policy.calendar import Calendar
from policy.days import monday
from privacy.labels import Source

CLOSE = 4
"""Weeks that one sees when one looks closely."""


class By(StrEnum):
    """How fine the chart and its table are."""

    WEEKS = "Weeks"
    DAYS = "Days"


@dataclass(frozen=True)
class View:
    """Whole weeks, from a Monday to a Sunday. Without `module` or `source` all of them.

    `score` adds the line of the score, `others` the middle half of the other students' scores.
    """

    first: date
    last: date
    by: By = By.WEEKS
    module: str | None = None
    source: Source | None = None
    score: bool = False
    others: bool = False

    @property
    def weeks(self) -> int:
        """How many weeks are seen."""
        return ((self.last - self.first).days + 1) // 7

    def of(self, span: tuple[date, date]) -> "View":
        """The same look at other days."""
        return replace(self, first=span[0], last=span[1])


def year(calendar: Calendar) -> tuple[date, date]:
    """The academic year, in whole weeks."""
    return _weeks(calendar.first, calendar.last)


def term(calendar: Calendar, today: date) -> tuple[date, date]:
    """The term that runs, or else the last that began; before the first, the first."""
    begun = [one for one in calendar.term if one.first <= today] or [
        min(calendar.term, key=lambda t: t.first)
    ]
    latest = max(begun, key=lambda one: one.first)
    return _weeks(latest.first, latest.last)


def lately(calendar: Calendar, today: date) -> tuple[date, date]:
    """The last four weeks, the present one included."""
    return within(calendar, monday(today) - timedelta(weeks=CLOSE - 1), CLOSE)


def moved(calendar: Calendar, view: View, by: int) -> tuple[date, date]:
    """As many weeks, earlier (−1) or later (1) by as many as are seen; inside the year."""
    return within(calendar, view.first + by * timedelta(weeks=view.weeks), view.weeks)


def within(calendar: Calendar, first: date, weeks: int) -> tuple[date, date]:
    """So many weeks from that Monday on, pushed back into the year where they stick out of it."""
    begins, ends = year(calendar)
    weeks = max(1, min(weeks, ((ends - begins).days + 1) // 7))
    start = max(begins, min(monday(first), ends + timedelta(days=1) - timedelta(weeks=weeks)))
    return start, start + timedelta(days=7 * weeks - 1)


def _weeks(first: date, last: date) -> tuple[date, date]:
    return monday(first), monday(last) + timedelta(days=6)

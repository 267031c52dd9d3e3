"""`release.toml`: on which days a census is taken, and which index of deprivation is counted by."""

from datetime import date, timedelta
from typing import Literal

from pydantic import PositiveInt

from policy.calendar import Calendar
from policy.days import monday
from policy.strict import Strict


class Release(Strict):
    """`release.toml`."""

    census_week: PositiveInt
    imd_version: Literal[2019, 2025]

    def censuses(self, calendar: Calendar, until: date) -> list[tuple[date, date]]:
        """Of every term whose census is past on that day: its first day, and the census; the oldest first."""
        years = [*calendar.earlier, calendar]
        found = [(term.first, self._census(term.first, term.last)) for year in years for term in year.term]
        return sorted((first, census) for first, census in found if census < until)

    def _census(self, first: date, last: date) -> date:
        return min(monday(first) + timedelta(weeks=self.census_week, days=-1), last)

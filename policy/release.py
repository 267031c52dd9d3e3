"""`release.toml`: on which days a census is taken, and by which rules and which index it is counted and said."""

from datetime import date, timedelta
from typing import Literal

from pydantic import PositiveInt

from policy.calendar import Calendar
from policy.days import monday
from policy.strict import Strict


class Release(Strict):
    """`release.toml`."""

    census_week: PositiveInt
    smallest_stage: PositiveInt
    profile: Literal["ons_10_5_ofs", "nhs_opensafely", "hesa"]
    imd_version: Literal[2019, 2025]

    def censuses(self, calendar: Calendar) -> list[tuple[date, date]]:
        """Of every term its first day, and its census; the oldest first."""
        years = [*calendar.earlier, calendar]
        return sorted(
            (term.first, self._census(term.first, term.last)) for year in years for term in year.term
        )

    def past(self, calendar: Calendar, until: date) -> list[tuple[date, date]]:
        """Those whose census is past on that day."""
        return [(first, census) for first, census in self.censuses(calendar) if census < until]

    def _census(self, first: date, last: date) -> date:
        return min(monday(first) + timedelta(weeks=self.census_week, days=-1), last)

"""Working days in England and Wales, as far as the bank holidays are known, and not a day beyond."""

from dataclasses import dataclass
from datetime import date, timedelta

_SATURDAY = 5


class HolidaysUnknown(LookupError):
    """The bank holidays of a year are not loaded, so no time limit can be worked out in it."""


@dataclass(frozen=True)
class BankHolidays:
    """The bank holidays of whole years, one after another; at least one."""

    days: frozenset[date]

    @property
    def last_year(self) -> int:
        """The last year whose bank holidays are known."""
        return max(day.year for day in self.days)

    def working(self, day: date) -> bool:
        """Whether it is neither a weekend nor a bank holiday. HolidaysUnknown outside the years there are."""
        if not min(known.year for known in self.days) <= day.year <= self.last_year:
            raise HolidaysUnknown(f"the bank holidays of {day.year} are not loaded")
        return day.weekday() < _SATURDAY and day not in self.days

    def on_or_after(self, day: date) -> date:
        """The first working day from `day` on: where a time limit that falls on `day` truly ends."""
        while not self.working(day):
            day += timedelta(days=1)
        return day

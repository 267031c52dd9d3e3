"""When a request must be answered: the month rule, the stopped clock, the longer time, and the shorter clocks.

Sources: UK GDPR arts. 12, 12A and 33; DPA 2018 s. 164A and sch. 2 para. 25; the regulator's guidance on counting.
Days are London's; a time limit runs to the end of its day.
"""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from privacy.bank_holidays import BankHolidays

_TARGET_DAYS = 28
_LONGER = 3  # months in all, where the answer is extended
_ACKNOWLEDGE_DAYS = 30
_RESULTS_DAYS, _RESULTS_MONTHS = 40, 5
_BREACH = timedelta(hours=72)


@dataclass(frozen=True)
class Pause:
    """A question to whoever asked: from the day it was put to the day the answer came."""

    asked: date
    answered: date

    @property
    def days(self) -> int:
        """The days for which the clock stood still, counted so that nobody answers too late."""
        return (self.answered - self.asked).days


@dataclass(frozen=True)
class Deadline:
    """The days that follow from one clock.

    `due` is what everybody works to. `latest` counts both ends of each pause, as the statute may be read; it is
    kept for the record. `extend_by` is the last day on which a longer time can still be taken.
    """

    start: date
    nominal: date
    paused: int
    target: date
    due: date
    latest: date
    extend_by: date


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def answer(
    received: date,
    identified: date | None,
    pauses: Collection[Pause],
    extended: bool,
    holidays: BankHolidays,
) -> Deadline:
    """When a request is due that was received, and whose sender was known, on these days.

    Raises HolidaysUnknown for a day in a year whose bank holidays are not loaded.
    """
    start = max(received, identified or received)
    nominal = months_later(start, _LONGER if extended else 1)
    safe = sum(pause.days for pause in pauses)
    paused = timedelta(days=safe)
    return Deadline(
        start=start,
        nominal=nominal,
        paused=safe,
        target=start + timedelta(days=_TARGET_DAYS) + paused,
        due=holidays.on_or_after(nominal + paused),
        latest=holidays.on_or_after(nominal + paused + timedelta(days=len(pauses))),
        extend_by=holidays.on_or_after(months_later(start, 1) + paused),
    )


def acknowledgement(received: date) -> date:
    """The last day to confirm that a complaint was received, read strictly: its own day is the first of 30."""
    return received + timedelta(days=_ACKNOWLEDGE_DAYS - 1)


def acknowledgement_latest(received: date, holidays: BankHolidays) -> date:
    """The same as the regulator counts: from the day after, and on to a working day."""
    return holidays.on_or_after(received + timedelta(days=_ACKNOWLEDGE_DAYS))


def marks(requested: date, results: date | None, normal: date) -> date:
    """When marks must be in a copy that was asked for before results: 5 months, or 40 days after results, if earlier.

    Only the marks wait; everything else is due on its `normal` day, as are marks asked for after results.
    """
    if results is not None and requested >= results:
        return normal
    months = months_later(requested, _RESULTS_MONTHS) - timedelta(days=1)
    if results is None:
        return months
    return min(months, results + timedelta(days=_RESULTS_DAYS - 1))


def breach(aware_at: datetime) -> datetime:
    """When the regulator must have been told: 72 hours by the clock, weekends and holidays included."""
    return aware_at + _BREACH

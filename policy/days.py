"""Days as the university counts them: London's dates, and whole numbers for arithmetic."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
EPOCH = date(1970, 1, 1)
_REMEMBERED = 20_000  # dates: a page turns the same few hundred over and over


def london_day(at: datetime) -> date:
    """The date in London at the instant `at`, which must be aware.

    Enrolment ends at London's midnight, so in summer a day ends at 23:00 UTC.
    """
    if at.tzinfo is None:
        raise ValueError("an instant without a time zone has no date")
    return at.astimezone(LONDON).date()


def number(day: date) -> int:
    """Days since 1 January 1970: the `day` of every table of facts."""
    return (day - EPOCH).days


@lru_cache(_REMEMBERED)
def day(number: int) -> date:
    """The date of a day number."""
    return EPOCH + timedelta(days=number)


@lru_cache(_REMEMBERED)
def monday(on: date) -> date:
    """The Monday of the week of `on`."""
    return on - timedelta(days=on.weekday())


def london_noon(on: date) -> datetime:
    """Noon in London on that date, as UTC: an instant that is safely inside the day."""
    return datetime.combine(on, time(12), LONDON).astimezone(UTC)

"""The demo's academic year: a natural one, moved by the fewest weeks that bring today well into teaching."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from policy.calendar import Calendar, Span
from policy.days import monday, number

# Twelve weeks with the sixth for reading, Christmas, twelve weeks, Easter, five weeks of revision and exams.
WEEKS = "TTTTTRTTTTTT" + "VVVV" + "TTTTTTTTTTTT" + "VVV" + "TTTTT"
TERMS = {"Autumn": (0, 12), "Spring": (16, 28), "Summer": (31, 36)}
SEMESTERS = ((0, 12), (16, 36))
TAUGHT_BEFORE = 7
INTO_THE_SEMESTER = 3
_A_YEAR = timedelta(weeks=52)
_MARKED = timedelta(weeks=8)  # after a year's last term all that belongs to it is known


@dataclass(frozen=True)
class Year:
    """The calendar, and where in it we stand. What the systems tell ends with yesterday: they report at night."""

    calendar: Calendar
    today: date

    @property
    def yesterday(self) -> date:
        """The last day that anything is known of."""
        return self.today - timedelta(days=1)

    @cached_property
    def taught_since(self) -> dict[int, int]:
        """For each day of the year so far, by its number, how many taught days came after it."""
        since, day, taught = {}, self.yesterday, 0
        while day >= self.calendar.first:
            since[number(day)] = taught
            taught += self.calendar.taught(day)
            day -= timedelta(days=1)
        return since

    @property
    def before(self) -> "Year":
        """The year before, as it is known since all its marks are there."""
        calendar = self.calendar.earlier[-1]
        return Year(calendar, calendar.last + _MARKED)

    def semester(self, which: int) -> tuple[date, date]:
        """The first and the last day of the first or second semester, counted from nought."""
        first, end = SEMESTERS[which]
        start = self.calendar.first
        return start + timedelta(weeks=first), start + timedelta(weeks=end, days=-1)

    def taught_weeks(self, first: date, last: date) -> list[date]:
        """The Mondays from one day to another in whose week there is teaching."""
        weeks = (week for week in self.calendar.weeks() if first <= week <= last)
        return [week for week in weeks if self.calendar.taught(week)]


def around(today: date) -> Year:
    """The academic year to show on that day. Of two that need as little moving, the earlier."""
    starts = [_start(today.year - 1), _start(today.year)]
    shift, start = min(
        ((_shift(today, start), start) for start in starts), key=lambda found: (abs(found[0]), found[1])
    )
    first = start + timedelta(weeks=shift)
    return Year(_calendar(first, start.year, _calendar(first - _A_YEAR, start.year - 1)), today)


def _start(year: int) -> date:
    """The Monday nearest to 21 September."""
    return monday(date(year, 9, 21) + timedelta(days=3))


def _shift(today: date, start: date) -> int:
    """The fewest weeks by which a year from `start` must move so that today lies well inside the teaching."""
    week = (monday(today) - start).days // 7
    return min((week - good for good in _good_weeks()), key=lambda shift: (abs(shift), shift))


def _good_weeks() -> Iterator[int]:
    """The weeks with enough teaching behind them for a story, and enough of the semester for a rating."""
    for week, kind in enumerate(WEEKS):
        begun = max((first for first, _ in SEMESTERS if first <= week))
        taught = WEEKS[:week].count("T")
        if kind == "T" and taught >= TAUGHT_BEFORE and week - begun >= INTO_THE_SEMESTER:
            yield week


def _calendar(start: date, year: int, *earlier: Calendar) -> Calendar:
    def span(name: str, first: int, end: int) -> Span:
        return Span(
            name=name, first=start + timedelta(weeks=first), last=start + timedelta(weeks=end, days=-1)
        )

    reading = WEEKS.index("R")
    return Calendar(
        year=f"{year}/{(year + 1) % 100:02}",
        term=tuple(span(name, *weeks) for name, weeks in TERMS.items()),
        reading_week=(span("Reading week", reading, reading + 1),),
        earlier=earlier,
    )

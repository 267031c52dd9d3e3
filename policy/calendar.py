"""The teaching calendar: terms, reading weeks, closed days, and windows that reach back over what is not taught."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from pydantic import Field, model_validator

from policy.days import monday
from policy.strict import Strict


class Week(StrEnum):
    """What kind of week it is."""

    TEACHING = "teaching"
    READING = "reading week"
    VACATION = "vacation"


class Span(Strict):
    """A run of days, both ends included."""

    name: str
    first: date
    last: date

    @model_validator(mode="after")
    def _forwards(self) -> "Span":
        if self.last < self.first:
            raise ValueError(f"“{self.name}” ends before it begins")
        return self

    @property
    def when(self) -> str:
        """Its days, as a refusal names them."""
        return f"on {self.first}" if self.first == self.last else f"from {self.first} to {self.last}"

    @property
    def days(self) -> list[date]:
        """Each of its days."""
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]

    def holds(self, day: date) -> bool:
        """Whether the day lies in the span."""
        return self.first <= day <= self.last


class BankHoliday(Strict):
    """A public holiday: one day on which nothing is taught, whatever the week."""

    name: str
    on: date


class Calendar(Strict):
    """`calendar.toml`. A day outside every term is vacation; on a closed day inside one nothing is taught.

    Closed are the days of a `closure`, when the university shuts, and bank holidays. `earlier` years are for what
    was taught in them; pages show this one.
    """

    year: str
    term: tuple[Span, ...] = Field(min_length=1)
    reading_week: tuple[Span, ...] = ()
    closure: tuple[Span, ...] = ()
    bank_holiday: tuple[BankHoliday, ...] = ()
    earlier: tuple["Calendar", ...] = ()

    @model_validator(mode="after")
    def _sound(self) -> "Calendar":
        """Each fault is a sentence that names what to correct."""
        _apart("terms", self.term)
        _apart("reading weeks", self.reading_week)
        _apart("closures", self.closure)
        for week in self.reading_week:
            if not any(term.holds(week.first) and term.holds(week.last) for term in self.term):
                raise ValueError(f"“{week.name}” {week.when} lies inside no term")
        holidays = [Span(name=one.name, first=one.on, last=one.on) for one in self.bank_holiday]
        _apart("bank holidays", holidays)
        for span in (*self.closure, *holidays):
            self._inside(span)
        self._earlier_are_over()
        return self

    def _earlier_are_over(self) -> None:
        for one in self.earlier:
            if one.earlier:
                raise ValueError(
                    f"the earlier year {one.year} has earlier years of its own: name all in this one"
                )
        _apart(
            "years", [Span(name=one.year, first=one.first, last=one.last) for one in (*self.earlier, self)]
        )
        if late := [one.year for one in self.earlier if one.first > self.first]:
            raise ValueError(f"the earlier year {late[0]} begins after {self.year}")

    def _inside(self, span: Span) -> None:
        """The year is twelve months from the first term's first day, or as long as its terms.

        Last year's holidays are not this one's.
        """
        last = max(self.first + timedelta(days=364), self.last)
        if span.first < self.first or span.last > last:
            raise ValueError(
                f"“{span.name}” {span.when} lies outside the year, which runs from {self.first} to {last}"
            )

    @property
    def first(self) -> date:
        """The first day of the first term."""
        return min(term.first for term in self.term)

    @property
    def last(self) -> date:
        """The last day of the last term."""
        return max(term.last for term in self.term)

    def of(self, day: date) -> "Calendar":
        """The calendar by which what begins or is looked at on that day is judged.

        A day after a year's last term belongs to the next year, one before the earliest year to that one.
        """
        years = sorted((*self.earlier, self), key=lambda one: one.first)
        return next((one for one in years if day <= one.last), self)

    @cached_property
    def taught_days(self) -> tuple[date, ...]:
        """Every day that is taught, weekends included, in order: asked for so often that it is worked out once."""
        days = (self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))
        return tuple(day for day in days if self._in_term(day))

    def _in_term(self, day: date) -> bool:
        inside = any(term.holds(day) for term in self.term)
        reading = any(week.holds(day) for week in self.reading_week)
        return inside and not reading and self.closed(day) is None

    def closed(self, day: date) -> str | None:
        """The name of the bank holiday or closure of that day; None on any other day."""
        return self.closed_days.get(day)

    @cached_property
    def closed_days(self) -> Mapping[date, str]:
        """Every closed day and its name; a bank holiday in a closure by its own. It is asked for as often."""
        shut = {day: span.name for span in self.closure for day in span.days}
        return shut | {one.on: one.name for one in self.bank_holiday}

    def taught(self, day: date) -> bool:
        """Whether the day is taught: inside a term, not in a reading week, and not closed."""
        place = bisect_left(self.taught_days, day)
        return place < len(self.taught_days) and self.taught_days[place] == day

    def kind(self, week: date) -> Week:
        """What kind of week begins on that Monday, judged by its Wednesday.

        A closed day makes no other week of it; a week without a taught day is a vacation.
        """
        first = monday(week)
        middle = first + timedelta(days=2)
        if any(span.holds(middle) for span in self.reading_week):
            return Week.READING
        inside = any(term.holds(middle) for term in self.term)
        taught = any(self.taught(first + timedelta(days=n)) for n in range(7))
        return Week.TEACHING if inside and taught else Week.VACATION

    def weeks(self) -> list[date]:
        """The Mondays of the year, from the first term's to the last term's, vacations between included."""
        start, count = monday(self.first), (monday(self.last) - monday(self.first)).days // 7 + 1
        return [start + timedelta(weeks=n) for n in range(count)]

    def window(self, last: date, length: int) -> list[date]:
        """The last `length` taught days up to and including `last`, oldest first.

        Shorter at the start of the first term: nobody is measured on days before teaching.
        """
        end = bisect_right(self.taught_days, last)
        return list(self.taught_days[max(0, end - length) : end])


def _apart(what: str, spans: Sequence[Span]) -> None:
    """Refuses two of a kind that share a day."""
    for one, other in pairwise(sorted(spans, key=lambda span: span.first)):
        if other.first <= one.last:
            raise ValueError(f"the {what} “{one.name}” and “{other.name}” overlap on {other.first}")

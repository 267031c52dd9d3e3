"""The teaching calendar: terms, reading weeks, and the windows that reach back over what is not taught."""

from bisect import bisect_left, bisect_right
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from pydantic import BaseModel, ConfigDict, model_validator

from policy.days import monday


class Week(StrEnum):
    """What kind of week it is."""

    TEACHING = "teaching"
    READING = "reading week"
    VACATION = "vacation"


class Span(BaseModel):
    """A run of days, both ends included."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    first: date
    last: date

    @model_validator(mode="after")
    def _forwards(self) -> "Span":
        if self.last < self.first:
            raise ValueError(f"“{self.name}” ends before it begins")
        return self

    def holds(self, day: date) -> bool:
        """Whether the day lies in the span."""
        return self.first <= day <= self.last


class Calendar(BaseModel):
    """`calendar.toml`. A day outside every term is vacation."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    year: str
    term: tuple[Span, ...]
    reading_week: tuple[Span, ...] = ()

    @property
    def first(self) -> date:
        """The first day of the first term."""
        return min(term.first for term in self.term)

    @property
    def last(self) -> date:
        """The last day of the last term."""
        return max(term.last for term in self.term)

    @cached_property
    def taught_days(self) -> tuple[date, ...]:
        """Every day of a teaching week, in order: asked for so often that it is worked out once."""
        days = (self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))
        return tuple(day for day in days if self._in_term(day))

    def _in_term(self, day: date) -> bool:
        inside = any(term.holds(day) for term in self.term)
        return inside and not any(week.holds(day) for week in self.reading_week)

    def taught(self, day: date) -> bool:
        """Whether the day belongs to a teaching week: inside a term and not in a reading week."""
        place = bisect_left(self.taught_days, day)
        return place < len(self.taught_days) and self.taught_days[place] == day

    def kind(self, week: date) -> Week:
        """What kind of week begins on that Monday, judged by its Wednesday."""
        middle = monday(week) + timedelta(days=2)
        if self.taught(middle):
            return Week.TEACHING
        reading = any(span.holds(middle) for span in self.reading_week)
        return Week.READING if reading else Week.VACATION

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

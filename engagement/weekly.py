"""One student on one module, week by week: the window looked back over, and what is counted in it.

Days are day numbers. A window is a run of taught days; it reaches back over vacations and reading weeks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from engagement.measure import Counts
from policy.calendar import Calendar
from policy.days import monday, number


@dataclass(frozen=True)
class Day:
    """What happened to one student on one module on one day; `expected` holds all classes of the day."""

    views: int = 0
    expected: int = 0
    attended: int = 0
    authorised: int = 0
    cancelled: int = 0
    unrecorded: int = 0

    @property
    def active(self) -> bool:
        """Whether the student was seen: on the module's pages or in a class."""
        return self.views > 0 or self.attended > 0


@dataclass(frozen=True)
class Work:
    """One assessment of one student, due on the day that holds for them, extension included.

    `mark` is in whole per cent, None until it is released.
    """

    due: int
    handed_in: int | None
    late: bool
    mark: int | None = None

    def given(self, day: int) -> bool:
        """Whether it had been handed in by the end of that day."""
        return self.handed_in is not None and self.handed_in <= day


@dataclass(frozen=True)
class Window:
    """The taught days looked back over at the end of a week, or today in the week that runs."""

    week: int
    as_of: int
    days: frozenset[int]

    @cached_property
    def first(self) -> int:
        """The earliest day of the window; work due since then counts, also in a vacation."""
        return min(self.days)


@dataclass(frozen=True)
class Gaps:
    """Days on which a feed told nothing of the module; `noted` are those of more than a weekend, or on record."""

    vle: frozenset[int] = frozenset()
    attendance: frozenset[int] = frozenset()
    noted: frozenset[int] = frozenset()


def windows(calendar: Calendar, length: int, starts: date, ends: date, today: date) -> list[Window]:
    """The windows of a module's weeks so far, oldest first.

    A week counts from its Monday to its Sunday, the last one to today or the module's last day.
    """
    found = []
    week = monday(max(starts, calendar.first))
    while week <= min(ends, today):
        as_of = min(week + timedelta(days=6), ends, today)
        days = frozenset(number(d) for d in calendar.window(as_of, length) if d >= starts)
        if days:
            found.append(Window(number(week), number(as_of), days))
        week += timedelta(weeks=1)
    return found


def counts(days: Mapping[int, Day], work: Sequence[Work], window: Window, gaps: Gaps) -> Counts:
    """What is counted in the window. Classes of days without an attendance feed are not recorded."""
    seen = [(d, days[d]) for d in window.days if d in days]
    kept = [found for d, found in seen if d not in gaps.attendance]
    lost = sum(found.expected - found.cancelled for d, found in seen if d in gaps.attendance)
    inside = [w for w in work if window.first <= w.due <= window.as_of]
    handed_in = [w for w in inside if w.given(window.as_of)]
    # Work is missing once the day it is due is over, not while it can still be handed in.
    due = [w for w in inside if w.due < window.as_of or w in handed_in]
    marks = _marks(work, window.as_of)
    return Counts(
        expected=sum(found.expected for _, found in seen),
        attended=sum(found.attended for found in kept),
        authorised=sum(found.authorised for found in kept),
        cancelled=sum(found.cancelled for _, found in seen),
        unrecorded=sum(found.unrecorded for found in kept) + lost,
        active_days=sum(found.views > 0 for d, found in seen if d not in gaps.vle),
        due=len(due),
        on_time=sum(not w.late for w in handed_in),
        late=sum(w.late for w in handed_in),
        marked=len(marks),
        mark_points=sum(marks),
    )


def _marks(work: Sequence[Work], day: int) -> list[int]:
    """The marks of all that had fallen due by that day, nought for what was missing on it."""
    given = [w.mark for w in work if w.due <= day and w.given(day) and w.mark is not None]
    return given + [0 for w in work if w.due < day and not w.given(day)]


def days_with_a_feed(window: Window, gaps: Gaps) -> int:
    """On how many days of the window the VLE told us anything at all."""
    return len(window.days - gaps.vle)


def disturbed(window: Window, gaps: Gaps) -> bool:
    """Whether a gap of a feed lies in the window: what is made of it is not held against another week."""
    return not window.days.isdisjoint(gaps.noted)


def last_active(days: Mapping[int, Day], work: Sequence[Work], as_of: int) -> int | None:
    """The last day up to `as_of` on which the student was seen or handed in work; None for never."""
    seen = [d for d, found in days.items() if d <= as_of and found.active]
    seen += [w.handed_in for w in work if w.handed_in is not None and w.handed_in <= as_of]
    return max(seen, default=None)


def span(first: date, last: date) -> frozenset[int]:
    """The day numbers from one date to another, both included."""
    return frozenset(range(number(first), number(last) + 1))

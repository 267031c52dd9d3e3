"""The windows of modules as relations: which weeks a module has, which days each looks at, and which are lost."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from data_access.engine.inputs import columns
from engagement import measure, weekly
from engagement.studies import Mode
from engagement.weekly import Gaps, Window
from policy.calendar import Calendar
from policy.engagement import Engagement

MODES = (Mode.FULL_TIME, Mode.PART_TIME)
"""The modes of study by the number that stands for each in the relations."""


@dataclass(frozen=True)
class Taught:
    """A module as far as its windows need it: its first and its last day, and where its feeds have gaps.

    Weeks before the one that begins on the day number `since` are left out.
    """

    starts: date
    ends: date
    gaps: Gaps
    since: int = 0


@dataclass(frozen=True)
class Windows:
    """The three relations that hold no student: `windows`, `window_days` and `lost` of `engine.inputs`."""

    windows: pa.Table
    window_days: pa.Table
    lost: pa.Table

    @property
    def first(self) -> int:
        """The first day that any window looks at; 0 where there is none."""
        return pc.min(self.windows["first"]).as_py() or 0


def windows(modules: Mapping[int, Taught], rules: Engagement, calendar: Calendar, today: date) -> Windows:
    """The weeks so far of these modules, for both modes of study, each by the year that it is taught in."""
    weeks, days, lost = [], [], []
    for module, taught in modules.items():
        gaps, looked_at = taught.gaps, set[int]()
        for mode, window in _of(taught, rules, calendar, today):
            weeks.append((module, mode, *_week(window, mode, gaps, rules)))
            days += [(module, mode, day, window.week) for day in sorted(window.days)]
            looked_at |= window.days
        silent = looked_at & (gaps.vle | gaps.attendance)
        lost += [(module, day, int(day in gaps.vle), int(day in gaps.attendance)) for day in sorted(silent)]
    return Windows(_table("windows", weeks), _table("window_days", days), _table("lost", lost))


def _of(taught: Taught, rules: Engagement, calendar: Calendar, today: date) -> Iterator[tuple[int, Window]]:
    year = calendar.of(taught.starts)
    for mode in range(len(MODES)):
        length, _ = _usual(mode, rules)
        for window in weekly.windows(year, length, taught.starts, taught.ends, today):
            if window.week >= taught.since:
                yield mode, window


def _week(window: Window, mode: int, gaps: Gaps, rules: Engagement) -> tuple[int, int, int, int, int, int]:
    length, fixed_days = _usual(mode, rules)
    fed = weekly.days_with_a_feed(window, gaps)
    usable = fed >= rules.vle.smallest_window
    fallback = measure.fixed_halves(fed, length, fixed_days)
    return window.week, window.as_of, window.first, int(usable), fallback, int(weekly.disturbed(window, gaps))


def _usual(mode: int, rules: Engagement) -> tuple[int, int]:
    """The length of a mode's window, and its fixed expectation in days."""
    if MODES[mode] is Mode.FULL_TIME:
        return rules.windows.full_time, rules.vle.fixed_days_full_time
    return rules.windows.part_time, rules.vle.fixed_days_part_time


def _table(name: str, rows: Sequence[tuple[int, ...]]) -> pa.Table:
    values = zip(*rows, strict=True) if rows else [()] * len(columns(name))
    return pa.table(
        {column: pa.array(v, pa.int64()) for column, v in zip(columns(name), values, strict=True)}
    )

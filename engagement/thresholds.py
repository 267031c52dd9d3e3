"""Other thresholds of the rules for suggestions: what each of a grid would raise, and how it would have done."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import NamedTuple

from engagement.backtest import per_tutor
from engagement.grounds import Grounds, findings
from engagement.published import Cell
from engagement.suggestion import Rule
from policy.calendar import Calendar
from policy.engagement import Engagement
from privacy.disclosure import ONS_10_5_OFS, UNSURE, headcount, rate, statistic

_QUIET, _ATTENDANCE, _FALL = (5, 7, 10, 14, 20), (30, 40, 50, 60, 70), (10, 15, 20, 25, 30)


@dataclass(frozen=True, order=True)
class Choice:
    """Quiet teaching days, attendance in per cent, and points fallen: one place of the grid."""

    quiet: int
    attendance: int
    fall: int

    @property
    def row(self) -> str:
        """Its name among the published rows."""
        return f"{self.quiet}/{self.attendance}/{self.fall}"

    def row_of(self, rule: Rule) -> str:
        """The name of the row of one rule alone; missing work has no threshold."""
        at = {Rule.QUIET: self.quiet, Rule.ATTENDANCE: self.attendance, Rule.FALL: self.fall}
        return f"{rule.value}/{at.get(rule, '')}"

    @classmethod
    def named(cls, row: str) -> "Choice":
        """The choice of that name."""
        return cls(*map(int, row.split("/")))

    def rules(self, now: Engagement) -> Engagement:
        """The rules with these thresholds and everything else as it is."""
        s = now.suggestions
        changed = {
            "quiet": s.quiet.model_copy(update={"days": self.quiet}),
            "attendance": s.attendance.model_copy(update={"percent": self.attendance}),
            "fall": s.fall.model_copy(update={"points": self.fall}),
        }
        return now.model_copy(update={"suggestions": s.model_copy(update=changed)})


def in_force(rules: Engagement) -> Choice:
    """The thresholds of these rules."""
    s = rules.suggestions
    return Choice(s.quiet.days, s.attendance.percent, s.fall.points)


@dataclass(frozen=True)
class Grid:
    """The values of each threshold, those in force among them."""

    quiet: tuple[int, ...]
    attendance: tuple[int, ...]
    fall: tuple[int, ...]

    @classmethod
    def around(cls, now: Choice) -> "Grid":
        """The usual grid, and the thresholds in force wherever they lie."""
        return cls(_with(_QUIET, now.quiet), _with(_ATTENDANCE, now.attendance), _with(_FALL, now.fall))

    def choices(self) -> list[Choice]:
        """Every place of it."""
        return [Choice(*values) for values in product(self.quiet, self.attendance, self.fall)]

    def diagonal(self) -> list[Choice]:
        """As few choices as have each value in one: the rules do not depend on each other's thresholds."""
        axes = (self.quiet, self.attendance, self.fall)
        return [Choice(*(axis[min(n, len(axis) - 1)] for axis in axes)) for n in range(max(map(len, axes)))]


@dataclass(frozen=True)
class Answer:
    """What the grounds of one student say to each threshold: those under which a rule holds; and missing work."""

    missing: int
    quiet: frozenset[int]
    attendance: frozenset[int]
    fall: frozenset[int]

    def suggestions(self, of: Choice) -> int:
        """How many suggestions there would be."""
        held = (of.quiet in self.quiet, of.attendance in self.attendance, of.fall in self.fall)
        return self.missing + sum(held)

    def by_rule(self, rule: Rule, of: Choice) -> int:
        """How many of them would be by that rule."""
        match rule:
            case Rule.MISSING:
                return self.missing
            case Rule.QUIET:
                return int(of.quiet in self.quiet)
            case Rule.ATTENDANCE:
                return int(of.attendance in self.attendance)
            case Rule.FALL:
                return int(of.fall in self.fall)


Now = Sequence[tuple[Answer, int | None]]
"""The answers of today's students, each with the number of their tutor, which goes no further."""
Then = Sequence[tuple[Answer, bool]]
"""The answers of last year's, each with whether the year ended badly for them."""


def answer(grounds: Grounds, grid: Grid, rules: Engagement, calendar: Calendar) -> Answer:
    """What these grounds say to every place of the grid."""
    missing = 0
    held: dict[Rule, set[int]] = {Rule.QUIET: set(), Rule.ATTENDANCE: set(), Rule.FALL: set()}
    for choice in grid.diagonal():
        at = {Rule.QUIET: choice.quiet, Rule.ATTENDANCE: choice.attendance, Rule.FALL: choice.fall}
        found = findings(grounds, choice.rules(rules), calendar)
        for rule in {one.rule for one in found} & held.keys():
            held[rule].add(at[rule])
        missing = sum(one.rule is Rule.MISSING for one in found)
    return Answer(missing, *map(frozenset, (held[Rule.QUIET], held[Rule.ATTENDANCE], held[Rule.FALL])))


def raised(grid: Grid, now: Now) -> Iterator[Cell]:
    """What each choice, and each rule alone, would raise `now`."""
    for place in _places(grid):
        loads: Counter[int] = Counter()  # by tutor; one without any counts too
        total = 0
        for answer, tutor in now:
            total += (suggestions := place.raised(answer))
            if tutor is not None:
                loads[tutor] += suggestions
        said = {
            "suggestions": headcount(total),
            "per tutor": per_tutor(headcount(total), headcount(len(now))),
        }
        yield from place.cells({**said, **_of_tutors(sorted(loads.values()))})


def told(grid: Grid, then: Then) -> Iterator[Cell]:
    """How often each choice, and each rule alone, would have been right `then`, and how many it would have found."""
    for place in _places(grid):
        flagged = [ended for one, ended in then if place.raised(one)]
        found = rate(sum(flagged), sum(ended for _, ended in then))
        yield from place.cells({"precision": rate(sum(flagged), len(flagged)), "recall": found})


class _Place(NamedTuple):
    """A row of a report, and how many suggestions it would raise for one student."""

    report: str
    row: str
    raised: Callable[[Answer], int]

    def cells(self, said: Mapping[str, str]) -> Iterator[Cell]:
        """The row's cells."""
        return (Cell(self.report, self.row, heading, value) for heading, value in said.items())


def _places(grid: Grid) -> Iterator[_Place]:
    for choice in grid.choices():
        yield _Place("thresholds", choice.row, partial(Answer.suggestions, of=choice))
    alone = {choice.row_of(rule): (rule, choice) for choice in grid.diagonal() for rule in Rule}
    for row, (rule, choice) in alone.items():
        yield _Place("rules", row, partial(Answer.by_rule, rule=rule, of=choice))


def _of_tutors(loads: Sequence[int]) -> dict[str, str]:
    """What the tutor in the middle has and whoever has most; of a few tutors neither, lest one be known by it."""
    if len(loads) < ONS_10_5_OFS.smallest_rate:
        return {"median": UNSURE, "most": UNSURE}
    return {
        "median": statistic(loads[(len(loads) - 1) // 2], (len(loads),)),
        "most": headcount(loads[-1]),
    }


def lines(choice: Choice, now: Engagement) -> str:
    """The lines of `engagement.toml` to change for this choice; empty where nothing would change."""
    current = in_force(now)
    wanted = (
        ("quiet", "days", choice.quiet, current.quiet),
        ("attendance", "percent", choice.attendance, current.attendance),
        ("fall", "points", choice.fall, current.fall),
    )
    changed = [f"[suggestions.{table}]\n{key} = {value}" for table, key, value, was in wanted if value != was]
    return "\n\n".join([f'version = "{_next(now.version)}"', *changed]) if changed else ""


def _next(version: str) -> str:
    """Another version: 2026-3 becomes 2026-4."""
    last = re.search(r"\d+$", version)
    return f"{version[: last.start()]}{int(last[0]) + 1}" if last else f"{version}-2"


def _with(usual: Sequence[int], now: int) -> tuple[int, ...]:
    return tuple(sorted({*usual, now}))

"""What the rules for a suggestion look at: one enrolment on one day, and which rules hold then.

They look at the counts that the rating is made of and at nothing else, so that the two never disagree.
Authorised absence, vacations, gaps of a feed and registers not taken bring nothing about.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from engagement.measure import FULL, Counts
from engagement.recent import classes
from engagement.standing import points
from engagement.suggestion import Finding, Rule
from policy.calendar import Calendar
from policy.engagement import Engagement


@dataclass(frozen=True)
class Missing:
    """Work that was due and is not handed in; `first` says that it is the first of its module."""

    work: int
    due: date
    first: bool


@dataclass(frozen=True)
class Grounds:
    """One enrolment on the day `as_of`.

    `counts` are those of its modules in the window that begins on `first`; `score` is in hundredths, and so are
    those of the weeks `before` in the same year, disturbed ones left out. `since` is the last day that the student
    was seen, or was excused, or was not yet a student here. `unknown` are days of which nothing can be said: not
    loaded, in a gap, or a register not taken; `gaps` those in a gap of a feed, `excused` those of an authorised
    absence. `in_use` is the share of the students that were active on the busiest of the modules, in hundredths.
    """

    as_of: date
    first: date
    counts: tuple[Counts, ...] = ()
    score: int | None = None
    before: tuple[int, ...] = ()
    last_active: date | None = None
    since: date | None = None
    unknown: frozenset[date] = frozenset()
    gaps: frozenset[date] = frozenset()
    excused: frozenset[date] = frozenset()
    in_use: int = 0
    missing: tuple[Missing, ...] = ()


def findings(grounds: Grounds, rules: Engagement, calendar: Calendar) -> list[Finding]:
    """The rules that hold, the most telling first; several pieces of missing work are several findings."""
    return [found for rule in _RULES for found in rule(grounds, rules, calendar)]


def _missing(grounds: Grounds, rules: Engagement, calendar: Calendar) -> Iterator[Finding]:
    lately = timedelta(days=rules.suggestions.missing.excused_days)
    for one in sorted(grounds.missing, key=lambda work: (not work.first, work.due, work.work)):
        if not any(one.due - lately <= day <= one.due for day in grounds.excused):
            yield Finding(Rule.MISSING, last=one.due, amount=int(one.first), work=one.work)


def _quiet(grounds: Grounds, rules: Engagement, calendar: Calendar) -> Iterator[Finding]:
    rule = rules.suggestions.quiet
    if grounds.since is None or grounds.in_use < rule.in_use_percent * FULL // 100:
        return
    days = calendar.window(grounds.as_of, (grounds.as_of - grounds.since).days)
    quiet = [day for day in days if day > grounds.since and day not in grounds.unknown]
    if len(quiet) >= rule.days:
        yield Finding(Rule.QUIET, last=grounds.as_of, first=grounds.last_active, amount=len(quiet))


def _attendance(grounds: Grounds, rules: Engagement, calendar: Calendar) -> Iterator[Finding]:
    rule = rules.suggestions.attendance
    attended, held = classes(grounds.counts, rules.excused)
    if held >= rule.classes and 100 * attended < rule.percent * held:
        yield Finding(Rule.ATTENDANCE, last=grounds.as_of, first=grounds.first, amount=attended, of=held)


def _fall(grounds: Grounds, rules: Engagement, calendar: Calendar) -> Iterator[Finding]:
    rule = rules.suggestions.fall
    if grounds.score is None or len(grounds.before) < rule.weeks:
        return
    usual = _median(grounds.before)
    window = calendar.window(grounds.as_of, (grounds.as_of - grounds.first).days + 1)
    disturbed = grounds.gaps | grounds.excused
    if usual - grounds.score >= 100 * rule.points and disturbed.isdisjoint(window):
        yield Finding(Rule.FALL, last=grounds.as_of, amount=points(grounds.score), of=points(usual))


def _median(scores: Sequence[int]) -> int:
    """The median by rank: of an even number the lower of the two in the middle."""
    return sorted(scores)[(len(scores) - 1) // 2]


_Rule = Callable[[Grounds, Engagement, Calendar], Iterator[Finding]]
_RULES: tuple[_Rule, ...] = (_missing, _quiet, _attendance, _fall)

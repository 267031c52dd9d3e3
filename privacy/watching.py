"""What stands out in the access log: rules over what was seen, whose thresholds are policy. A person judges it."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from policy.access import Watch
from policy.days import LONDON

_HOUR = timedelta(hours=1)


class Rule(StrEnum):
    """What can stand out."""

    MANY = "many"
    LATE = "late"
    NAMESAKE = "namesake"
    REFUSED = "refused"

    @property
    def words(self) -> str:
        """The rule on a page, in a few words."""
        return _WORDS[self]


_WORDS = {
    Rule.MANY: "Many students' records opened within an hour",
    Rule.LATE: "A record opened out of hours",
    Rule.NAMESAKE: "A student of the same surname",
    Rule.REFUSED: "Refused again and again within an hour",
}


@dataclass(frozen=True)
class Seen:
    """One line of the log about records: who, in which role, at whom, all by pseudonym, and what came of it."""

    at: datetime
    actor: str
    role: str
    students: tuple[str, ...]
    allowed: bool

    @property
    def one(self) -> str:
        """The one student whose record it was; empty for a list, and for one's own record."""
        alone = len(self.students) == 1 and self.students[0] != self.actor
        return self.students[0] if alone else ""


@dataclass(frozen=True)
class Warned:
    """What stood out: by which rule, who, in which role, from when on, and how many students or lines it was."""

    rule: Rule
    actor: str
    role: str
    at: datetime
    number: int


@dataclass(frozen=True)
class Confirmations:
    """How many suggestions were confirmed, and how many of them within seconds of being opened."""

    all: int
    quick: int

    @property
    def share(self) -> int:
        """The quick ones, in whole per cent of all; halves go up."""
        return (200 * self.quick + self.all) // (2 * self.all) if self.all else 0


def warnings(
    seen: Iterable[Seen], namesakes: Mapping[str, frozenset[str]], watch: Watch
) -> tuple[Warned, ...]:
    """What stands out, the latest first; one warning for each person, rule and day or hour.

    `namesakes` has by person the students of the same surname. What somebody does with their own record stands
    out in nothing.
    """
    lines: dict[str, list[Seen]] = defaultdict(list)
    for one in sorted(seen, key=lambda line: line.at):
        lines[one.actor].append(one)
    found: list[Warned] = []
    for actor, own in lines.items():
        opened = [one for one in own if one.allowed and one.one]
        refused = [one for one in own if not one.allowed]
        found += _within_an_hour(Rule.MANY, opened, watch.students_an_hour, distinct=True)
        found += _within_an_hour(Rule.REFUSED, refused, watch.refusals_an_hour, distinct=False)
        found += _by_day(Rule.LATE, [one for one in opened if _late(one.at, watch)])
        same = namesakes.get(actor, frozenset())
        found += _by_day(Rule.NAMESAKE, [one for one in opened if one.one in same])
    return tuple(sorted(found, key=lambda one: (one.at, one.rule, one.actor), reverse=True))


def confirmations(took: Iterable[timedelta], watch: Watch) -> Confirmations:
    """How often a suggestion was confirmed so soon after it was opened that nobody can have read it."""
    times = list(took)
    return Confirmations(len(times), sum(one <= timedelta(seconds=watch.quick_seconds) for one in times))


def _within_an_hour(rule: Rule, lines: Sequence[Seen], most: int, *, distinct: bool) -> Iterator[Warned]:
    """A warning where within an hour there are more than `most`, and then none until the hour is over."""
    times, after = [one.at for one in lines], None
    for place, first in enumerate(lines):
        if after and first.at < after:
            continue
        hour = lines[place : bisect_left(times, first.at + _HOUR, place)]
        number = len({one.one for one in hour}) if distinct else len(hour)
        if number > most:
            after = first.at + _HOUR
            yield Warned(rule, first.actor, first.role, first.at, number)


def _by_day(rule: Rule, lines: Iterable[Seen]) -> Iterator[Warned]:
    days: dict[tuple[object, str], list[Seen]] = defaultdict(list)
    for one in lines:
        days[one.at.astimezone(LONDON).date(), one.role].append(one)
    for found in days.values():
        first = found[0]
        yield Warned(rule, first.actor, first.role, first.at, len({one.one for one in found}))


def _late(at: datetime, watch: Watch) -> bool:
    return not watch.first_hour <= at.astimezone(LONDON).hour < watch.last_hour

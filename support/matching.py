"""Students who had support beside students like them who had none by then: who is paired, and what the pairs tell.

Nothing here tells cause and effect: alike in what is compared is not alike in everything (docs/impact.md).
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from math import sqrt
from statistics import NormalDist, fmean, stdev
from typing import NamedTuple

from engagement.measure import half_up
from policy.impact import Match

AHEAD = 4
"""The change is that up to the fourth rated week, which is the first whose days all come after the conversation."""
WITHIN = 8
"""Weeks within which that fourth week must lie."""
EARLIER, EARLIER_RATED = 4, 2
"""How many weeks before make up the history, and how many of these must have a score."""
_WEEK = 7
_LEVEL = 0.95
_Kind = tuple[int, str]


class Start(NamedTuple):
    """One student at the end of one week; `week` and `kind` are what a pair shares exactly.

    `score` is of that week, `history` the mean of the weeks before, `change` up to the fourth rated week after it,
    all in hundredths. `week` is the day number of its Monday.
    """

    week: int
    kind: str
    score: int
    history: int
    student: int
    change: int


class Pair(NamedTuple):
    """A student who had support, and one like them who had none by then."""

    supported: Start
    other: Start

    @property
    def difference(self) -> int:
        """By how many hundredths the supported student's score changed more."""
        return self.supported.change - self.other.change


@dataclass(frozen=True)
class Interval:
    """The mean difference of all pairs, and between what its 95 % interval lies, in hundredths."""

    mean: float
    low: float
    high: float


def fourth(week: int, scores: Mapping[int, int]) -> int | None:
    """The score of the fourth rated week after that week, by the day numbers of Mondays; None so far."""
    later = (scores[w] for n in range(1, WITHIN + 1) if (w := week + n * _WEEK) in scores)
    return next(islice(later, AHEAD - 1, None), None)


def start(student: int, week: int, kind: str, scores: Mapping[int, int]) -> Start | None:
    """How the student stood at the end of the week of that Monday, by the scores of all weeks that have one.

    None where there is too little: no score then, too little history, or no fourth rated week so far.
    """
    earlier = [scores[w] for n in range(1, EARLIER + 1) if (w := week - n * _WEEK) in scores]
    then = fourth(week, scores)
    if week not in scores or len(earlier) < EARLIER_RATED or then is None:
        return None
    history = half_up(sum(earlier), len(earlier))
    return Start(week, kind, scores[week], history, student, then - scores[week])


def pairs(supported: Iterable[Start], others: Iterable[Start], rules: Match) -> list[Pair]:
    """Each student in one pair at most, on either side; the nearest first, and the same whatever the order.

    Week by week, so that whoever was the other of a pair is not in a later one as supported.
    """
    kinds: dict[_Kind, list[Start]] = defaultdict(list)
    for one in sorted(set(supported), key=lambda one: one.score):
        kinds[one.week, one.kind].append(one)
    beside = _beside(kinds, others, rules)
    used: set[int] = set()
    found: list[Pair] = []
    for _, of_week in groupby(sorted(kinds), key=lambda kind: kind[0]):
        near = sorted(pair for kind in of_week for pair in _near(kinds[kind], beside[kind], rules))
        for _, one, other in near:
            if one.student != other.student and not {one.student, other.student} & used:
                used |= {one.student, other.student}
                found.append(Pair(one, other))
    return found


def interval(differences: Sequence[int]) -> Interval:
    """The mean and its 95 % interval by Student's t; at least two differences."""
    count, mean = len(differences), fmean(differences)
    reach = _t(count - 1) * stdev(differences) / sqrt(count)
    return Interval(mean, mean - reach, mean + reach)


def _beside(
    kinds: Mapping[_Kind, list[Start]], others: Iterable[Start], rules: Match
) -> dict[_Kind, list[Start]]:
    """Of the others those who are near enough to anybody, by score; the many who are not are let go at once."""
    scores = {kind: [one.score for one in ones] for kind, ones in kinds.items()}
    found, far = defaultdict(list), 100 * rules.score
    for other in others:
        there = scores.get((other.week, other.kind), [])
        place = bisect_left(there, other.score - far)
        if place < len(there) and there[place] <= other.score + far:
            found[other.week, other.kind].append(other)
    return {kind: sorted(found[kind], key=lambda one: one.score) for kind in kinds}


def _near(ones: list[Start], others: list[Start], rules: Match) -> Iterator[tuple[int, Start, Start]]:
    """All pairs of a kind that are near enough, with how far apart they are."""
    scores, far = [other.score for other in others], 100 * rules.score
    for one in ones:
        first, last = bisect_left(scores, one.score - far), bisect_right(scores, one.score + far)
        for other in others[first:last]:
            apart = abs(one.history - other.history)
            if apart <= 100 * rules.history:
                yield abs(one.score - other.score) + apart, one, other


def _t(freedom: int) -> float:
    """Student's t for 95 %, by its series in the normal quantile (Abramowitz and Stegun 26.7.5)."""
    z = NormalDist().inv_cdf((1 + _LEVEL) / 2)
    terms: tuple[float, ...] = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / float(freedom**power) for power, term in enumerate(terms, 1))

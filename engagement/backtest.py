"""How well the rating and the suggestions told last year who would leave or fail: from students to published cells.

At the end of each teaching week those are looked at who were still students, by what was known then.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engagement.measure import Rating, rating
from engagement.outcome import Outcome
from engagement.published import Cell
from policy.engagement import Bands
from privacy.disclosure import headcount, number, rate, statistic

WEEKS = range(3, 21)
"""The teaching weeks that are looked at; in the first two there is too little to go by."""
CLOSE_UP = 8
"""The teaching week of which more is told."""
OF_A_TUTOR = 45
ALERTS = (Rating.LOW, Rating.VERY_LOW)
RATED, SUGGESTED = "rating", "suggestion"
"""The two flags: rated Low or Very low, and any suggestion standing."""
BAD, OTHERS = "left or failed", "others"
"""The two ways in which the year ended, each with its own question to a flag: who was found, and who for nothing."""


@dataclass(frozen=True)
class Seen:
    """One student at the end of one week: what was said of them then, and how the year ended for them."""

    student: int
    score: int | None
    suggested: bool
    outcome: Outcome


@dataclass(frozen=True)
class Week:
    """A teaching week by its number, the last day looked at, and everybody who was a student then."""

    number: int
    on: date
    seen: tuple[Seen, ...]


def cells(weeks: Sequence[Week], bands: Bands) -> Iterator[Cell]:
    """All that is published of these weeks."""
    by_name = flags(bands)
    for week in weeks:
        for heading, value in _week(week, by_name).items():
            yield Cell("weeks", f"{week.number:02}", heading, value)
        if week.number == CLOSE_UP:
            yield from _words(week, bands)
    for name, flag in by_name.items():
        for heading, value in _lead(weeks, flag).items():
            yield Cell("lead", name, heading, value)


def per_tutor(flagged: str, students: str) -> str:
    """How many of a tutor's 45 that would be, by published figures alone; the mark that stands for either."""
    some, of = number(flagged), number(students)
    if some is None or of is None:
        return flagged if some is None else students
    return f"{OF_A_TUTOR * some / of:.1f}"


Flag = Callable[[Seen], bool]


def flags(bands: Bands) -> Mapping[str, Flag]:
    """Each of the two flags by its name."""
    return {RATED: lambda one: rating(one.score, bands) in ALERTS, SUGGESTED: lambda one: one.suggested}


def _week(week: Week, by_name: Mapping[str, Flag]) -> dict[str, str]:
    bad = [one for one in week.seen if one.outcome.bad]
    found = {
        "until": week.on.isoformat(),
        "students": headcount(len(week.seen)),
        "left or failed": headcount(len(bad)),
        "roc_auc": _roc_auc(week.seen),
    }
    for name, flag in by_name.items():
        chosen = [one for one in week.seen if flag(one)]
        right = sum(one.outcome.bad for one in chosen)
        found |= {
            f"{name}: flagged": headcount(len(chosen)),
            f"{name}: precision": rate(right, len(chosen)),
            f"{name}: recall": rate(right, len(bad)),
            f"{name}: per tutor": per_tutor(headcount(len(chosen)), headcount(len(week.seen))),
            f"{name}: weeks ahead": _middle(
                [ahead for one in chosen if (ahead := _ahead(one, week)) is not None]
            ),
        }
    return found


def _ahead(one: Seen, week: Week) -> int | None:
    """The whole weeks from that one to the withdrawal; None for somebody who stayed."""
    left = one.outcome.withdrew
    return (left - week.on).days // 7 if left else None


def _middle(weeks: Sequence[int]) -> str:
    """The median by rank, of 23 or more."""
    return statistic(sorted(weeks)[(len(weeks) - 1) // 2] if weeks else 0, (len(weeks),))


def _words(week: Week, bands: Bands) -> Iterator[Cell]:
    """Of the students with each word, how many there were and which share left or failed."""
    for word in Rating:
        theirs = [one.outcome.bad for one in week.seen if rating(one.score, bands) is word]
        yield Cell("words", word.value, "students", headcount(len(theirs)))
        yield Cell("words", word.value, "left or failed", rate(sum(theirs), len(theirs)))


def _lead(weeks: Sequence[Week], flag: Flag) -> dict[str, str]:
    """Of those who withdrew, the share flagged before, and the weeks from the first flag on: the median of these."""
    left, first = set(), dict[int, int]()
    for week in weeks:
        for one in week.seen:
            if (ahead := _ahead(one, week)) is not None:
                left.add(one.student)
                if flag(one):
                    first.setdefault(one.student, ahead)
    return {
        "withdrew": headcount(len(left)),
        "flagged before": rate(len(first), len(left)),
        "weeks": _middle(list(first.values())),
    }


def _roc_auc(seen: Sequence[Seen]) -> str:
    """How often one who left or failed had a lower score than one who did not, to two decimals."""
    there = sorted(one.score for one in seen if one.score is not None)
    middle = there[(len(there) - 1) // 2] if there else 0  # without a score: neither high nor low
    groups: dict[bool, list[int]] = {True: [], False: []}
    for one in seen:
        groups[one.outcome.bad].append(middle if one.score is None else one.score)
    bad, others = groups[True], groups[False]
    value = roc_auc(bad, others) if bad and others else 0
    return statistic(value, (len(bad), len(others)), 2)


def roc_auc(bad: Sequence[int], others: Sequence[int]) -> float:
    """The share of all pairs in which the one that ended badly had the lower score; equal scores count half."""
    ranked = sorted(others)
    halves = sum(2 * len(ranked) - bisect_left(ranked, s) - bisect_right(ranked, s) for s in bad)
    return halves / (2 * len(bad) * len(ranked))

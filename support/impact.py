"""From students with a suggestion to what became of it: the cells that are published, and nothing of a person."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import ceil, floor
from statistics import fmean

from engagement.measure import half_up
from engagement.published import Cell
from policy.impact import Match
from privacy.counts import nested, part
from privacy.disclosure import FEW, UNSURE, statistic
from support.matching import Pair, interval

_POINT = 100  # hundredths


class Stage(StrEnum):
    """How far support came; each stage is part of the one before it."""

    SUGGESTED = "suggested"
    ANSWERED = "answered"
    OFFERED = "offered"
    SUPPORTED = "supported"
    PLANNED = "planned"
    RECOVERED = "recovered"


class Finding(StrEnum):
    """What the comparison comes to."""

    MORE = "more"
    LESS = "less"
    OPEN = "no difference can be told"
    FEW = "too few"


@dataclass(frozen=True)
class Followed:
    """A student from the first suggestion of the year on: the first day of each that came after it, None where none.

    `answered` is a tutor's answer to any suggestion, `offered` times to talk, `met` a conversation held, `planned`
    an agreed plan, `recovered` the week that counts after a plan was rated Good or High. `in_time` is whether the
    first suggestion was answered within the policy's working days; `waited` the days from a suggestion to the offer
    that answers it.
    """

    student: int
    suggested: date
    answered: date | None = None
    in_time: bool = False
    offered: date | None = None
    met: date | None = None
    planned: date | None = None
    recovered: bool = False
    waited: int | None = None

    @property
    def supported(self) -> date | None:
        """The day of the first conversation or agreed plan."""
        return min((day for day in (self.met, self.planned) if day), default=None)

    @property
    def stage(self) -> Stage:
        """The furthest stage; what was reached without those before it counts for them too."""
        reached = {
            Stage.RECOVERED: self.planned and self.recovered,
            Stage.PLANNED: self.planned,
            Stage.SUPPORTED: self.supported,
            Stage.OFFERED: self.offered,
            Stage.ANSWERED: self.answered,
        }
        return next((stage for stage, so in reached.items() if so), Stage.SUGGESTED)


def cells(
    year: str, until: date, followed: Sequence[Followed], compared: Sequence[Pair], later: int, rules: Match
) -> Iterator[Cell]:
    """All that is published. `later` is how many of those without support in a pair had some in the weeks after."""
    yield Cell("period", year, "until", until.isoformat())
    funnel = _funnel(followed)
    for stage, said in funnel.items():
        yield Cell("funnel", stage.value, "students", said)
    answered = [one for one in followed if one.stage is not Stage.SUGGESTED]
    yield Cell("answers", "in time", "share", part(sum(one.in_time for one in answered), len(answered)))
    for name, value in _waits([one.waited for one in followed if one.waited is not None]).items():
        yield Cell("wait", "days", name, value)
    around = sum(one.supported is not None for one in followed)
    for name, value in _compared(compared, around, later, rules).items():
        yield Cell("comparison", "all", name, value)


def counts(followed: Iterable[Followed]) -> dict[Stage, int]:
    """How many students came to each stage, or further."""
    stages = list(Stage)
    reached = [stages.index(one.stage) for one in followed]
    return {stage: sum(n >= place for n in reached) for place, stage in enumerate(stages)}


def finding(row: Mapping[str, str]) -> Finding:
    """What the published interval comes to: it is of whole points, and its ends are rounded away from the middle."""
    low, high = row.get("low", UNSURE), row.get("high", UNSURE)
    if UNSURE in (low, high):
        return Finding.FEW
    if int(low) > 0:
        return Finding.MORE
    return Finding.LESS if int(high) < 0 else Finding.OPEN


def _funnel(followed: Iterable[Followed]) -> dict[Stage, str]:
    found = counts(followed)
    return dict(zip(found, nested(list(found.values())), strict=True))


def _waits(days: Sequence[int]) -> dict[str, str]:
    """The median and the quartiles, each a value that occurs."""
    ranked = sorted(days)
    last = len(ranked) - 1
    places = {"lower": half_up(last, 4), "median": last // 2, "upper": half_up(3 * last, 4)}
    return {name: statistic(ranked[at] if ranked else 0, (len(ranked),)) for name, at in places.items()}


def _compared(found: Sequence[Pair], around: int, later: int, rules: Match) -> dict[str, str]:
    names = ("score", "supported", "others", "difference", "low", "high", "later")
    if len(found) < rules.pairs:
        return {"pairs": FEW} | dict.fromkeys(names, UNSURE)
    span = interval([pair.difference for pair in found])
    return {
        "pairs": _within(len(found), around),
        "score": _points(fmean(pair.supported.score for pair in found)),
        "supported": _points(fmean(pair.supported.change for pair in found)),
        "others": _points(fmean(pair.other.change for pair in found)),
        "difference": _points(span.mean),
        "low": str(floor(span.low / _POINT)),
        "high": str(ceil(span.high / _POINT)),
        "later": part(later, len(found)),
    }


def _within(pairs: int, around: int) -> str:
    """How many pairs there are, where that does not tell of a few students who had support and are in none."""
    return nested([around, pairs])[1]


def _points(hundredths: float) -> str:
    """Whole points, halves up."""
    return str(floor(hundredths / _POINT + 0.5))

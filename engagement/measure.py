"""The measure: how one student's engagement on one module is worked out, in whole numbers only.

Parts and scores are hundredths from 0 to 10000, halves rounded up, so that every engine and a person with a
pencil come to the same digits. A part is None when nothing was expected or the feed is missing: missing is
never low. Source: `docs/measure.md`; the formulas follow the published NULA metrics.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from policy.engagement import Bands, VleExpectation, Weights

FULL = 10_000


class Rating(StrEnum):
    """The words of the rating. No others appear on a screen."""

    HIGH = "High"
    GOOD = "Good"
    PARTIAL = "Partial"
    LOW = "Low"
    VERY_LOW = "Very low"
    NOT_ENOUGH = "Not enough data"


@dataclass(frozen=True)
class Counts:
    """What was counted in the window. Classes: `expected` holds all others of its line.

    `usual_halves` is what VLE activity is held against, in half days; None where it cannot be said. Of the
    whole module so far: `marked` pieces of work with a mark or missing, and their marks in per cent, added up.
    """

    expected: int = 0
    attended: int = 0
    authorised: int = 0
    cancelled: int = 0
    unrecorded: int = 0
    active_days: int = 0
    usual_halves: int | None = None
    due: int = 0
    on_time: int = 0
    late: int = 0
    marked: int = 0
    mark_points: int = 0

    @property
    def missing(self) -> int:
        """Work that was due and has not been handed in."""
        return self.due - self.on_time - self.late


@dataclass(frozen=True)
class Parts:
    """The parts of a score, each in hundredths, or None where there is nothing to say."""

    attendance: int | None
    vle: int | None
    submissions: int | None
    marks: int | None = None


def half_up(numerator: int, denominator: int) -> int:
    """The quotient as a whole number, halves up."""
    return (2 * numerator + denominator) // (2 * denominator)


def attendance(counts: Counts, excused: Literal["excluded", "met"]) -> int | None:
    """Classes attended of those that took place, were recorded and had to be attended.

    An authorised absence leaves the class out, or under "met" counts it as attended.
    """
    held = counts.expected - counts.cancelled - counts.unrecorded
    attended = counts.attended
    if excused == "met":
        attended += counts.authorised
    else:
        held -= counts.authorised
    return half_up(FULL * attended, held) if held > 0 else None


def vle(counts: Counts) -> int | None:
    """Days active on the module's pages, of what is usual on the module; at most the whole."""
    if not counts.usual_halves:
        return None
    return min(FULL, half_up(2 * FULL * counts.active_days, counts.usual_halves))


def submissions(counts: Counts) -> int | None:
    """Work on time, and half of what was late, of what was due; halved while anything is missing."""
    if counts.due == 0:
        return None
    missing = 2 if counts.missing else 1
    return half_up(FULL * (2 * counts.on_time + counts.late), 2 * counts.due * missing)


def marks(counts: Counts) -> int | None:
    """The mean of the marks of the module so far; work that is missing counts as nought."""
    return half_up(100 * counts.mark_points, counts.marked) if counts.marked else None


def usual_halves(
    active_days: Iterable[int], window: tuple[int, int], fixed_days: int, expectation: VleExpectation
) -> int | None:
    """What is usual on the module: the median of its students' active days, in half days.

    A median under `smallest_median_days`, or of fewer students than `smallest_module`, says too little; then
    it is `fixed_days` for a whole window, in proportion. `window` is how many of its days have a feed, of
    how many; None when those are fewer than `smallest_window`.
    """
    fed, length = window
    if fed < expectation.smallest_window:
        return None
    ranked = sorted(active_days)
    count = len(ranked)
    if count >= expectation.smallest_module:
        halves = ranked[(count - 1) // 2] + ranked[count // 2]
        if halves >= 2 * expectation.smallest_median_days:
            return halves
    return fixed_halves(fed, length, fixed_days)


def fixed_halves(fed: int, length: int, fixed_days: int) -> int:
    """`fixed_days` for a window of `length` days, in proportion to those that have a feed, in half days."""
    return max(1, half_up(2 * fixed_days * min(fed, length), length))


def parts(counts: Counts, excused: Literal["excluded", "met"]) -> Parts:
    """The parts of these counts."""
    return Parts(attendance(counts, excused), vle(counts), submissions(counts), marks(counts))


def score(found: Parts, weights: Weights) -> int | None:
    """The weighted mean of the parts that are there; None where none is."""
    pairs = (
        (weights.attendance, found.attendance),
        (weights.vle, found.vle),
        (weights.submissions, found.submissions),
        (weights.marks, found.marks),
    )
    return weighted_mean(pairs)


def weighted_mean(pairs: Iterable[tuple[int, int | None]]) -> int | None:
    """The mean of the values that are there, by weight: of parts, or of modules by their credits."""
    there = [(weight, value) for weight, value in pairs if value is not None and weight > 0]
    total = sum(weight for weight, _ in there)
    return half_up(sum(weight * value for weight, value in there), total) if total else None


def rating(of: int | None, bands: Bands) -> Rating:
    """The word for a score."""
    if of is None:
        return Rating.NOT_ENOUGH
    floors = (
        (bands.high, Rating.HIGH),
        (bands.good, Rating.GOOD),
        (bands.partial, Rating.PARTIAL),
        (bands.low, Rating.LOW),
    )
    return next((word for floor, word in floors if of >= 100 * floor), Rating.VERY_LOW)

"""The score week by week as a line, and the middle half of the others' scores around it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from engagement import measure
from engagement.measure import Rating
from engagement.standing import points
from policy.engagement import Bands

OTHERS = "Middle half of the others"
EXPLAINED = (
    f"{OTHERS}: of the other students on the same modules a quarter scored lower in that week, a quarter higher, and "
    "half between these two figures. Both are rounded to 5 points, and modules with fewer than ten others are left "
    "out. It is no target: scores differ for many reasons, and one's own earlier weeks say more."
)
NOBODY = "There are fewer than ten other students on these modules, so nothing of them is shown."


@dataclass(frozen=True)
class Scored:
    """The week of a Monday: the score in hundredths, None where it could not be worked out, and its word."""

    week: date
    score: int | None
    rating: Rating

    @property
    def words(self) -> str:
        """`62 of 100, Good`; `Not enough data` without a score."""
        if self.score is None:
            return str(self.rating)
        return f"{points(self.score)} of 100, {self.rating}"


@dataclass(frozen=True)
class Line:
    """A line: of one course or module, oldest week first."""

    name: str
    weeks: tuple[Scored, ...]


@dataclass(frozen=True)
class Middle:
    """The middle half of others' scores in the week of a Monday, in whole points, each a multiple of five."""

    week: date
    low: int
    high: int

    @property
    def words(self) -> str:
        """`45 to 70`."""
        return f"{self.low} to {self.high}"


def line(name: str, scores: Iterable[tuple[date, int | None]], bands: Bands, span: tuple[date, date]) -> Line:
    """The line of these weekly scores inside a span of days."""
    inside = [(week, score) for week, score in scores if span[0] <= week <= span[1]]
    return Line(name, tuple(Scored(week, score, measure.rating(score, bands)) for week, score in inside))

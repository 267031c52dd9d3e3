"""A student's score in the two weeks before a plan began, and in the weeks since: figures side by side, no proof."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from engagement.measure import half_up
from policy.days import monday

BEFORE = 2
"""Whole weeks before the plan that are looked at."""
ENOUGH = 2
"""Rated weeks that either side needs: one week's score looks back over two, and shares its days with the next."""
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Side:
    """Whole weeks by their Mondays, oldest first, each with its score in hundredths; None for one without a score."""

    weeks: tuple[tuple[date, int | None], ...]

    @property
    def scores(self) -> tuple[int, ...]:
        """The scores that are there."""
        return tuple(score for _, score in self.weeks if score is not None)

    @property
    def gaps(self) -> int:
        """How many of the weeks have no score."""
        return len(self.weeks) - len(self.scores)

    @property
    def mean(self) -> int | None:
        """The mean of the scores in hundredths, halves up; None while there are too few."""
        scores = self.scores
        return half_up(sum(scores), len(scores)) if len(scores) >= ENOUGH else None


@dataclass(frozen=True)
class BeforeAfter:
    """Both sides of the day a plan began. The week of that day is in neither; `until` is the last day looked at."""

    began: date
    until: date
    before: Side
    after: Side

    @property
    def comparable(self) -> bool:
        """Whether either side has enough rated weeks to be set beside the other."""
        return self.before.mean is not None and self.after.mean is not None


def before_after(scores: Mapping[date, int | None], began: date, until: date) -> BeforeAfter:
    """Both sides, from the scores by Monday. A week that is not over on the day `until` is left out.

    A week that was not rated, or is not in `scores` at all, is a gap and no nought.
    """
    week = monday(began)
    since = []
    after = week + _WEEK
    while after + _WEEK <= until + timedelta(days=1):
        since.append(after)
        after += _WEEK
    earlier = [week - n * _WEEK for n in range(BEFORE, 0, -1)]
    sides = (Side(tuple((on, scores.get(on)) for on in weeks)) for weeks in (earlier, since))
    return BeforeAfter(began, until, *sides)

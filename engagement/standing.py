"""Where one enrolment stands: its rating now, the weeks before, and everything the rating was made of."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from engagement.measure import Rating
from engagement.recent import ModuleScore, Recent
from engagement.research import ResearchScore

HISTORY = 8


@dataclass(frozen=True)
class Standing:
    """One enrolment as it is rated now. `scores` holds a Monday and a score in hundredths, oldest first.

    The last of `scores` is the rating now; without any, nothing has been rated lately. `disturbed` says that a gap
    of a feed or an authorised absence lies in the days of it or of the week before: the two are not held against
    each other. A research student has `research` in the place of `modules`.
    """

    course: str
    stage: int
    mode: str
    rating: Rating
    scores: tuple[tuple[date, int | None], ...] = ()
    as_of: date | None = None
    last_active: date | None = None
    disturbed: bool = False
    rule: str | None = None
    modules: tuple[ModuleScore, ...] = ()
    recent: Recent = field(default_factory=Recent)
    level: str = ""
    research: ResearchScore | None = None

    @property
    def score(self) -> int | None:
        """The score now, in hundredths."""
        return self.scores[-1][1] if self.scores else None

    @property
    def change(self) -> int | None:
        """Hundredths gained or lost since the week before; None unless both have a score and neither is disturbed."""
        before = self._of_week(1)
        return None if self.score is None or before is None or self.disturbed else self.score - before

    @property
    def incomparable(self) -> bool:
        """Whether there is a score of both weeks, and yet no change to tell of."""
        return self.disturbed and self.score is not None and self._of_week(1) is not None

    @property
    def history(self) -> tuple[int | None, ...]:
        """The scores of the last eight weeks, oldest first; a week without one is None, not nought."""
        return tuple(self._of_week(weeks) for weeks in reversed(range(HISTORY)))

    def _of_week(self, weeks_ago: int) -> int | None:
        if not self.scores:
            return None
        return dict(self.scores).get(self.scores[-1][0] - timedelta(weeks=weeks_ago))


def points(score: int) -> int:
    """A score in whole points, rounded down: a word's lowest score is never shown before it is reached."""
    return score // 100

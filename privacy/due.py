"""What waits for information compliance, in counts and sentences: nobody is named."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from engagement import words

SOON = timedelta(days=6)
"""A request is due this week up to so long after today."""
_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Due:
    """Open requests past their day, and those due this week; breaches to be decided, and emergencies to be reviewed.

    `breach_by` is when the first of the breaches must have been decided. A request that waits for its student is in
    neither count.
    """

    overdue: int = 0
    this_week: int = 0
    breaches: int = 0
    breach_by: datetime | None = None
    emergencies: int = 0

    @property
    def requests(self) -> bool:
        """Whether anything of it is on the page of requests."""
        return bool(self.overdue or self.this_week or self.breaches)

    def sentences(self, at: datetime) -> Iterator[tuple[bool, str]]:
        """Each thing that waits in a sentence, the gravest first, with whether it is past its time or nearly."""
        if self.overdue:
            yield True, f"{words.of(self.overdue, 'request is', 'requests are')} past the day of the answer."
        if self.breaches and self.breach_by:
            one = words.of(self.breaches, "breach waits", "breaches wait")
            yield True, f"{one} for a decision: {_left(self.breach_by - at)}."
        if self.this_week:
            yield False, f"{words.of(self.this_week, 'request is', 'requests are')} due within 7 days."
        if self.emergencies:
            waits = words.of(self.emergencies, "emergency access waits", "emergency accesses wait")
            yield False, f"{waits} for review."


def _left(time: timedelta) -> str:
    if time < timedelta():
        return "the 72 hours are over"
    return f"{words.of(time // _HOUR, 'hour')} left"

"""How a year of study ended: who left, who failed, and of whom neither can be said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from engagement.studies import ACTIVE, Status

PASS = 40
"""The mean of a year's marks, in per cent, under which the year counts as failed."""


@dataclass(frozen=True)
class Held:
    """A status from one day to another, both included; without a last day it still holds."""

    status: Status
    first: date
    last: date | None


@dataclass(frozen=True)
class Outcome:
    """`withdrew` is the first day on which somebody was no longer a student; `failed` is for those who stayed."""

    withdrew: date | None = None
    failed: bool = False

    @property
    def bad(self) -> bool:
        """Whether they withdrew or failed."""
        return self.withdrew is not None or self.failed


def outcome(statuses: Sequence[Held], mark: int | None, until: date) -> Outcome | None:
    """How it had ended by the day `until`; `mark` is the mean of the year's marks in hundredths of a per cent.

    None for somebody whose studies were interrupted or went on elsewhere, and for one without a mark: nothing
    can be said of them.
    """
    now = next((s for s in statuses if s.first <= until and (s.last is None or until <= s.last)), None)
    if now and now.status is Status.WITHDRAWN:
        return Outcome(withdrew=now.first)
    if now and mark is not None and now.status in (*ACTIVE, Status.COMPLETED):
        return Outcome(failed=mark < 100 * PASS)
    return None

"""Marks that were asked for before they are announced: by when they are owed, and what a letter can promise of them.

Data Protection Act 2018, schedule 2, paragraph 25. Learner Analytics holds a mark once it is released, not before.
"""

from dataclasses import dataclass
from datetime import date

from privacy import deadlines


@dataclass(frozen=True)
class Awaited:
    """Marks in a copy that was asked for on the day `requested`; `results` is that of the announcement, if known."""

    requested: date
    results: date | None

    @property
    def by(self) -> date:
        """The last day to answer about them."""
        return deadlines.marks(self.requested, self.results, self.requested)

    @property
    def held_by_then(self) -> bool:
        """Whether they will be announced, and so be here, when they are owed."""
        return self.results is not None and self.results <= self.by

    @property
    def told(self) -> str:
        """The paragraph of a letter."""
        law = "Data Protection Act 2018, Schedule 2, paragraph 25"
        here = "Learner Analytics holds no mark before it is announced, so none of these is in this answer."
        by = _day(self.by)
        if self.results is None:
            return (
                f"Marks whose announcement has no day yet: {here} We answer you about them by the end of {by}, or "
                f"within 40 days of the announcement if that is sooner ({law}); if they are not announced by then, "
                "from the records of the university outside Learner Analytics. Only they wait."
            )
        if self.held_by_then:
            return (
                f"Marks that are announced on {_day(self.results)}: {here} You will have them by the end of {by} "
                f"({law}). Only they wait."
            )
        return (
            f"Marks that are announced on {_day(self.results)}: {here} We answer you about them by the end of {by} "
            f"({law}). That is before they are announced, so that answer comes from the records of the university "
            "outside Learner Analytics. Only they wait."
        )


def awaited(requested: date, results: date | None, today: date) -> Awaited | None:
    """The marks that wait; None once they are announced: then they are due with everything else."""
    return None if results is not None and results <= today else Awaited(requested, results)


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"

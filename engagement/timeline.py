"""One student's academic year, as the tutor and the student see it."""

from dataclasses import dataclass
from datetime import date

from engagement.facts import Gap
from engagement.lanes import Week
from engagement.period import Period
from engagement.standing import Standing


@dataclass(frozen=True)
class Timeline:
    """One student's year up to `today`, and where each of their enrolments stands.

    `now` is the window of the rating, `before` an equally long run of taught days just before it.
    """

    id: str
    given_name: str
    family_name: str
    today: date
    standings: tuple[Standing, ...]
    weeks: tuple[Week, ...]
    gaps: tuple[Gap, ...]
    now: Period | None
    before: Period | None

    @property
    def name(self) -> str:
        """The name as it is said."""
        return f"{self.given_name} {self.family_name}"

"""One student's academic year, as the tutor and the student see it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from engagement.facts import Away, Facts, Gap
from engagement.lanes import Stretch
from engagement.marks import Mark
from engagement.period import Period
from engagement.score_line import Line, Middle
from engagement.standing import Standing
from engagement.suggestion import Suggestion
from engagement.view import View


@dataclass(frozen=True)
class Timeline:
    """One student's year up to `today`, and where each of their enrolments stands.

    `now` is the window of the rating, `before` an equally long run of taught days just before it, `inside` all
    days of the view so far; `suggestions` to talk are the latest first. `stretches`, `lines`, `marks`,
    `middle` and `away` are what the view lets one see.
    """

    id: str
    given_name: str
    family_name: str
    today: date
    standings: tuple[Standing, ...]
    facts: Facts
    view: View
    stretches: tuple[Stretch, ...]
    now: Period | None
    before: Period | None
    inside: Period | None = None
    suggestions: tuple[Suggestion, ...] = ()
    lines: tuple[Line, ...] = ()
    marks: tuple[Mark, ...] = ()
    middle: tuple[Middle, ...] = ()
    away: tuple[Away, ...] = ()

    @property
    def name(self) -> str:
        """The name as it is said."""
        return f"{self.given_name} {self.family_name}"

    def marked(self, further: Iterable[Mark]) -> "Timeline":
        """The same year with further marks in their places."""
        return replace(self, marks=tuple(sorted((*self.marks, *further), key=lambda mark: mark.on)))

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The gaps of the feeds, of the module that is looked at."""
        module = self.view.module
        return tuple(gap for gap in self.facts.gaps if None in (module, gap.module) or gap.module == module)

"""A tutor's overview: one row for each tutee, and who is looked at first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from engagement.measure import Rating
from engagement.standing import Standing
from engagement.suggestion import Suggestion
from policy.engagement import Engagement


class Attention(IntEnum):
    """Why somebody is looked at sooner or later, in that order. Missing is never low: it comes after Partial.

    WAITING is a suggestion to talk without action for some working days: no answer, or confirmed and no offer.
    """

    WAITING = 0
    SUGGESTED = 1
    VERY_LOW = 2
    LOW = 3
    FALL = 4
    PARTIAL = 5
    NOT_ENOUGH = 6
    GOOD = 7
    HIGH = 8


_ATTENTION = {
    Rating.VERY_LOW: Attention.VERY_LOW,
    Rating.LOW: Attention.LOW,
    Rating.PARTIAL: Attention.PARTIAL,
    Rating.NOT_ENOUGH: Attention.NOT_ENOUGH,
    Rating.GOOD: Attention.GOOD,
    Rating.HIGH: Attention.HIGH,
}


@dataclass(frozen=True)
class Deadline:
    """Work that is due and not handed in, on the day that holds for the student."""

    title: str
    module: str
    on: date


@dataclass(frozen=True)
class Tutee:
    """One tutee on one course. `id` is the opaque one that links show; `attention` places them in the list."""

    id: str
    given_name: str
    family_name: str
    standing: Standing
    deadline: Deadline | None
    attention: Attention
    suggestions: tuple[Suggestion, ...] = ()

    @property
    def name(self) -> str:
        """The name as it is said."""
        return f"{self.given_name} {self.family_name}"

    @property
    def may_need_a_conversation(self) -> bool:
        """Whether it is suggested, or the rating is low or has fallen sharply in a week. A person decides."""
        return self.attention <= Attention.FALL


def attention(standing: Standing, suggestions: Sequence[Suggestion], rules: Engagement) -> Attention:
    """The place of a tutee in the list: by what is suggested and nobody has acted on, else by where they stand."""
    waiting = [one for one in suggestions if one.without_action and not one.hidden]
    if any(one.waited >= rules.suggestions.working_days for one in waiting):
        return Attention.WAITING
    if any(one.unanswered for one in waiting):
        return Attention.SUGGESTED
    return _by_rating(standing, rules.attention.sharp_fall)


def _by_rating(standing: Standing, sharp_fall: int) -> Attention:
    """`sharp_fall` is in points in one week."""
    usual = _ATTENTION[standing.rating]
    fallen = standing.change is not None and standing.change <= -100 * sharp_fall
    return min(usual, Attention.FALL) if fallen else usual


def by_attention(tutees: Iterable[Tutee]) -> list[Tutee]:
    """Who needs attention first; within the same need by family name."""
    return sorted(tutees, key=lambda t: (t.attention, t.family_name.casefold(), t.given_name.casefold()))

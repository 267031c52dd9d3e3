"""A tutor's overview: one row for each tutee, and who is looked at first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from engagement.measure import Rating
from engagement.standing import Standing


class Attention(IntEnum):
    """Why somebody is looked at sooner or later, in that order. Missing is never low: it comes after Partial."""

    VERY_LOW = 0
    LOW = 1
    FALL = 2
    PARTIAL = 3
    NOT_ENOUGH = 4
    GOOD = 5
    HIGH = 6


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

    @property
    def name(self) -> str:
        """The name as it is said."""
        return f"{self.given_name} {self.family_name}"

    @property
    def may_need_a_conversation(self) -> bool:
        """Whether the rating is low, or has fallen sharply in a week. A person decides."""
        return self.attention <= Attention.FALL


def attention(standing: Standing, sharp_fall: int) -> Attention:
    """The place of a standing in the list; `sharp_fall` is in points in one week."""
    usual = _ATTENTION[standing.rating]
    fallen = standing.change is not None and standing.change <= -100 * sharp_fall
    return min(usual, Attention.FALL) if fallen else usual


def by_attention(tutees: Iterable[Tutee]) -> list[Tutee]:
    """Who needs attention first; within the same need by family name."""
    return sorted(tutees, key=lambda t: (t.attention, t.family_name.casefold(), t.given_name.casefold()))

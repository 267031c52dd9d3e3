"""The overview of the four systems: how they stand, what their loads brought, and what they did not tell."""

from collections.abc import Sequence
from datetime import datetime

from components import sources_cards, sources_gaps, sources_loads
from engagement.feeds import Feed, Load, Silence, Unmatched
from policy.days import london_day


def show(
    feeds: Sequence[Feed],
    loads: Sequence[Load],
    gaps: Sequence[Silence],
    keys: Sequence[Unmatched],
    more: int,
    at: datetime,
) -> None:
    """All of it; `more` is how many keys there are in all."""
    sources_cards.show(feeds, at)
    sources_loads.show(loads, london_day(at))
    sources_gaps.days(gaps)
    sources_gaps.keys(keys, more)

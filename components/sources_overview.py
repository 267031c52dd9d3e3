"""The overview of the four systems: how they stand, what their loads brought, and what they did not tell."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

import streamlit as st

from components import sources_cards, sources_gaps, sources_loads
from engagement.feeds import Feed, Load, Silence, Unmatched
from engagement.gap_decisions import Decision
from policy.days import london_day


def show(
    feeds: Sequence[Feed],
    loads: Sequence[Load],
    gaps: Sequence[Silence],
    keys: Sequence[Unmatched],
    more: int,
    at: datetime,
) -> Decision | None:
    """All of it; `more` is how many keys there are in all. The gap that was recorded or taken back in this run."""
    sources_cards.show(feeds, at)
    sources_loads.show(loads, london_day(at))
    decided = sources_gaps.days(gaps, london_day(at))
    sources_gaps.keys(keys, more)
    return decided


@contextmanager
def rating(decided: Decision) -> Iterator[Callable[[int, int], None]]:
    """A progress bar for as long as it takes, of `report(done, total)`; then what came of it, and what stands now."""
    bar = st.progress(0.0, "Rating again")

    def report(done: int, total: int) -> None:
        bar.progress(min(done / total, 1.0) if total else 1.0, "Rating again")

    try:
        yield report
    finally:
        bar.empty()
    st.toast(decided.done, icon=":material/check:")
    st.rerun()

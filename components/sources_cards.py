"""A card for each of the four systems: whether it is on time, its last load, and how far its data reach."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from components import sources_words
from components.plain import plain
from engagement import words
from engagement.feeds import Feed


def show(feeds: Sequence[Feed], at: datetime) -> None:
    """The cards, two in a row where there is room."""
    for pair in (feeds[:2], feeds[2:]):
        for place, feed in zip(st.columns(2), pair, strict=True):
            with place.container(border=True, height="stretch"):
                _card(feed, at)


def _card(feed: Feed, at: datetime) -> None:
    st.markdown(f"**{feed.system.words}** {sources_words.state(feed, at)}")
    if feed.last is None or feed.up_to is None:
        st.markdown("Nothing has been loaded yet. Load a file here, or let a scheduled job do it.")
        st.caption(f"{sources_words.allowed(feed)}.")
        return
    st.markdown(
        f"Last load: {sources_words.moment(feed.last.at)}, by {plain(sources_words.by(feed.last))}  \n"
        f"Data up to: {words.short_day(feed.up_to)}  \n"
        f"It brought: {sources_words.brought(feed.last)}"
    )
    waits = f" · {words.of(feed.waiting, 'fault')} waiting" if feed.waiting else ""
    st.caption(f"{sources_words.allowed(feed)}{waits}.")

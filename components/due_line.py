"""What waits for information compliance, in one line above each of their pages, with the way to it."""

from datetime import datetime
from pathlib import Path

import streamlit as st

from privacy.due import Due


def show(due: Due, requests: Path, reviews: Path, at: datetime) -> None:
    """The counts, and a link to the page of requests and to that of reviews; nothing where nothing waits."""
    said = [
        f":red-badge[Now] {sentence}" if grave else f":orange-badge[Due] {sentence}"
        for grave, sentence in due.sentences(at)
    ]
    if not said:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="due-line"):
        st.markdown("  \n".join(said))
        if due.requests:
            st.page_link(requests, label="Requests and deadlines", icon=":material/inbox:")
        if due.emergencies:
            st.page_link(reviews, label="Reviews", icon=":material/emergency:")

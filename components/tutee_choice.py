"""From one tutee to the next: back to the list, the one before or after in it, or any by name."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from components.plain import plain
from engagement.tutee import Tutee


def turn(tutees: Sequence[Tutee], current: str, overview: Path) -> str | None:
    """A link back to the list and buttons to the neighbours in it; the id of the neighbour chosen."""
    names = _names(tutees)
    before, after = _neighbours(list(names), current)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link(overview, label="My tutees", icon=":material/arrow_back:")
        back = _step("Previous", ":material/chevron_left:", before, names)
        onward = _step("Next", ":material/chevron_right:", after, names)
    return back or onward


def another(tutees: Sequence[Tutee], current: str) -> str | None:
    """All tutees by name; the id of another one, where one is chosen."""
    names = _names(tutees)
    ids = list(names)
    chosen: str | None = st.selectbox(
        "Show another tutee",
        ids,
        index=ids.index(current) if current in names else None,
        format_func=names.__getitem__,
        placeholder="Choose a tutee",
        key=f"tutee-{current}",  # a new box for each student: what was chosen on the last page is past
    )
    return chosen if chosen != current else None


def _neighbours(ids: list[str], current: str) -> tuple[list[str], list[str]]:
    """The one before and the one after, each alone in a list or missing; neither for somebody not in it."""
    if current not in ids:
        return [], []
    here = ids.index(current)
    return ids[:here][-1:], ids[here + 1 :][:1]


def _names(tutees: Sequence[Tutee]) -> dict[str, str]:
    return {tutee.id: tutee.name for tutee in tutees}


def _step(word: str, icon: str, to: Sequence[str], names: dict[str, str]) -> str | None:
    """A button to a neighbour in the list; there is none at either end."""
    label = f"{word}: {plain(names[to[0]])}" if to else word
    return to[0] if st.button(label, icon=icon, type="tertiary", key=word, disabled=not to) and to else None


def nobody(overview: Path) -> None:
    """What the page says when its address names no student."""
    st.title("Engagement timeline", anchor=False)
    st.markdown(
        "This page shows one tutee's academic year week by week. Choose a tutee on the page My tutees."
    )
    st.page_link(overview, label="My tutees", icon=":material/arrow_back:")

"""A student's own next days: what counts just now, what is missing in it, and what could help next."""

from collections.abc import Sequence

import streamlit as st

from components.plain import plain

NOTHING = "Nothing is waiting for you that we know of."


def counts(days: str, counted: Sequence[str], missing: Sequence[str]) -> None:
    """What the sources tell of these days, and where they tell nothing."""
    st.header("What counts, and what is missing", anchor=False)
    if days:
        st.markdown(days)
    _points(counted)
    _points(missing or ["Nothing that we expect is missing."])


def next_steps(steps: Sequence[str], classes: Sequence[str]) -> None:
    """What is due or was missed, and the timetable of the coming days, a line for each."""
    st.header("What could help next", anchor=False)
    _points(steps or [NOTHING])
    if classes:
        st.markdown("**In the timetable of your modules, the next seven days:**")
        _points(classes)


def _points(of: Sequence[str]) -> None:
    if of:
        st.markdown("\n".join(f"- {plain(one)}" for one in of))

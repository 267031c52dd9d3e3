"""How fresh the data are: one line at the end of every page about a student."""

from collections.abc import Sequence

import streamlit as st

from engagement import words
from engagement.freshness import Freshness


def show(systems: Sequence[Freshness]) -> None:
    """`Data up to: Student records Sun 22 Nov · … · Attendance: no feed yet`."""
    st.caption("Data up to: " + " · ".join(_of(system) for system in systems))


def _of(fresh: Freshness) -> str:
    if fresh.up_to is None:
        return f"{fresh.system.words}: no feed yet"
    return f"{fresh.system.words} {words.short_day(fresh.up_to)}"

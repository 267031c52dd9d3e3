"""The heading of a page about one student: name, course, stage and mode of study."""

from pathlib import Path

import streamlit as st

from components.plain import plain
from engagement import words
from engagement.standing import Standing
from engagement.timeline import Timeline


def show(timeline: Timeline) -> None:
    """Who this is about."""
    st.title(plain(timeline.name), anchor=False)
    st.markdown(studies(timeline.standings))


def onward(timeline: Timeline, support: Path) -> None:
    """The way to what is talked about and agreed with this student."""
    asked = {"student": timeline.id}
    st.page_link(support, label="Support plans", icon=":material/handshake:", query_params=asked)


def studies(standings: tuple[Standing, ...]) -> str:
    """The courses: `BA History, stage 2, full-time`."""
    return words.listed(f"{plain(s.course)}, stage {s.stage}, {s.mode}" for s in standings)

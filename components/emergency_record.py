"""What is open of one student in an emergency: who it is, until when, ways to them, who tutors them, their weeks."""

from datetime import datetime

import streamlit as st

from components import heading, timeline_chart, timeline_choice, timeline_table
from components.plain import plain
from engagement import looking, words
from engagement.timeline import Timeline
from policy import Policy
from policy.days import LONDON
from privacy.break_glass import EndNow, Opening, Running


def banner(running: Running, at: datetime) -> str:
    """What stands above every page while it runs."""
    minutes = -(-int((running.ends_at - at).total_seconds()) // 60)
    return (
        f"**Emergency access is open until {until(running)}**, for another {words.of(minutes, 'minute')}. "
        "What you open is written down, reviewed by somebody else, and told to the student."
    )


def until(running: Running) -> str:
    """`10:42`, in London."""
    return f"{running.ends_at.astimezone(LONDON):%H:%M}"


def show(running: Running, timeline: Timeline, reach: Opening, ours: Policy) -> EndNow | None:
    """The record; the decision to close it."""
    heading.show(timeline)
    closed = st.button("Close it now", icon=":material/lock:", key=f"emergency-end-{running.id}")
    with st.container(border=True):
        st.markdown("**How to reach them**  \n" + "  \n".join(_ways(reach)))
    title, view = st.container(), timeline_choice.chosen(timeline, ours.calendar, score=False)
    seen = looking.at(timeline, view, (), ours.calendar, ours.engagement)
    with title:
        timeline_chart.title(seen, figures=True)
    if days := timeline_chart.show(seen, drag=timeline_choice.drags()):
        timeline_choice.go(days, ours.calendar)
        st.rerun()
    timeline_table.show(seen)
    return EndNow(running.id) if closed else None


def _ways(reach: Opening) -> list[str]:
    ways = [f"{plain(kind.capitalize())}: {plain(value)}" for kind, value in reach.contact]
    ways = ways or ["No contact detail is held."]
    tutors = words.listed(plain(name) for name in reach.tutors)
    return [*ways, f"Personal tutor: {tutors}" if tutors else "No personal tutor is named."]

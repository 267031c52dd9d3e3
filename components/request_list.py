"""The open requests in the order in which they are due, and what is over, in counts."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from components.plain import plain
from components.plan_words import full
from engagement import words
from privacy.case import Case
from privacy.case_counts import Counted

_SOON = 7


def show(cases: Sequence[Case], today: date) -> str | None:
    """One line for each, what is past its day said above all; the reference of the one to be opened."""
    chosen: str | None = None
    late = sum(case.overdue(today) for case in cases)
    if late:
        st.error(
            f"{words.of(late, 'request is', 'requests are')} past the day of the answer.",
            icon=":material/alarm:",
        )
    if not cases:
        st.info("No request is open.")
    for case in cases:
        with st.container(border=True, key=f"waiting-{case.reference}"):
            said, way = st.columns([5, 1], vertical_alignment="center")
            said.markdown(
                f"{due(case, today)} **{case.what}** · {plain(case.student)}  \n{case.reference}, "
                f"received on {full(case.received)}. {case.state.words}.{_for_whom(case)}"
            )
            if way.button("Open", icon=":material/arrow_forward:", key=f"open-{case.reference}"):
                chosen = case.reference
    return chosen


def due(case: Case, today: date) -> str:
    """A badge: by when, or since when it waits for the student."""
    if case.waits_since:
        return f":gray-badge[waits for the student since {words.day(case.waits_since)}]"
    if case.days.due is None:
        return ":red-badge[no day: bank holidays are missing]"
    left = (case.days.due - today).days
    when = f"due {words.day(case.days.due)}"
    if left < 0:
        return f":red-badge[{when}, {words.of(-left, 'day')} ago]"
    colour = "orange" if left <= _SOON else "blue"
    days = f"in {words.of(left, 'day')}" if left else "today"
    return f":{colour}-badge[{when}, {days}]"


def over(counts: Sequence[Counted], since: date) -> None:
    """What ended since then, by kind: how many, in time, how long, and how; nobody's name is in it."""
    st.markdown(f"Requests that ended since {full(since)}. No name is in these figures.")
    if not counts:
        st.info("None has ended in this time.")
        return
    st.table(
        {
            "What was asked": [one.kind.words for one in counts],
            "Ended": [str(one.number) for one in counts],
            "In time": [f"{one.in_time} of {one.number}" for one in counts],
            "Half within": [words.of(one.days, "day") for one in counts],
            "How": [", ".join(f"{state.words} {number}" for state, number in one.ends) for one in counts],
        }
    )


def _for_whom(case: Case) -> str:
    return (
        " About the information compliance team: for the data protection officer." if case.about_team else ""
    )

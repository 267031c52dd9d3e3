"""Students passed on to a senior tutor: who, why and by whom, the way to their record, and the end of it."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from components import escalation_box
from components.plain import plain
from components.plan_words import full
from engagement.suggestion import SAID, Suggestion
from policy.days import london_day
from support.escalation import Escalation
from support.escalation_decisions import End

NOTHING = (
    "No student is passed on to you at present. When a personal tutor asks you to help with a student, the student "
    "stands here with the reason, and you can read what their tutor reads until one of you ends it."
)
CHOOSE = "This page shows one student who was passed on to you. Choose one on the page Tutoring overview."


def show(passed: Sequence[Escalation], page: Path, terms: Sequence[str]) -> tuple[str, End] | None:
    """A card for each, who waits longest first, or what will stand here; the student's id and how it ended.

    `page` shows the student's record, `terms` are the words of policy that look sensitive.
    """
    st.header("Passed on to you", anchor=False)
    if not passed:
        st.info(NOTHING, icon=":material/inbox:")
    decided: tuple[str, End] | None = None
    for one in passed:
        with st.container(border=True, key=f"passed-on-{one.id}"):
            st.markdown(f"**{plain(one.student)}**, {plain(one.course)}  \n{why(one)}")
            st.page_link(
                page,
                label=f"Timeline, plans and notes of {plain(one.student)}",
                icon=":material/timeline:",
                query_params={"student": one.student_id},
            )
            ended = escalation_box.end(
                "Say what came of it, and end it", one.student, terms, key=f"end-{one.id}"
            )
            decided = (one.student_id, ended) if ended else decided
    return decided


def why(one: Escalation) -> str:
    """By whom, since when, and the reason."""
    since = full(london_day(one.raised_at))
    return f"Passed on by {plain(one.raised_by)} on {since}: “{plain(one.reason)}”"


def nobody(overview: Path) -> None:
    """What the page of one student says when its address names none."""
    st.title("Student passed on to me", anchor=False)
    st.markdown(CHOOSE)
    st.page_link(overview, label="Tutoring overview", icon=":material/arrow_back:")


def suggestions(found: Sequence[Suggestion]) -> None:
    """The suggestions to talk that wait for the tutor, to be read."""
    for one in found:
        if one.asks:
            since = full(london_day(one.raised_at))
            st.markdown(f"**Suggestion to talk.** {plain(one.sentence)}  \nSince {since}: {SAID[one.state]}")

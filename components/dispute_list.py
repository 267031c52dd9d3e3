"""What a student has said is wrong: what it was, what they said, and what became of it."""

from collections.abc import Sequence

import streamlit as st

from components.plain import plain
from components.plan_words import full
from engagement import words
from policy.days import london_day
from privacy.dispute import LEFT_OUT, Dispute, Kind, State
from privacy.dispute_decisions import TakeBack

_NOTHING = "You have not said of any record that it is wrong."


def show(disputes: Sequence[Dispute], routes: str) -> TakeBack | None:
    """Each, the latest first; what was taken back in this run. `routes` are the ways to complain."""
    if not disputes:
        st.markdown(_NOTHING)
    taken = None
    for one in disputes:
        with st.container(border=True, key=f"dispute-{one.reference}"):
            st.markdown(f"**{plain(one.about)}**  \n{_stands(one)}")
            st.markdown(_said(one))
            if one.state is State.KEPT:
                st.markdown(f"The reasons: “{plain(one.answer)}”")
                with st.expander("If you do not agree", icon=":material/gavel:"):
                    st.text(routes)
            if one.told:
                told = words.listed(plain(name) for name in one.told)
                st.caption(
                    f"Also told that it was put right: {told}, with whom part of your plan was shared."
                )
            if one.state is State.DISPUTED and st.button("Let it stand", key=f"let-{one.reference}"):
                taken = TakeBack(one.reference)
    return taken


def _said(one: Dispute) -> str:
    own = f" “{plain(one.text)}”" if one.text else ""
    recorded = "" if one.kind is Kind.NOTE else f"Recorded then: {plain(one.value)}. "
    return f"{recorded}You say: {plain(one.claim)}.{own}"


def _stands(one: Dispute) -> str:
    since, last = london_day(one.raised_at), london_day(one.steps[-1].at if one.steps else one.raised_at)
    match one.state:
        case State.DISPUTED:
            meanwhile = (
                "Your rating is worked out without it." if one.kind in LEFT_OUT else "It is marked so."
            )
            due = f" You hear by {full(one.due)}." if one.due else ""
            return f"Disputed since {full(since)}. {meanwhile}{due} Your request is {one.request}."
        case State.CORRECTED if one.kind is Kind.NOTE:
            return f"Put right on {full(last)}: a correction stands below the note."
        case State.CORRECTED:
            return f"Put right on {full(last)}. It is now: {plain(one.now)}."
        case State.KEPT:
            return f"Kept as it was, on {full(last)}. Your words stay with the record."
        case State.TAKEN_BACK:
            return f"You let it stand, on {full(last)}."

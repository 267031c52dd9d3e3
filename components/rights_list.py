"""A student's requests: where each stands, when it is due and why then, its letters, and what is left unused."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from components.plain import plain
from components.plan_words import full
from components.rights_words import USES, moment, unused
from privacy.bank_holidays import BankHolidays
from privacy.case import Case, Unused
from privacy.case_decisions import Answer, Own, TakeBack, UseAgain
from privacy.clock_words import explained
from privacy.request import Kind, State

_WAITS = frozenset({State.CLARIFYING, State.ID_PENDING, State.MORE_INFO})
_OPEN_TO_TAKE_BACK = frozenset({State.OUTCOME, State.REVIEWED})
_LONGEST = 4_000


def show(cases: Sequence[Case], left_out: Sequence[Unused], holidays: BankHolidays) -> Own | None:
    """Every request, the latest first, below what is left unused at present; what was decided in this run."""
    decided: Own | None = _left_out(left_out)
    if not cases:
        st.markdown("You have not asked for anything yet. The part Ask and object says what you can ask for.")
    for case in cases:
        with st.container(border=True, key=f"case-{case.reference}"):
            decided = _one(case, holidays) or decided
    return decided


def _left_out(of: Sequence[Unused]) -> UseAgain | None:
    decided = None
    if not of:
        return None
    with st.container(border=True, key="left-unused"):
        st.markdown("**Your data are kept and not used for some things, as you asked**")
        for one in of:
            text, button = st.columns([4, 1], vertical_alignment="center")
            text.markdown(plain_but_bold(unused(one)))
            if button.button("Use again", key=f"use-again-{one.purpose}", help=USES[one.purpose]):
                decided = UseAgain(one.purpose)
    return decided


def plain_but_bold(text: str) -> str:
    """The text letter by letter, but for the two stars around its beginning, which are ours."""
    _, said, rest = text.split("**", 2)
    return f"**{plain(said)}**{plain(rest)}"


def _one(case: Case, holidays: BankHolidays) -> Own | None:
    st.markdown(f"**{case.what}** · {case.reference}  \n{_stands(case)}")
    if case.text:
        st.markdown(f"“{plain(case.text)}”")
    decided: Own | None = None
    if case.state in _WAITS:
        decided = _asked_back(case)
    for letter in case.letters:
        with st.expander(
            f"Letter of {moment(letter.sent_at)}: {letter.state.words.lower()}", icon=":material/mail:"
        ):
            st.text(letter.text)
    with st.expander("Each step, and how the day was worked out", icon=":material/history:"):
        st.markdown(explained(case, holidays))
        st.markdown("\n".join(f"- {_step(one.at, one.state, one.by, one.why)}" for one in case.steps))
    open_still = case.ended_at is None and case.state not in _OPEN_TO_TAKE_BACK
    if open_still and st.button("Take it back", key=f"take-back-{case.reference}"):
        decided = TakeBack(case.reference)
    return decided


def _stands(case: Case) -> str:
    said = f"{case.state.words}. Received on {full(case.received)}."
    if case.ended_at is not None:
        return said
    if case.waits_since:
        return f"{said} It waits for you since {full(case.waits_since)}; the time to answer stands still."
    if case.days.due is None:
        return said
    if case.kind is Kind.COMPLAINT:
        return f"{said} You next hear of it by {full(case.days.due)}."
    return f"{said} You have the answer by the end of {full(case.days.due)}."


def _asked_back(case: Case) -> Answer | None:
    with st.form(f"answer-{case.reference}-{len(case.steps)}"):
        st.markdown("**You are asked something.** The question is in the last letter.")
        text = st.text_area("Your answer", max_chars=_LONGEST, height=100) or ""
        if not st.form_submit_button("Send the answer", type="primary"):
            return None
    if not text.strip():
        st.error("Please write your answer first.")
        return None
    return Answer(case.reference, text)


def _step(at: datetime, state: State, by: str, why: str) -> str:
    who = f" ({plain(by)})" if by else ""
    said = f" {plain(' '.join(why.split()))}" if why else ""
    return f"{moment(at)}: {state.words.lower()}{who}.{said}"

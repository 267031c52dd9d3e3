"""Ask and object: what a student can ask for, what happens then, and the form for it."""

from collections.abc import Sequence

import streamlit as st

from components.rights_words import AFTERWARDS, CHOICES, USES
from privacy.case import Case
from privacy.case_decisions import Ask
from privacy.purposes import Purpose
from privacy.request import Kind

_LONGEST = 4_000
_LABELS = {
    Kind.ACCESS: "If you like: what interests you most",
    Kind.ERASURE: "What should be erased, and why",
    Kind.RESTRICTION: "If you like: why",
    Kind.OBJECTION: "If you like: what in your situation speaks against it",
    Kind.EQUALITY_STOP: "If you like: anything that you want to say",
    Kind.COMPLAINT: "What happened",
}
_NEEDED = frozenset({Kind.ERASURE, Kind.COMPLAINT})


def show(cases: Sequence[Case]) -> Ask | None:
    """The choice and the form of what was chosen; what was asked in this run. `cases` are the student's own."""
    kind = st.radio(
        "What would you like to ask for?", list(CHOICES), index=None, format_func=CHOICES.__getitem__
    )
    st.caption(
        "Something is wrong? That goes faster in the part Correct. What you have agreed to you withdraw on "
        "the page My consent. Whatever you ask for, it has no disadvantage for you."
    )
    if kind is None:
        return None
    st.markdown(AFTERWARDS[kind])
    if running := [one for one in cases if one.kind is kind and one.ended_at is None and not one.marks_by]:
        st.info(f"You have asked for this already: {running[0].reference}. It is in the part Requests.")
    with st.form(f"ask-{kind}-{len(cases)}"):
        purposes = _purposes() if kind is Kind.OBJECTION else ()
        text = st.text_area(_LABELS[kind], max_chars=_LONGEST, height=120) or ""
        about, about_team = _complaint(cases) if kind is Kind.COMPLAINT else ("", False)
        if not st.form_submit_button("Send", type="primary"):
            return None
    if kind is Kind.OBJECTION and not purposes:
        st.error("Please choose at least one use of your data.")
        return None
    if kind in _NEEDED and not text.strip():
        st.error("Please say in a few words what it is about.")
        return None
    return Ask(kind, text, purposes, about_team, about)


def _purposes() -> tuple[Purpose, ...]:
    st.markdown("My data should not be used for:")
    return tuple(purpose for purpose, said in USES.items() if st.checkbox(said, key=f"object-{purpose}"))


def _complaint(cases: Sequence[Case]) -> tuple[str, bool]:
    """The request that it is about, and whether it is about whoever answers requests."""
    about = ""
    if cases:
        kinds = {case.reference: f"{case.kind.words} ({case.reference})" for case in cases}
        chosen = st.selectbox(
            "If it is about a request of yours: which one",
            list(kinds),
            index=None,
            format_func=kinds.__getitem__,
            placeholder="None of them",
        )
        about = chosen or ""
    team = st.checkbox(
        "It is about the information compliance team itself",
        help="Then the data protection officer answers it, and the team does not see it.",
    )
    return about, team

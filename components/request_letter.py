"""The letter that an officer prepares: which, why, in what words, and the whole of it as it will be sent."""

from datetime import date

import streamlit as st

from components.plan_words import full
from policy.institution import Institution
from privacy import letters
from privacy.bank_holidays import BankHolidays
from privacy.case import Case
from privacy.case_decisions import Send
from privacy.clock_words import due_after, extend_by
from privacy.refusal_grounds import Ground, grounds
from privacy.request import State, following

_LABELS = {
    State.ID_PENDING: "Ask who it was that asked",
    State.CLARIFYING: "Ask what is meant; the clock stands still",
    State.EXTENDED: "Take the longer time",
    State.FULFILLED: "Done",
    State.PARTLY_FULFILLED: "Done in part, with reasons",
    State.REFUSED: "Not done, with reasons",
    State.ACKNOWLEDGED: "Confirm the receipt",
    State.MORE_INFO: "Ask something",
    State.OUTCOME: "The answer",
    State.REVIEWED: "The answer after another look",
}
_NOTES = {
    State.ID_PENDING: "Only with a reasonable doubt. Whoever asked on the page My data is signed in, and known.",
    State.CLARIFYING: "Only where a large amount of information is held about the student, and never as a "
    "matter of course. Say why you need to know. What is clear already goes on meanwhile.",
}
_DENIED = frozenset({State.REFUSED, State.PARTLY_FULFILLED})
_LONGEST = 6_000


def show(case: Case, ours: Institution, holidays: BankHolidays, today: date) -> Send | None:
    """Every letter that can follow, and the one that is being prepared; the decision once it is to be sent."""
    can = [state for state in _LABELS if state in following(case.kind, case.state) & letters.LETTERS]
    last = extend_by(case, holidays)
    if State.EXTENDED in can and (last is None or today > last):
        can.remove(State.EXTENDED)
    if not can:
        return None
    st.subheader("Write to the student", anchor=False)
    key = f"letter-{case.reference}-{len(case.steps)}"
    state = st.radio("Which letter", can, index=None, format_func=_LABELS.__getitem__, key=key)
    if state is None:
        return None
    if note := _NOTES.get(state):
        st.caption(note)
    if state is State.EXTENDED and last:
        st.caption(f"For a complex request, or several. The student must have this letter by {full(last)}.")
    ground = _ground(case, key) if state in _DENIED else None
    said = st.text_area("In your words", max_chars=_LONGEST, height=140, key=f"{key}-{state}") or ""
    st.markdown("**The letter as it will be sent**")
    with st.container(border=True):
        due = due_after(case, state, today, holidays)
        st.text(letters.letter(case, state, ground, said, due, ours, today))
    if st.button("Send this letter", type="primary", icon=":material/send:", key=f"{key}-send"):
        return Send(state, ground, said)
    return None


def _ground(case: Case, key: str) -> Ground | None:
    chosen: Ground | None = st.selectbox(
        "The ground in law",
        list(grounds(case.kind)),
        index=None,
        format_func=lambda ground: f"{ground.value}: {ground.words}",
        placeholder="Choose one",
        key=f"{key}-ground",
    )
    return chosen

"""The letter that an officer prepares: which, why, in what words, and the whole of it as it will be sent."""

from datetime import date

import streamlit as st

from components.plan_words import full
from policy.institution import Institution
from privacy import letters, marks
from privacy.bank_holidays import BankHolidays
from privacy.case import Case
from privacy.case_decisions import Send
from privacy.clock_words import due_after, extend_by
from privacy.marks import Awaited
from privacy.refusal_grounds import Ground, grounds
from privacy.request import Kind, State, following

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
_ANSWERED = frozenset({State.FULFILLED, State.PARTLY_FULFILLED, State.EXTENDED})
_NO_MARKS, _ON_A_DAY, _NO_DAY = "None", "Announced on a day that is known", "No day is known"
_LONGEST = 6_000


def show(case: Case, ours: Institution, holidays: BankHolidays, today: date) -> Send | None:
    """Every letter that can follow, and the one that is being prepared; the decision once it is to be sent."""
    can = [state for state in _LABELS if state in following(case.kind, case.state) & letters.LETTERS]
    last = extend_by(case, holidays)
    if State.EXTENDED in can and (last is None or today > last):
        can.remove(State.EXTENDED)
    if State.CLARIFYING in can and case.marks_by:
        can.remove(State.CLARIFYING)
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
    awaited = _awaited(case, state, key, today)
    st.markdown("**The letter as it will be sent**")
    with st.container(border=True):
        due = due_after(case, state, today, holidays)
        st.text(letters.letter(case, state, ground, said, due, ours, today, awaited))
    if st.button("Send this letter", type="primary", icon=":material/send:", key=f"{key}-send"):
        return Send(state, ground, said, awaited)
    return None


def _awaited(case: Case, state: State, key: str, today: date) -> Awaited | None:
    """The marks that were asked for too and are still to be announced."""
    if case.kind is not Kind.ACCESS or state not in _ANSWERED or case.marks_by:
        return None
    asked = st.radio(
        "Marks that were asked for and are not announced yet",
        (_NO_MARKS, _ON_A_DAY, _NO_DAY),
        horizontal=True,
        key=f"{key}-marks",
    )
    if asked == _NO_MARKS:
        st.caption("None of those is in the copy: no system sends a mark here before its release.")
        return None
    day: date | None = None
    if asked == _ON_A_DAY:
        day = st.date_input("Announced on", None, format="DD/MM/YYYY", width=260, key=f"{key}-results")
        if day is None:
            return None
    found = marks.awaited(case.received, day, today)
    if found is None:
        st.caption("They are announced by now, so they are due with everything else.")
    else:
        st.caption(
            f"They are owed by {full(found.by)}. The letter says so, and they stay in the list as a request of their "
            "own until they are answered."
        )
    return found


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

"""What an officer does about a request without a letter: the next step, progress, and a receipt put right."""

from datetime import date, datetime, time

import streamlit as st

from policy.days import LONDON
from privacy import letters
from privacy.case import Case
from privacy.case_clock import changed_on
from privacy.case_decisions import Announced, Go, Progress, Received
from privacy.request import State, following

_LABELS = {
    State.IN_PROGRESS: "Begin to answer",
    State.RECEIVED: "It is known who asked",
    State.REVIEW: "The answer is ready to be checked",
    State.INVESTIGATING: "Look into it",
    State.CLOSED: "Close it",
    State.WITHDRAWN: "The student took it back",
}
_RESUMED = {
    State.ID_PENDING: "It is known who asked, and it is being answered",
    State.CLARIFYING: "The student has answered",
    State.MORE_INFO: "The student has answered",
    State.REVIEW: "It needs more work",
}


def show(case: Case, today: date, at: datetime) -> Go | Progress | Received | Announced | None:
    """The steps that can follow, a note, and the receipt; what was decided in this run."""
    st.subheader("Steps", anchor=False)
    decided: Go | Progress | Received | Announced | None = _go(case, today)
    decided = _progress(case) or decided
    return (_announced(case) if case.marks_by else _received(case, at)) or decided


def _go(case: Case, today: date) -> Go | None:
    can = [state for state in _LABELS if state in following(case.kind, case.state) - letters.LETTERS]
    if case.state in {State.INVESTIGATING, State.EXTENDED}:
        can = [state for state in can if state is not case.state]
    if not can:
        return None
    key = f"go-{case.reference}-{len(case.steps)}"
    with st.form(key):
        state = st.radio("What happened", can, format_func=lambda one: _label(case, one))
        on = st.date_input(
            "On", today, min_value=changed_on(case.moves), max_value=today, format="DD/MM/YYYY", width=200
        )
        why = st.text_input("If there is something to say; the student reads it") or ""
        if not st.form_submit_button("Write it down") or not isinstance(on, date):
            return None
    return Go(state, on, why)


def _label(case: Case, state: State) -> str:
    if state in {State.IN_PROGRESS, State.INVESTIGATING} and case.state in _RESUMED:
        return _RESUMED[case.state]
    return _LABELS[state]


def _progress(case: Case) -> Progress | None:
    with (
        st.expander(
            "Tell the student how it goes on", icon=":material/forum:", key=f"progress-{case.reference}"
        ),
        st.form(f"progress-{case.reference}-{len(case.steps)}", border=False),
    ):
        why = st.text_area("What has happened since", height=80) or ""
        if not st.form_submit_button("Tell them") or not why.strip():
            return None
    return Progress(why)


def _announced(case: Case) -> Announced | None:
    """The day of the announcement, once it is known, or known better: the marks may be owed sooner."""
    with (
        st.expander(
            "The day on which the marks are announced",
            icon=":material/event_available:",
            key=f"announced-{case.reference}",
        ),
        st.form(f"announced-{case.reference}-{len(case.steps)}", border=False),
    ):
        on = st.date_input("Announced on", None, format="DD/MM/YYYY", width=200)
        if not st.form_submit_button("Work out the day") or not isinstance(on, date):
            return None
    return Announced(on)


def _received(case: Case, at: datetime) -> Received | None:
    """Another moment of the receipt: a request counts from when it reached anybody of the university."""
    before = case.received_at.astimezone(LONDON)
    with (
        st.expander(
            "It was received at another time",
            icon=":material/edit_calendar:",
            key=f"received-{case.reference}",
        ),
        st.form(f"received-{case.reference}-{len(case.steps)}", border=False),
    ):
        st.caption("A request to anybody of the university counts from then, in whatever way it came.")
        received_at = moment_of("Received", before, at)
        why = st.text_input("How you know") or ""
        if not st.form_submit_button("Put it right"):
            return None
    if not why.strip():
        st.error("Please say how you know.")
        return None
    return Received(received_at, why) if received_at else None


def moment_of(label: str, before: datetime, at: datetime) -> datetime | None:
    """A day and a time of day in London, in a form; None while one of them is empty."""
    left, right = st.columns(2)
    today = at.astimezone(LONDON).date()
    on = left.date_input(f"{label} on", before.date(), max_value=today, format="DD/MM/YYYY")
    clock = right.time_input("At", before.time().replace(second=0, microsecond=0))
    if not isinstance(on, date) or not isinstance(clock, time):
        return None
    return datetime.combine(on, clock, LONDON)

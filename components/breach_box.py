"""Breaches of personal data: the clock of each, what was decided, and the form for a new one."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from components.plain import plain
from components.request_step import moment_of
from components.rights_words import moment
from engagement import words
from policy.days import LONDON
from privacy.breach import NEXT, Known, NewBreach, OfBreach, State

_LABELS = {
    State.REPORTED: "The regulator was told",
    State.NOT_REPORTED: "It need not be reported",
    State.CLOSED: "Close it",
}
_HOUR = 3_600


def show(breaches: Sequence[Known], at: datetime) -> NewBreach | OfBreach | None:
    """Every breach, and a new one; what was decided in this run."""
    st.markdown(
        "Data that were lost, changed or seen by somebody they are not for. Unless nobody is likely to be "
        "harmed, the regulator is told within 72 hours of when the university knew: by the clock, weekends "
        "and holidays included."
    )
    decided: NewBreach | OfBreach | None = None
    for one in breaches:
        with st.container(border=True, key=f"breach-{one.id}"):
            decided = _one(one, at) or decided
    with st.expander("Write a breach down", icon=":material/add_alert:", key="breach-new"):
        return _new(len(breaches), at) or decided


def _one(one: Known, at: datetime) -> OfBreach | None:
    about = f" About {words.of(one.people, 'person', 'people')}." if one.people is not None else ""
    st.markdown(
        f"{clock(one, at)} known since {moment(one.aware_at)}  \n{plain(one.what)}{about}\n\n"
        + "\n".join(
            f"- {moment(step.at)}: {step.state.words.lower()} ({plain(step.by)}). {plain(step.why)}"
            for step in one.steps
        )
    )
    can = [state for state in _LABELS if state in NEXT[one.state]]
    if not can:
        return None
    key = f"breach-{one.id}-{len(one.steps)}"
    with st.expander("What was decided", key=key), st.form(f"{key}-form", border=False):
        state = st.radio("Decision", can, format_func=_LABELS.__getitem__)
        why = st.text_area("Why, and what was done for the people concerned", height=80) or ""
        if not st.form_submit_button("Write it down"):
            return None
    if not why.strip():
        st.error("Please say why, in a few words.")
        return None
    return OfBreach(one.id, state, why)


def clock(one: Known, at: datetime) -> str:
    """A badge: the hours that are left, or what was decided."""
    if one.state is not State.OPEN:
        return f":gray-badge[{one.state.words}]"
    left = (one.due_at - at).total_seconds()
    if left < 0:
        return f":red-badge[72 hours were over on {moment(one.due_at)}]"
    return f":orange-badge[{words.of(int(left // _HOUR), 'hour')} left, until {moment(one.due_at)}]"


def _new(number: int, at: datetime) -> NewBreach | None:
    with st.form(f"breach-new-{number}", border=False):
        what = st.text_area("What happened; no names", height=80) or ""
        people = st.number_input("How many people, if known", min_value=0, value=None, step=1, width=300)
        aware_at = moment_of("Known", at.astimezone(LONDON), at)
        if not st.form_submit_button("Write it down") or aware_at is None:
            return None
    if not what.strip():
        st.error("Please say what happened, in a few words.")
        return None
    return NewBreach(what, None if people is None else int(people), aware_at)

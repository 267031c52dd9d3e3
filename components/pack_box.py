"""A student's copy on an officer's page: the texts that may speak of others, what is covered, and the next step."""

from datetime import datetime
from urllib.parse import urlencode

import streamlit as st

from components import pack_text
from components.copies import ADDRESS
from components.plain import plain
from engagement import words
from policy.days import LONDON
from privacy.pack_decisions import Begin, Check, Decision, Issue, SendBack, Withdraw
from privacy.pack_state import Copy, State


def show(copy: Copy | None, student_id: str, at: datetime) -> Decision | None:
    """Where the copy stands and what can be done with it now; what was decided in this run."""
    over = copy is not None and copy.state is State.ISSUED and not copy.opens(at)
    if copy is None or over:
        return _none(over)
    st.markdown(stands(copy))
    match copy.state:
        case State.LOOKED_AT:
            return _looking(copy)
        case State.CHECKED:
            return _checked(copy)
        case State.ISSUED | State.WITHDRAWN:
            if copy.passed_on:
                _to_pass_on(copy, student_id)
            return _end(copy)


def stands(copy: Copy) -> str:
    """`Begun on 23 November 2026, 10:00. 2 texts may speak of others; 1 is still to be decided about.`"""
    waiting = sum(not one.covers for one in copy.flagged)
    match copy.state:
        case State.LOOKED_AT:
            found = f"{words.of(len(copy.flagged), 'text')} may speak of others; {waiting} still to be decided about"
            begun = f"Begun on {_when(copy.begun_at)}."
            return f"{begun} {found if copy.flagged else 'No text seems to speak of others'}."
        case State.CHECKED:
            return f"Checked by {plain(copy.checked_by)}. Another officer looks at it again and issues it."
        case State.ISSUED:
            whose = "The link" if copy.passed_on else "The student’s link"
            return f"Issued. {whose} opens until {_when(copy.ends_at)}."
        case State.WITHDRAWN:
            return "Withdrawn."


def _none(over: bool) -> Begin | None:
    st.markdown("The link of the last copy has ended." if over else "No copy has been begun.")
    return Begin() if st.button("Begin a copy", icon=":material/folder_zip:", key="pack-begin") else None


def _looking(copy: Copy) -> Decision | None:
    decided: Decision | None = None
    for one in copy.flagged:
        decided = pack_text.ask(copy.id, one) or decided
    ready = st.button(
        "Everything was looked at",
        icon=":material/done_all:",
        type="primary",
        disabled=not copy.decided,
        help="A colleague looks at it once more. First decide about every text.",
    )
    return Check(copy.id) if ready else decided or _end(copy)


def _checked(copy: Copy) -> Decision | None:
    for one in copy.flagged:
        pack_text.decided(one)
    if copy.by_viewer:
        st.info("You checked it, so a colleague issues it.", icon=":material/group:")
        return _end(copy)
    issue = st.button("Issue it to the student", icon=":material/send:", type="primary", key="pack-issue")
    return Issue(copy.id) if issue else _back(copy) or _end(copy)


def _to_pass_on(copy: Copy, student_id: str) -> None:
    st.info(
        "This student cannot sign in any more. Make sure of who it is that you hand it to, and send it in a way that "
        "nobody else can read. What was sealed stays closed in it. That you fetched it is written down.",
        icon=":material/person_off:",
    )
    st.link_button(
        "Download the copy to pass it on (ZIP)",
        f"{ADDRESS.format(id=copy.id)}?{urlencode({'student': student_id})}",
        icon=":material/folder_zip:",
    )


def _back(copy: Copy) -> SendBack | None:
    with st.popover("Send back", icon=":material/undo:"), st.form("pack-back", border=False):
        why = st.text_input("What is to be looked at again", max_chars=300)
        return SendBack(copy.id, why) if st.form_submit_button("Send back") else None


def _end(copy: Copy) -> Withdraw | None:
    with st.popover("Withdraw", icon=":material/block:"), st.form("pack-withdraw", border=False):
        why = st.text_input("Why it is withdrawn", max_chars=300)
        return Withdraw(copy.id, why) if st.form_submit_button("Withdraw the copy") else None


def _when(moment: datetime | None) -> str:
    return f"{moment.astimezone(LONDON):%-d %B %Y, %H:%M}" if moment else ""

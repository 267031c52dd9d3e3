"""A request that came by e-mail, by post or spoken, to anybody of the university: the form that enters it."""

from collections.abc import Callable, Sequence
from datetime import datetime

import streamlit as st

from components import withdrawal_enter
from components.request_step import moment_of
from components.rights_words import AFTERWARDS, USES
from policy.days import LONDON
from privacy.case_decisions import Enter
from privacy.consent_record import Standing
from privacy.purposes import Purpose
from privacy.request import Channel, Kind

_CHANNELS = [channel for channel in Channel if channel is not Channel.HERE]
_KINDS = [*AFTERWARDS, Kind.RECTIFICATION, Kind.CONSENT_WITHDRAWAL]
_LONGEST = 8_000


def show(standing: Callable[[str], Sequence[Standing]], at: datetime) -> Enter | None:
    """The form; the request once it is to be entered.

    `standing` gives the consents that stand or wait of whoever has a number in student records.
    """
    st.markdown(
        "A request counts from the moment it reached anybody of the university, in whatever way and words "
        "it came. Only the very number of student records finds a student here."
    )
    kind = st.selectbox(
        "What is asked for", _KINDS, index=None, format_func=lambda one: one.words, key="enter-kind"
    )
    if kind is None:
        return None
    if kind is Kind.CONSENT_WITHDRAWAL:
        return withdrawal_enter.show(standing, at)
    with st.form(f"enter-{kind}"):
        key = st.text_input("Number in student records", width=300) or ""
        channel = st.radio("How it came", _CHANNELS, format_func=lambda one: one.words, horizontal=True)
        received_at = moment_of("Received", at.astimezone(LONDON), at)
        text = st.text_area("What it says", max_chars=_LONGEST, height=160) or ""
        purposes = _purposes() if kind is Kind.OBJECTION else ()
        team = kind is Kind.COMPLAINT and st.checkbox("It is about the information compliance team itself")
        if not st.form_submit_button("Enter it", type="primary") or received_at is None:
            return None
    if not key.strip() or not text.strip():
        st.error("Please give the number in student records, and what the request says.")
        return None
    if kind is Kind.OBJECTION and not purposes:
        st.error("Please choose at least one use that is objected to.")
        return None
    return Enter(key, kind, channel, text, received_at, purposes, team)


def _purposes() -> tuple[Purpose, ...]:
    st.markdown("What is objected to:")
    return tuple(one for one in USES if st.checkbox(one.words, key=f"enter-{one}"))

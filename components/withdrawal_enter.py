"""A consent refused or taken back by e-mail, by post or spoken: which, and the form that ends it at once."""

from collections.abc import Callable, Sequence
from datetime import datetime

import streamlit as st

from components.plain import plain
from components.plan_words import full
from components.request_step import moment_of
from policy.days import LONDON, london_day
from privacy.case_decisions import Enter
from privacy.consent_record import Standing
from privacy.request import Channel, Kind

_CHANNELS = [channel for channel in Channel if channel is not Channel.HERE]


def show(standing: Callable[[str], Sequence[Standing]], at: datetime) -> Enter | None:
    """The number, the consents that stand or wait, and the form; the request once it is to be entered.

    `standing` gives those of whoever has a number in student records.
    """
    st.markdown(
        "It takes effect as soon as you enter it. One that was only asked for is refused; where one had been given, "
        "what was written is shut, and nobody reads it any more. The student finds it on their page. Who is signed "
        "in does the same on the page My consent."
    )
    key = (st.text_input("Number in student records", width=300, key="withdrawal-key") or "").strip()
    if not key:
        return None
    found = standing(key)
    if not found:
        st.info("No consent stands or waits under that number.")
        return None
    with st.form(f"withdrawal-{key}-{len(found)}"):
        st.markdown("Which is refused or taken back:")
        chosen = tuple(one.id for one in found if _ticked(one, alone=len(found) == 1))
        channel = st.radio("How it came", _CHANNELS, format_func=lambda one: one.words, horizontal=True)
        received_at = moment_of("Received", at.astimezone(LONDON), at)
        text = st.text_area("What it says", height=120) or ""
        if not st.form_submit_button("End it now", type="primary") or received_at is None:
            return None
    if not chosen or not text.strip():
        st.error("Please choose which consent is refused or taken back, and write what the request says.")
        return None
    return Enter(key, Kind.CONSENT_WITHDRAWAL, channel, text, received_at, consents=chosen)


def _ticked(one: Standing, *, alone: bool) -> bool:
    day = full(london_day(one.since))
    stands = f"waiting since {day}" if one.waits else f"given on {day}"
    said = f"Asked for by {plain(one.tutor)}, {stands}, until {full(one.last_day)} at the latest"
    return st.checkbox(said, value=alone, key=f"withdrawal-{one.id}")

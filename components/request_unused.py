"""The uses of data that a request stopped, for whoever decides about each of them: kept so, or ended after notice."""

from datetime import datetime, timedelta

import streamlit as st

from components.plain import plain
from components.rights_words import moment
from privacy.case import Case, Unused
from privacy.case_decisions import Announce, Lift

_SHORTEST = 15


def show(case: Case, notice_days: int, at: datetime) -> Announce | Lift | None:
    """Each use that is left out; what was decided about one in this run."""
    if not case.unused:
        return None
    st.subheader("Not used at present", anchor=False)
    st.markdown(
        "Staff do not see the student for these purposes, and not why. Each stays so unless you decide "
        "otherwise, with reasons; the student is told first."
    )
    decided: Announce | Lift | None = None
    for one in case.unused:
        with st.container(border=True, key=f"unused-{one.purpose}"):
            st.markdown(f"**{one.purpose.words}**: not since {moment(one.begun_at)}")
            decided = _one(case, one, notice_days, at) or decided
    return decided


def _one(case: Case, one: Unused, notice_days: int, at: datetime) -> Announce | Lift | None:
    key = f"unused-{case.reference}-{one.purpose}"
    if one.told_at is None:
        with st.expander("Use the data for this again", key=key), st.form(f"{key}-form", border=False):
            why = (
                st.text_area("Why: the compelling legitimate grounds, for the student to read", height=80)
                or ""
            )
            if not st.form_submit_button("Tell the student"):
                return None
        if len(" ".join(why.split())) < _SHORTEST:
            st.error(f"Please write at least {_SHORTEST} characters. The student reads it.")
            return None
        return Announce(one.purpose, why)
    ready = one.told_at + timedelta(days=notice_days)
    st.markdown(f"The student was told on {moment(one.told_at)}: “{plain(one.why)}”")
    if at < ready:
        st.caption(f"It can end from {moment(ready)} on.")
        return None
    return Lift(one.purpose) if st.button("Use the data again now", key=f"{key}-lift") else None

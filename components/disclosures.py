"""The register of disclosures for information compliance: what was given outside, and a form to write one down."""

from collections.abc import Sequence
from datetime import date

import pandas as pd
import streamlit as st

from policy.days import LONDON
from privacy.disclosed import SHORTEST, Disclosed, Ground, Record

NOTHING = "Nothing has been given to an organisation outside the university."
_GROUNDS = {ground.words: ground for ground in Ground}


def show(found: Sequence[Disclosed], today: date) -> Record | None:
    """A line for each, the latest first, and the form; what is to be written down."""
    if found:
        st.dataframe(pd.DataFrame([_row(one) for one in found]), hide_index=True)
    else:
        st.info(NOTHING, icon=":material/outgoing_mail:")
    with st.expander("Write a disclosure down", icon=":material/edit_note:", expanded=not found):
        return _form(len(found), today)


def _row(one: Disclosed) -> dict[str, str]:
    return {
        "Given": f"{one.given_on:%d %b %Y}",
        "Student": one.student,
        "To": one.recipient,
        "What": one.items,
        "Ground": one.ground.words,
        "It rests on": one.evidence,
        "Written down": f"{one.recorded_at.astimezone(LONDON):%d %b %Y}, {one.recorded_by}",
        "Approved by": one.approved_by,
        "The student sees it from": f"{one.shown_from:%d %b %Y}",
    }


def _form(written: int, today: date) -> Record | None:
    """`written` is how many there are, so that another form begins once one is written down."""
    with st.form(f"disclosure-{written}", border=False):
        key = st.text_input(
            "The student’s number in student records",
            max_chars=64,
            autocomplete="off",
            help="The whole number. Nobody is searched for by name here.",
        )
        recipient = st.text_input("Organisation that received it", max_chars=200)
        items = st.text_area(
            "What was given", height=68, max_chars=1000, help="Which data, not the data themselves."
        )
        said = st.radio("On which ground", list(_GROUNDS), index=None)
        evidence = st.text_input(
            "What it rests on",
            max_chars=400,
            help=f"At least {SHORTEST} characters: the action agreed to, or the provision of law and its reference.",
        )
        given_on = st.date_input("Day it was given", today, max_value=today, format="DD/MM/YYYY")
        later = st.date_input(
            "Show it to the student only from", None, format="DD/MM/YYYY", help="Blank: at once."
        )
        why_later = st.text_input("Why not before", max_chars=400)
        if not st.form_submit_button("Write it down", type="primary"):
            return None
    if not (key or "").strip() or said is None or given_on is None:
        st.error("Please give the student’s number, the ground and the day.")
        return None
    texts = recipient or "", items or "", _GROUNDS[said], evidence or ""
    return Record(key or "", *texts, given_on, later, why_later or "")

"""The form that declares an emergency, with what it opens and what follows said before."""

import streamlit as st

from privacy.break_glass import SHORTEST, Declare, Ground

_GROUNDS = {ground.words: ground for ground in Ground}


def show(opened: int) -> Declare | None:
    """The form; the decision. `opened` is how many are open, so that another form begins once one is."""
    st.markdown(
        "For when somebody may come to harm, or the law demands it, before whoever is responsible can be asked. It "
        "opens one student’s name, contact details and weeks to you for 60 minutes: no notes, no plans, nothing "
        "sensitive. In danger to life ring 999 first."
    )
    st.markdown(
        "- Information compliance sees it at once and reviews it within two working days.\n"
        "- The student is told who looked, and why, unless information compliance records why that must wait.\n"
        "- You cannot open the same student again for a day. If it takes longer, a colleague opens them."
    )
    with st.form(f"emergency-{opened}", width=640):
        key = st.text_input(
            "The student’s number in student records",
            max_chars=64,
            autocomplete="off",
            help="The whole number. Nobody is searched for by name here.",
        )
        said = st.radio("What is it about?", list(_GROUNDS), index=None)
        why = st.text_area(
            "What has happened?",
            height=90,
            max_chars=1000,
            help=f"At least {SHORTEST} characters. Whoever reviews it reads this; the student can ask for it.",
        )
        if not st.form_submit_button("Open the record for 60 minutes", type="primary"):
            return None
    if not (key or "").strip() or said is None:
        st.error("Please give the student’s number and choose what it is about.")
        return None
    return Declare(key or "", _GROUNDS[said], why or "")

"""Sensitive notes: consent asked of a tutee, and what is written under it once they have said yes."""

import streamlit as st

from auth.refusals import Refusal
from auth.sessions import asking
from components import consent_tutor, support_lists
from components.plain import plain
from data_access import consent_decisions, consents, plan_actions, plans, sensitive_notes, shares, tutees
from pages import FOLDER
from policy.days import london_day

HERE, SUPPORT = FOLDER / "tutor/consent.py", FOLDER / "tutor/support.py"

viewer, at = asking()
student = st.query_params.get("student")
mine = tutees.in_order(viewer, at)

if not student:
    st.title("Sensitive notes", anchor=False)
    st.markdown(consent_tutor.WHY)
    if chosen := support_lists.choose(mine):
        st.switch_page(HERE, query_params={"student": chosen})
else:
    asked = consents.of(viewer, student, at)
    name = next(one.name for one in mine if one.id == student)
    st.title(f"Sensitive notes about {plain(name)}", anchor=False)
    there = {"student": student}
    st.page_link(SUPPORT, label="Support plans", icon=":material/arrow_back:", query_params=there)
    refused = st.container()
    choices = consent_tutor.Choices(
        plans.of(viewer, student, at),
        plan_actions.advisers(viewer, student, at),
        shares.of(viewer, student, at),
    )
    notes = {one.id: sensitive_notes.of(viewer, student, one.id, at) for one in asked if one.readable}
    decided = consent_tutor.show(asked, notes, choices, name, london_day(at))
    try:
        if decided:
            consent_decisions.carry_out(viewer, student, decided, at)
            st.toast(decided.done, icon=":material/check:")
            st.rerun()
    except Refusal as refusal:
        refused.error(refusal.sentence)

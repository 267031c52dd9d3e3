"""Releases: what was built and waits for a second person, with what the attacker found, and what managers see."""

import streamlit as st

from auth.refusals import Refusal
from auth.sessions import asking
from components import release_box
from data_access import release_audits, release_decisions, releases
from privacy.releases import State

viewer, at = asking()

st.title("Releases", anchor=False)
st.markdown(
    "Figures for equality monitoring are built by a job and seen by managers once a second person has approved them. "
    "Approve one when its census and its rules are right; the weeks after an approved census follow it by themselves."
)
refused = st.container()
approved = [one for one in releases.all_of(viewer, at) if one.state is State.APPROVED]
try:
    if decision := release_box.show(release_audits.waiting(viewer, at), approved):
        decide = release_decisions.approve if decision.approve else release_decisions.withdraw
        decide(viewer, decision.release, at)
        st.toast("Approved." if decision.approve else "Out of sight.", icon=":material/check:")
        st.rerun()
except Refusal as refusal:
    refused.error(refusal.sentence)

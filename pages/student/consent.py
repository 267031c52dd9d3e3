"""My consent: what sensitive information a student has agreed to, decided and taken back by nobody else."""

import streamlit as st

from auth.refusals import Refusal
from auth.sessions import asking
from components import consent_cards
from data_access import accounts, consent_decisions, consents, sensitive_notes

viewer, at = asking()
mine = consents.of(viewer, None, at)
notes = {one.id: sensitive_notes.of(viewer, None, one.id, at) for one in mine if one.readable}

with st.container(width=820):
    st.title("My consent", anchor=False)
    st.markdown(
        "Sensitive information is only ever written down with your consent. Here you give it, refuse it, "
        "or take it back."
    )
    refused = st.container()
    decided = consent_cards.show(mine, notes, accounts.own(viewer, at).name)
try:
    if decided:
        consent_decisions.carry_out(viewer, None, decided, at)
        st.toast(decided.done, icon=":material/check:")
        st.rerun()
except Refusal as refusal:
    refused.error(refusal.sentence)

"""Shared with me: the actions that tutors have shared with an adviser, and the word back about each."""

import streamlit as st

import policy
from auth.refusals import Refusal
from auth.sessions import asking
from components import consent_news as over
from components import correction_news as news
from components import shared_with_me as cards
from data_access import consent_news, correction_news, sensitive_notes, shared_with_me, support_decisions
from policy.days import london_day

viewer, at = asking()
shared = shared_with_me.mine(viewer, at)
students = {one.student_id for one in shared}
extracts = [
    one for student in sorted(students) for one in sensitive_notes.shared_with_me(viewer, student, at)
]

with st.container(width=820):
    st.title("Shared with me", anchor=False)
    refused = st.container()
    over.show(consent_news.of(viewer, at))
    news.show(correction_news.of(viewer, at))
    decided = cards.show(shared, extracts, policy.current().plans.tripwire.terms, london_day(at))

try:
    if decided:
        support_decisions.carry_out(viewer, decided.student_id, decided, at)
except Refusal as refusal:
    refused.error(refusal.sentence)
else:
    if decided:
        st.toast(decided.done, icon=":material/check:")
        st.rerun()

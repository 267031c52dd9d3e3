"""My support: conversations with the personal tutor, plans that are agreed, notes of both, and where else to turn."""

import streamlit as st

import policy
from auth.refusals import Refusal
from auth.sessions import asking
from components import disputed_here, freshness, student_support, support
from components.plan_choices import Choices
from data_access import disputes, sources, support_decisions, support_records
from pages import FOLDER

viewer, at = asking()
record, ours = support_records.of(viewer, None, at), policy.current()
choices, seen = Choices((), ours.support, ours.plans), st.session_state.setdefault("begun", {})

st.title("My support", anchor=False)
st.markdown(
    "What you and your personal tutor talk about and agree stands here, and both of you read the same. "
    "You decide whether you want a conversation or a plan; declining changes nothing else."
)
disputed_here.told(disputes.own(viewer, at))
refused = st.container()
decided = student_support.show(record, choices, seen, st.query_params.get("part"), at)
asked = {"wrong": "note"}
st.page_link(
    FOLDER / "student/data.py", label="Something is wrong here", icon=":material/report:", query_params=asked
)
support.show(ours.support)
freshness.show(sources.freshness(viewer, at))
try:
    if decided:
        support_decisions.carry_out(viewer, None, decided, at)
        st.toast(decided.done, icon=":material/check:")
        st.rerun()
except Refusal as refusal:
    refused.error(refusal.sentence)

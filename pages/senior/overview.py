"""Tutoring overview: how far support reaches, in counts by tutor, and the students passed on to me."""

import streamlit as st

import policy
from auth.refusals import Refusal
from auth.sessions import asking
from components import coverage_table, freshness, passed_on
from data_access import coverage, escalations, sources, support_decisions
from pages import FOLDER

viewer, at = asking()
found, passed = coverage.by_tutor(viewer, at), escalations.to_me(viewer, at)
ours = policy.current()

st.title("Tutoring overview", anchor=False)
st.markdown(
    "Whether every student has a tutor, and whether tutors and students are in touch. These are counts, and nothing "
    "of what anybody wrote or said; a student is named to you only when their tutor passes them on to you."
)
coverage_table.headline(found)
refused = st.container()
decided = passed_on.show(passed, FOLDER / "senior/student.py", ours.plans.tripwire.terms)
coverage_table.show(found, ours.engagement.suggestions.working_days)
freshness.show(sources.freshness(viewer, at))

try:
    if decided:
        student, ended = decided
        support_decisions.carry_out(viewer, student, ended, at)
except Refusal as refusal:
    refused.error(refusal.sentence)
else:
    if decided:
        st.toast(decided[1].done, icon=":material/check:")
        st.rerun()

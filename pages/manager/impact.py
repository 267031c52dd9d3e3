"""Support impact: how far support came after suggestions this year, and what can be told of a difference it made."""

import streamlit as st

import policy
from auth.sessions import asking
from components import impact, impact_words
from data_access import published
from engagement.published import Family

viewer, at = asking()
figures = published.figures(viewer, Family.IMPACT, at)

with st.container(width=820):
    st.title("Support impact", anchor=False)
    if figures is None:
        st.info(impact_words.EMPTY)
    else:
        ours = policy.current()
        impact.show(figures, ours.impact, ours.engagement.suggestions.working_days)

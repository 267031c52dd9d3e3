"""My tutees: who may need a conversation this week, and why."""

import streamlit as st

from auth.sessions import asking
from components import freshness, tutee_filter, tutee_table
from data_access import going_on, sources, tutees
from engagement import sentences
from pages import FOLDER
from policy.days import london_day

viewer, at = asking()
mine = tutees.overview(viewer, at)

st.title("My tutees", anchor=False)
st.markdown(sentences.summary(mine))
if mine:
    today = london_day(at)
    shown = tutee_filter.narrowed(mine, going_on.by_student(viewer, at), today)
    if chosen := tutee_table.choose(shown, today, "timeline"):
        st.switch_page(FOLDER / "tutor/timeline.py", query_params={"student": chosen.id})
freshness.show(sources.freshness(viewer, at))

"""My engagement: a student's own year, in their own terms, with the same facts as their tutor sees."""

import streamlit as st

import policy
from auth.sessions import asking
from components import explanation, freshness, heading, timeline_chart, timeline_table
from data_access import sources, timelines
from engagement import comparison, sentences

viewer, at = asking()
mine = timelines.year(viewer, None, at)

st.title("My engagement", anchor=False)
st.markdown(heading.studies(mine.standings))
st.markdown(comparison.own(mine))
timeline_chart.show(mine)
timeline_table.show(mine)
explanation.show(mine.standings, policy.current().engagement, sentences.same_facts(mine.standings))
freshness.show(sources.freshness(viewer, at))

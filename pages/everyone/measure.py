"""How the rating works: the rules in force in plain words, for everybody and before sign-in too."""

import streamlit as st

import policy
from components import measure_example, measure_sections, measure_text, support
from engagement import rules

# Opens to strangers: nothing here asks who is looking, and nothing but policy is read.
ours = policy.current()

with st.container(width=820):
    st.title(measure_sections.TITLE, anchor=False)
    measure_text.sentences([rules.PURPOSE])
    st.caption(measure_sections.version(ours.engagement))
    for section in measure_sections.above(ours.engagement, ours.calendar):
        measure_text.section(section)

measure_text.section(measure_sections.TRY)
measure_example.show(ours.engagement)

with st.container(width=820):
    for section in measure_sections.below(ours.engagement):
        measure_text.section(section)
    support.show(ours.support)

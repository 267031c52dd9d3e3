"""Cohort engagement: how ratings are distributed, week by week, from the university down to a course's stages."""

import streamlit as st

from auth.sessions import asking
from components import cohorts, equality_choice, release_files
from data_access import releases
from privacy.releases import NOBODY, Cohort, State

viewer, at = asking()
weeks = [
    one
    for one in reversed(releases.all_of(viewer, at))
    if one.state is State.APPROVED and one.cohort is Cohort.WEEK
]

with st.container(width=980):
    st.title("Cohort engagement", anchor=False)
    st.markdown(cohorts.WHAT)
    if weeks:
        last = weeks[-1]
        nodes = releases.nodes(viewer, last.id, at)
        node = equality_choice.node(nodes)
        series = releases.series(viewer, weeks, node.id, NOBODY, at)
        cohorts.show(node.name, [(week, steps[0].cells[0]) for week, steps in series])
        cohorts.below(last, releases.beneath(viewer, last.id, node.id, NOBODY, at))
        release_files.show(last, node)
        cohorts.source(last)
    else:
        st.info(cohorts.EMPTY)

"""How we responded: suggestions, offers, meetings and plans by group, from approved releases alone."""

import streamlit as st

from auth.sessions import asking
from components import equality, equality_choice, release_files, response
from data_access import releases
from privacy import release_words
from privacy.releases import Cohort, State

viewer, at = asking()
found = [
    one for one in releases.all_of(viewer, at) if one.state is State.APPROVED and one.cohort is Cohort.CENSUS
]

with st.container(width=980):
    st.title("How we responded", anchor=False)
    if found:
        with st.container(horizontal=True):
            release = equality_choice.release(found)
            node = equality_choice.node(releases.nodes(viewer, release.id, at))
            dimension = equality_choice.dimension()
        tables = releases.tables(viewer, release.id, node.id, at, dimension)[dimension]
        response.show(release, equality_choice.step(tables))
        release_files.show(release, node)
        equality.source(release)
    else:
        st.info(release_words.EMPTY)

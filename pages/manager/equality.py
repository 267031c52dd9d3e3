"""Equality monitoring: shares and gaps by characteristic, from approved releases alone."""

import streamlit as st

from auth.sessions import asking
from components import equality, equality_choice, equality_words
from data_access import releases

viewer, at = asking()
found = releases.all_of(viewer, at)

with st.container(width=900):
    st.title("Equality monitoring", anchor=False)
    if not found:
        st.info(equality_words.EMPTY)
    else:
        with st.container(horizontal=True):
            release = equality_choice.release(found)
            node = equality_choice.node(releases.nodes(viewer, release.id, at))
        chosen = equality_choice.chosen()
        tables = releases.tables(viewer, release.id, node, at)
        one, glance, response, trend = st.tabs(
            ["One characteristic", "All at a glance", "How we responded", "Trend"]
        )
        with one:
            equality.one(tables[chosen.dimension], chosen)
        with glance:
            equality.glance(tables, chosen.measure)
        with response:
            equality.response(tables[chosen.dimension])
        with trend:
            series = releases.series(viewer, found, node, chosen.dimension, at)
            equality.trend(series, chosen.measure)
        with st.expander("What this means", icon=":material/help:"):
            st.markdown(equality_words.MEANS)
        equality.source(release)

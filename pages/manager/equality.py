"""Equality monitoring: shares and gaps by characteristic, from approved releases alone."""

import streamlit as st

from auth.sessions import asking
from components import (
    equality,
    equality_choice,
    equality_funnel,
    equality_heat,
    equality_trend,
    release_files,
)
from data_access import releases
from privacy import release_words
from privacy.releases import MEASURES, Cohort, State

viewer, at = asking()
found = [
    one
    for one in releases.all_of(viewer, at)
    if one.state is State.APPROVED and one.cohort is not Cohort.WEEK
]

with st.container(width=980):
    st.title("Equality monitoring", anchor=False)
    if found:
        with st.container(horizontal=True):
            release = equality_choice.release(found)
            node = equality_choice.node(releases.nodes(viewer, release.id, at))
        tables = releases.tables(viewer, release.id, node.id, at)
        with st.container(horizontal=True):
            measure = equality_choice.measure(release, tables)
            dimension = equality_choice.dimension()
        one, glance, trend, courses = st.tabs(["One characteristic", "All at a glance", "Trend", "Courses"])
        beneath = releases.under(viewer, release.id, node.id, dimension, measure.name, at)
        with one:
            table = equality_choice.step(tables[dimension])
            equality.one(release, table, measure, beneath)
        with glance:
            measures = [each for each in MEASURES[release.cohort] if each.name in table.cells[0].shares]
            equality_heat.show({name: steps[-1] for name, steps in tables.items()}, measures)
        with trend:
            alike = [
                each for each in reversed(found) if (each.cohort, each.rule) == (release.cohort, release.rule)
            ]
            series = releases.series(viewer, alike, node.id, dimension, at)
            equality_trend.show([(each, steps[-1]) for each, steps in series], measure)
        with courses:
            equality_funnel.show(table.cells[0], beneath, measure)
        with st.expander("What this means", icon=":material/help:"):
            st.markdown(release_words.MEANS)
        release_files.show(release, node)
        equality.source(release)
    else:
        st.info(release_words.EMPTY)

"""Equality monitoring: shares and gaps by characteristic, from approved releases alone."""

import streamlit as st

from auth.sessions import asking
from components import (
    equality,
    equality_choice,
    equality_funnel,
    equality_heat,
    equality_trend,
    parts,
    release_files,
)
from data_access import releases
from privacy import release_words
from privacy.releases import Cohort, State

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
        here = viewer, release.id, node.id
        with st.container(horizontal=True):
            dimension = equality_choice.dimension()
            tables = releases.tables(*here, at, dimension)[dimension]
            measure = equality_choice.measure(release, tables)
        part, place = parts.open_one("One characteristic", "All at a glance", "Trend", "Courses")
        with place:
            match part:
                case "One characteristic":
                    table = equality_choice.step(tables)
                    courses = releases.under(*here, dimension, table.step, measure.name, at)
                    equality.one(release, table, measure, courses)
                case "All at a glance":
                    every = {name: steps[-1] for name, steps in releases.tables(*here, at).items()}
                    equality_heat.show(every, equality_choice.told(release, tables))
                case "Trend":
                    alike = [one for one in reversed(found) if release_words.alike(one, release)]
                    series = releases.series(viewer, alike, node.id, dimension, at)
                    equality_trend.show([(each, steps[-1]) for each, steps in series], measure)
                case _:
                    whole = tables[-1]
                    courses = releases.under(*here, dimension, whole.step, measure.name, at)
                    equality_funnel.show(whole.cells[0], courses, measure)
        with st.expander("What this means", icon=":material/help:"):
            st.markdown(release_words.MEANS)
        release_files.show(release, node)
        equality.source(release)
    else:
        st.info(release_words.EMPTY)

"""Engagement timeline: one tutee's year, where they stand, and how that was worked out."""

import streamlit as st

import policy
from auth.sessions import asking
from components import (
    explanation,
    freshness,
    heading,
    rating_badge,
    timeline_chart,
    timeline_table,
    tutee_choice,
)
from data_access import sources, timelines, tutees
from engagement import comparison
from pages import FOLDER

OVERVIEW, TIMELINE = FOLDER / "tutor/tutees.py", FOLDER / "tutor/timeline.py"

viewer, at = asking()
student = st.query_params.get("student")

if not student:
    tutee_choice.nobody(OVERVIEW)
else:
    mine = tutees.in_order(viewer, at)
    neighbour = tutee_choice.turn(mine, student, OVERVIEW)
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with right:
        named = tutee_choice.another(mine, student)
    if chosen := neighbour or named:
        st.switch_page(TIMELINE, query_params={"student": chosen})
    timeline = timelines.year(viewer, student, at)
    with left:
        heading.show(timeline)
    for standing in timeline.standings:
        rating_badge.show(standing)
    timeline_chart.show(timeline, comparison.figures(timeline))
    timeline_table.show(timeline)
    explanation.show(timeline.standings, policy.current().engagement)
freshness.show(sources.freshness(viewer, at))

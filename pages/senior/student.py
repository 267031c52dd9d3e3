"""Student passed on to me: what the tutor reads of them, to be read until it is ended."""

import streamlit as st

import policy
from auth.sessions import asking
from components import (
    explanation,
    freshness,
    heading,
    passed_on,
    rating_badge,
    support_reading,
    timeline_part,
)
from components.suggestion_box import earlier
from data_access import cohorts, escalations, notes, plans, sources, timelines
from pages import FOLDER

OVERVIEW = FOLDER / "senior/overview.py"

viewer, at = asking()
student, ours = st.query_params.get("student"), policy.current()

if not student:
    passed_on.nobody(OVERVIEW)
else:
    timeline = timelines.year(viewer, student, at)
    st.page_link(OVERVIEW, label="Tutoring overview", icon=":material/arrow_back:")
    heading.show(timeline)
    for one in escalations.of(viewer, student, at):
        if one.runs:
            st.markdown(passed_on.why(one))
    for standing in timeline.standings:
        rating_badge.show(standing, timeline)
    passed_on.suggestions(timeline.suggestions)
    title, view = timeline_part.chosen(timeline, ours, score=True)
    middle = cohorts.middle_half(viewer, student, view.module, at) if view.others else ()
    timeline_part.show(title, timeline, view, middle, ours, figures=True)
    explanation.show(timeline.standings, ours.engagement)
    earlier(timeline.suggestions)
    theirs = plans.of(viewer, student, at), notes.of(viewer, student, at)
    support_reading.show(*theirs, ours.plans, timeline.today)
    freshness.show(sources.freshness(viewer, at))

"""Engagement timeline: one tutee's year, where they stand, and how that was worked out."""

import streamlit as st

import policy
from auth.refusals import Refusal
from auth.sessions import asking
from components import (
    explanation,
    freshness,
    heading,
    rating_badge,
    suggestion_box,
    timeline_part,
    tutee_choice,
)
from components.suggestion_box import Answered, PutAway
from data_access import cohorts, sources, suggestion_answers, support_marks, timelines, tutees
from pages import FOLDER

OVERVIEW, TIMELINE, SUPPORT = (FOLDER / f"tutor/{name}.py" for name in ("tutees", "timeline", "support"))

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
    timeline = timelines.year(viewer, student, at).marked(support_marks.days(viewer, student, at))
    with left:
        heading.show(timeline)
        heading.onward(timeline, SUPPORT)
    for standing in timeline.standings:
        rating_badge.show(standing, timeline)
    ours = policy.current()
    refused, opened = st.container(), st.session_state.setdefault("grounds-opened", {})
    try:
        match suggestion_box.asked(timeline, ours.engagement, opened, at):
            case Answered(suggestion, state, reason, opened_at):
                suggestion_answers.answer(viewer, student, suggestion, state, reason, opened_at, at)
                st.rerun()
            case PutAway(suggestion, hidden):
                suggestion_answers.hide(viewer, student, suggestion, hidden, at)
                st.rerun()
    except Refusal as refusal:
        refused.error(refusal.sentence)
    title, view = timeline_part.chosen(timeline, ours, score=True)
    middle = cohorts.middle_half(viewer, student, view.module, at) if view.others else ()
    timeline_part.show(title, timeline, view, middle, ours, figures=True)
    explanation.show(timeline.standings, ours.engagement)
    suggestion_box.earlier(timeline.suggestions)
freshness.show(sources.freshness(viewer, at))

"""My engagement: a student's own year, in their own terms, with the same facts as their tutor sees."""

import streamlit as st

import policy
from auth.refusals import Refusal
from auth.sessions import asking
from components import (
    dispute_box,
    explanation,
    freshness,
    heading,
    own_week,
    suggestion_box,
    support,
    timeline_part,
)
from data_access import cohorts, coming_classes, disputes, sources, support_marks, timelines
from engagement import ahead, comparison, counted, sentences
from pages import FOLDER
from privacy.dispute import RESEARCH, TAUGHT

viewer, at = asking()
mine = timelines.year(viewer, None, at).marked(support_marks.days(viewer, None, at))
ours = policy.current()

st.title("My engagement", anchor=False)
st.markdown(heading.studies(mine.standings))
st.markdown(comparison.own(mine))
title, view = timeline_part.chosen(mine, ours, score=False)
middle = cohorts.middle_half(viewer, None, view.module, at) if view.others else ()
timeline_part.show(title, mine, view, middle, ours, figures=False, own=True)
try:
    terms = ours.plans.tripwire.terms
    kinds = RESEARCH if any(one.research for one in mine.standings) else TAUGHT
    if wrong := dispute_box.show(kinds, lambda of: disputes.data(viewer, of, at), terms):
        disputes.say(viewer, wrong.target, wrong.claim, wrong.text, at, why_kept=wrong.why_kept)
        st.toast(wrong.done, icon=":material/check:")
        st.rerun()
except Refusal as refusal:
    st.error(refusal.sentence)
counts, helps = st.columns(2, gap="large")
with counts:
    own_week.counts(
        counted.days(mine.now, mine.standings),
        counted.counted(mine.facts, mine.now, mine.standings),
        counted.missing(mine.facts, mine.now, mine.standings),
    )
    st.page_link(FOLDER / "everyone/measure.py", label="How the rating works", icon=":material/calculate:")
with helps:
    coming = ahead.classes(coming_classes.classes(viewer, None, at))
    own_week.next_steps(ahead.steps(mine.facts, mine.now, mine.today), coming)
suggestion_box.told(mine, ours.engagement)
suggestion_box.earlier(mine.suggestions)
support.show(ours.support)
explanation.show(mine.standings, ours.engagement, sentences.same_facts(mine.standings), own=True)
freshness.show(sources.freshness(viewer, at))

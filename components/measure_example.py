"""The worked example: sliders for a made-up student, and the sum written out as for everybody."""

import streamlit as st

from components import explanation, rating_badge
from engagement import example, measure, words
from engagement.example import Example
from policy.engagement import Engagement

_CLASSES, _PIECES = 12, 4


def show(rules: Engagement) -> None:
    """The word that comes of it, the sliders, and the sum below them."""
    headline = st.container()
    tried = ask(rules)
    made_up = example.rated(tried, rules)
    word = measure.rating(made_up.score, rules.bands)
    number = "" if made_up.score is None else f", {words.hundredths(made_up.score)} of 100"
    headline.subheader(f"{rating_badge.words(word)}{number}", anchor=False)
    explanation.module(made_up, rules)


def ask(rules: Engagement) -> Example:
    """What is tried: begins with an ordinary student."""
    start, days = Example(), rules.windows.full_time
    classes, online, work, marks = st.columns(4, gap="medium")
    with classes:
        st.markdown("**Classes**")
        attended = st.slider("Went to", 0, _CLASSES, start.attended)
        missed = st.slider("Missed", 0, _CLASSES, start.missed)
        authorised = st.slider("Missed, authorised", 0, _CLASSES, start.authorised)
        cancelled = st.slider("Cancelled", 0, _CLASSES, start.cancelled)
        no_registers = st.toggle("No registers reached us")
    with online:
        st.markdown("**VLE**")
        active = st.slider("Days active", 0, days, start.active_days)
        usual = st.slider("Days usual on the module", rules.vle.smallest_median_days, days, start.usual_days)
        no_vle = st.toggle("No VLE data reached us")
    with work:
        st.markdown("**Work due in these days**")
        on_time = st.slider("Handed in on time", 0, _PIECES, start.on_time)
        late = st.slider("Handed in late", 0, _PIECES, start.late)
        missing = st.slider("Not handed in", 0, _PIECES, start.missing)
        nothing_due = st.toggle("Nothing was due")
    with marks:
        st.markdown("**Marks on the module so far**")
        marked = st.slider("Pieces of work marked", 0, _PIECES, start.marked)
        mean = st.slider("Their mean mark", 0, 100, start.mean_mark)
    return Example(
        attended=attended,
        missed=missed,
        authorised=authorised,
        cancelled=cancelled,
        active_days=active,
        usual_days=usual,
        on_time=on_time,
        late=late,
        missing=missing,
        marked=marked,
        mean_mark=mean,
        no_registers=no_registers,
        no_vle=no_vle,
        nothing_due=nothing_due,
    )

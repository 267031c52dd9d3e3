"""How well it works: what rating and suggestions told last year, and of whom; what other thresholds would raise."""

import streamlit as st

import policy
from auth.sessions import asking
from components import accuracy, accuracy_groups, accuracy_thresholds, accuracy_words
from data_access import published
from engagement.published import Family

viewer, at = asking()
ours = policy.current()
figures = published.figures(viewer, Family.ACCURACY, at)
now = published.figures(viewer, Family.ALERT_LOAD, at)

with st.container(width=820):
    st.title("How well it works", anchor=False)
    if figures is None:
        st.info(accuracy_words.EMPTY)
    else:
        accuracy.show(figures, ours.engagement.version)
        accuracy_groups.show(figures)
    if now is not None:
        accuracy_thresholds.show(now, figures, ours.engagement)
    if figures or now:
        accuracy.ending()

"""Privacy notice: the version in force, and whom to ask. For everybody, and before sign-in too."""

import streamlit as st

import policy
from auth.sessions import visitor
from auth.viewer import Role
from components import notice_text
from data_access import notices
from policy.days import london_day

# Opens to strangers: the notice is public, and only for a student is it asked at which level they study.
viewer, at = visitor()
levels = notices.own_levels(viewer, at) if viewer and viewer.role is Role.STUDENT else frozenset()

with st.container(width=820):
    notice_text.show(notices.in_force(viewer, at), policy.current().institution, levels, london_day(at))

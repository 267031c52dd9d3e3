"""Notice health check: what the privacy notice leaves out, its versions, and a new one in its place."""

import streamlit as st

import policy
from auth.refusals import Refusal
from auth.sessions import asking
from components import notice_check
from data_access import notice_versions, notices
from policy.days import london_day
from privacy import notice_health

viewer, at = asking()
today, ours = london_day(at), policy.current()
versions, current = notice_versions.all_of(viewer, at), notices.in_force(viewer, at)
found = notice_health.check(current, ours.institution, today, in_folder=ours.notice)

with st.container(width=820):
    st.title("Notice health check", anchor=False)
    due = notice_health.review_due(current)
    st.markdown(
        f"What the privacy notice must say, and what it leaves out. In force is version {current.version}; "
        f"it is to be looked over again by {due.day} {due:%B %Y}."
    )
    notice_check.findings(found)
    notice_check.versions(versions)
    refused = st.container()
    decided = notice_check.publish(current, today)

try:
    if decided:
        notice_versions.publish(viewer, decided, at)
except Refusal as refusal:
    refused.error(refusal.sentence)
else:
    if decided:
        st.toast(f"Version {decided.notice.version} is published.", icon=":material/check:")
        st.rerun()

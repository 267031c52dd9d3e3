"""Access log: what stands out in it, a day of its lines, and whether its chain holds; nobody by name."""

import streamlit as st

import policy
from auth.refusals import Refusal
from auth.sessions import asking
from auth.viewer import Role
from components import access_log, parts
from data_access import access_lines, anchors
from policy.days import london_day

viewer, at = asking()
watch = policy.current().access.watch

with st.container(width=1100):
    st.title("Access log", anchor=False)
    st.markdown(
        "Every look at a record, every change and every refusal, as it happened. Nobody stands here by name."
    )
    anchor = anchors.latest(viewer, at)
    if access_log.chain(anchor.at if anchor else None, anchor.lines if anchor else 0):
        found = anchors.verify(viewer, at)
        access_log.verdict(found.lines, found.broken_at, found.cut)
    part, place = parts.open_one("What stands out", "By day")
    with place:
        if part == "By day":
            roles = [(role.value, role.words) for role in Role]
            access_log.lines(access_lines.on(viewer, access_log.choose(london_day(at), roles), at))
        else:
            warned = access_lines.standing_out(viewer, at)
            actor = access_log.standing_out(warned, access_lines.confirmations(viewer, at), watch)
            try:
                if actor:
                    access_log.named(actor, access_lines.colleague(viewer, actor, at))
            except Refusal as refusal:
                st.error(refusal.sentence)

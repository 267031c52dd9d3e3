"""Emergency access: one student's record for an hour, for a reason; and the review of those there were."""

import streamlit as st

import policy
from auth.refusals import Refusal
from auth.sessions import asking
from auth.viewer import Role
from components import emergency_form, emergency_record, emergency_review, freshness, parts
from data_access import emergencies, emergency_reviews
from data_access import emergency_record as record
from policy.days import london_day
from privacy.break_glass import Declare, EndNow, Reviewing

viewer, at = asking()
running = emergencies.running(viewer, at)
decided: Declare | EndNow | Reviewing | None = None
part = "Open a record"

refused = st.container()
if running:
    now = running[0]
    year, reach = record.year(viewer, now.student_id, at), record.reach(viewer, now.student_id, at)
    decided = emergency_record.show(now, year, reach, policy.current())
    freshness.show(record.fresh(viewer, now.student_id, at))
    st.divider()
else:
    st.title("Emergency access", anchor=False)
place = st.container(width=820)
if viewer.role is Role.COMPLIANCE:
    with place:
        part, place = parts.open_one("To be reviewed", "Open a record")
with place:
    if part == "To be reviewed":
        known = emergency_reviews.all_of(viewer, at)
        decided = emergency_review.show(known, london_day(at)) or decided
    elif not running:
        decided = emergency_form.show(len(running))

try:
    match decided:
        case Declare():
            emergencies.declare(viewer, decided, at)
        case EndNow(number):
            emergencies.end(viewer, number, at)
        case None:
            pass
        case _:
            emergency_reviews.carry_out(viewer, decided, at)
except Refusal as refusal:
    refused.error(refusal.sentence)
else:
    if decided:
        st.toast(decided.done, icon=":material/check:")
        st.rerun()

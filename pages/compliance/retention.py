"""Retention: the schedule, what is due by it, what waits for approval, what is held back, and what was done."""

import streamlit as st

import policy
from auth.refusals import Refusal
from auth.sessions import asking
from components import retention
from components.retention import Approve, Erase, Lift, Place
from data_access import disposals, legal_holds, request_queue
from privacy.request import Kind

viewer, at = asking()
ours = policy.current().retention
found = disposals.proposals(viewer, at)
cases = request_queue.waiting(viewer, at)

st.title("Retention", anchor=False)
st.markdown(
    "How long records are kept. What is over its time goes once you have approved it, or by itself where the "
    "schedule says so."
)
refused = st.container()
plan, waiting, held, done = st.tabs(["Schedule", "Proposals", "Holds", "Certificates"])
with plan:
    retention.schedule(disposals.due(viewer, at), ours.version)
with waiting:
    decided = retention.proposals(found, [one.reference for one in cases if one.kind is Kind.ERASURE])
with held:
    names = [one.reference for one in cases]
    decided = retention.holds(legal_holds.of(viewer, at), sorted(ours.rules), names) or decided
with done:
    retention.certificates(found)
try:
    match decided:
        case Approve(proposal):
            disposals.approve(viewer, proposal, at)
        case retention.Refuse(proposal, reason):
            disposals.refuse(viewer, proposal, reason, at)
        case Place(case, kind, reason):
            legal_holds.place(viewer, case, kind, reason, at)
        case Lift(number):
            legal_holds.lift(viewer, number, at)
        case Erase(case):
            disposals.propose_erasure(viewer, case, at)
    if decided:
        st.toast(decided.done, icon=":material/check:")
        st.rerun()
except Refusal as refusal:
    refused.error(refusal.sentence)

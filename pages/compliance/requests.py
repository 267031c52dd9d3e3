"""Requests and deadlines: what has to be answered and by when, one request whole, breaches, and what is over."""

from datetime import timedelta

import streamlit as st

import policy
from auth.refusals import Refusal
from auth.sessions import asking
from components import breach_box, parts, request_case, request_enter, request_list
from data_access import breaches, mentions, pack_review, request_queue, rights_decisions, withdrawals
from data_access.rights_decisions import Decision
from policy.days import london_day
from privacy.request import Kind

A_YEAR = timedelta(days=365)
viewer, at = asking()
today, ours = london_day(at), policy.current()
waiting = request_queue.waiting(viewer, at)
asked = st.query_params.get("case")
case = next((one for one in waiting if one.reference == asked), None)

with st.container(width=820):
    refused = st.container()
    decided: Decision | None = None
    if case:
        if st.button("All requests", icon=":material/arrow_back:"):
            st.query_params.clear()
            st.rerun()
        whole = request_queue.one(viewer, case.student_id, case.reference, at)
        access = case.kind is Kind.ACCESS
        copy = pack_review.latest(viewer, case.student_id, at) if access else None
        named = mentions.of(viewer, case.student_id, at) if access else ()
        decided = request_case.show(whole, copy, named, ours.institution, ours.rights, today, at)
    else:
        st.title("Requests and deadlines", anchor=False)
        if asked:
            st.info("This request is over, or it is not yours to answer.")
        part, place = parts.open_one("Waiting", "Enter a request", "Breaches", "What is over")
        with place:
            match part:
                case "Waiting":
                    if chosen := request_list.show(waiting, today):
                        st.query_params["case"] = chosen
                        st.rerun()
                case "Enter a request":
                    decided = request_enter.show(lambda key: withdrawals.standing(viewer, key, at), at)
                case "Breaches":
                    decided = breach_box.show(breaches.all_of(viewer, at), at)
                case _:
                    request_list.over(request_queue.over(viewer, at - A_YEAR, at), today - A_YEAR)
try:
    if decided:
        rights_decisions.carry_out(viewer, case, decided, at)
except Refusal as refusal:
    refused.error(refusal.sentence)
else:
    if decided:
        st.toast(decided.done, icon=":material/check:")
        st.rerun()

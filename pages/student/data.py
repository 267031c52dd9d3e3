"""My data: who looked at it, all that is held, what to ask for, and the requests and copies there are."""

import streamlit as st

import policy
from auth.refusals import Refusal
from auth.sessions import asking
from components import copies, dispute_box, dispute_list, held, looks, parts, rights_ask, rights_list
from data_access import (
    disclosures,
    dispute_decisions,
    disputes,
    emergency_reviews,
    holdings,
    own_requests,
    packs,
    restrictions,
    who_looked,
)
from policy.days import london_day
from privacy import case_decisions, dispute, letters
from privacy.bank_holidays import BankHolidays
from privacy.dispute_decisions import Own

(viewer, at), ours = asking(), policy.current()
decided: case_decisions.Own | None = None
wrong: Own | None = None
st.title("My data", anchor=False)
st.markdown("What is held about you here, who looked at it, and what you can ask for. Only you see it.")
refused, sought = st.container(), dispute.sought(st.query_params.to_dict())
first = "Correct" if sought else None
part, tab = parts.open_one("Who looked", "What is held", "Correct", "Ask and object", "Requests", first=first)
with tab:
    match part:
        case "Who looked":
            told, given = emergency_reviews.own(viewer, at), disclosures.own(viewer, at)
            looks.show(who_looked.of(viewer, at), told, given, ours.retention.rules)
        case "What is held":
            held.show(holdings.of(viewer, at), ours.retention.rules)
        case "Correct":
            kinds, terms = tuple(dispute.Kind), ours.plans.tripwire.terms
            said = dispute_box.ask(kinds, lambda kind: disputes.data(viewer, kind, at), terms, sought)
            mine, routes = disputes.own(viewer, at), letters.routes(ours.institution, london_day(at))
            wrong = said or dispute_list.show(mine, routes)
        case "Ask and object":
            decided = rights_ask.show(own_requests.of(viewer, at))
        case _:
            copies.show(packs.own(viewer, at), at)
            asked, unused = own_requests.of(viewer, at), restrictions.own(viewer, at)
            decided = rights_list.show(asked, unused, BankHolidays(ours.rights.holidays))
try:
    if decided:
        own_requests.carry_out(viewer, decided, at)
    if wrong:
        dispute_decisions.carry_out(viewer, wrong, at)
    if done := decided or wrong:
        st.toast(done.done, icon=":material/check:")
        st.rerun()
except Refusal as refusal:
    refused.error(refusal.sentence)

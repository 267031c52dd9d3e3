"""Consents and disclosures: when each was decided, what was given outside, and nothing of what a consent is about."""

import streamlit as st

from auth.refusals import Refusal
from auth.sessions import asking
from components import consent_register as table
from components import disclosures as register
from components import parts
from data_access import consent_register, disclosures
from policy.days import london_day

viewer, at = asking()

st.title("Consents and disclosures", anchor=False)
st.markdown(
    "Every explicit consent to sensitive information that was asked for, and whatever was given to an organisation "
    "outside. Students stand here by the pseudonym of the access log; what a consent is about, and what was written "
    "under it, is for those whom the student named."
)
refused = st.container()
part, place = parts.open_one("Consents", "Disclosures")
try:
    with place:
        if part == "Consents":
            found = consent_register.entries(viewer, at)
            table.show(found, consent_register.counts(found))
        elif record := register.show(disclosures.all_of(viewer, at), london_day(at)):
            disclosures.record(viewer, record, at)
            st.toast(record.done, icon=":material/check:")
            st.rerun()
except Refusal as refusal:
    refused.error(refusal.sentence)

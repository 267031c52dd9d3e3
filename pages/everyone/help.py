"""Help and contacts: where students get support, and whom anybody asks about Learner Analytics and their data."""

from datetime import UTC, datetime

import streamlit as st

import policy
from components import contacts, support
from policy.days import london_day

# Opens to strangers: nothing here asks who is looking, and nothing but policy is read.
ours = policy.current()

with st.container(width=820):
    st.title(contacts.PAGE, anchor=False)
    support.show(ours.support)
    contacts.show(contacts.entries(ours.institution, london_day(datetime.now(UTC))))

"""Messages: what was told to my tutees, and what became of each e-mail."""

import streamlit as st

from auth.sessions import asking
from components import messages_list
from data_access import messages

viewer, at = asking()
told = messages.of_tutees(viewer, at)

with st.container(width=960):
    st.title("Messages", anchor=False)
    st.markdown(messages_list.summary(told))
    if told:
        messages_list.show(messages_list.narrowed(told, st.query_params.get("student")))

"""Messages: everything that was written to the student from here, and what became of each e-mail."""

import streamlit as st

from auth.sessions import asking
from components import messages_own
from data_access import messages
from pages import FOLDER

viewer, at = asking()
told = messages.own(viewer, at)

with st.container(width=760):
    st.title("Messages", anchor=False)
    messages_own.show(told)
    if told:
        st.page_link(
            FOLDER / "student/support.py", label="What waits for your answer", icon=":material/forum:"
        )

"""What stands above a student's page while there is a version of the privacy notice they have not read."""

from pathlib import Path

import streamlit as st

from components.plain import plain
from policy.notice import Notice


def show(notice: Notice, page: Path) -> bool:
    """What is new, the way to the whole text, and a button to say that it is read; whether it was pressed.

    It stands in nobody's way: whatever is below works without it.
    """
    with st.container(border=True, key="notice-box"):
        st.markdown(f"**Privacy notice, version {plain(notice.version)}.** {plain(notice.summary)}")
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            st.page_link(page, label="Read the notice", icon=":material/policy:")
            read = st.button("I have read it", icon=":material/check:", key="notice-read")
        st.caption("Saying so is no consent to anything, and you can go on without it.")
    return read

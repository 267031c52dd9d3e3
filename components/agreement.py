"""The confidentiality agreement as a person reads and accepts it."""

import streamlit as st

from components.plain import plain


def accepted(version: str, text: str, name: str) -> str | None:
    """Show the agreement; the name as typed once the person has ticked the box and accepted, else None."""
    st.title("Confidentiality agreement", anchor=False)
    st.write(
        "Before you open anyone’s record, please read this and accept it. You will be asked again when it changes."
    )
    with st.container(border=True):
        st.markdown(text)
        st.caption(f"Version {version}")
    with st.form("agreement", border=False):
        understood = st.checkbox("I have read this and will keep to it.")
        typed = st.text_input(f"Your full name, as here: {plain(name)}", autocomplete="name", width=400)
        if not st.form_submit_button("Accept and continue", type="primary"):
            return None
    if not understood:
        st.error("Please tick the box if you accept the agreement.")
        return None
    return typed or ""

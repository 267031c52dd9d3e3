"""The form for a new password."""

from dataclasses import dataclass

import streamlit as st


@dataclass(frozen=True, repr=False)
class Change:
    """What was typed: the present password and the new one."""

    old: str
    new: str


def change(least: int) -> Change | None:
    """Ask for the present and the new password; None until both are given and the new one twice alike."""
    with st.form("password", border=False, clear_on_submit=True, width=400):
        st.caption(_help(least))
        old = st.text_input("Present password", type="password", autocomplete="current-password")
        new = st.text_input("New password", type="password", autocomplete="new-password")
        again = st.text_input("New password again", type="password", autocomplete="new-password")
        if not st.form_submit_button("Change password", type="primary"):
            return None
    if new != again:
        st.error("The two new passwords are not the same.")
        return None
    return Change(old or "", new or "")


def _help(least: int) -> str:
    return (
        f"At least {least} characters. Three or four unrelated words are strong and easy to remember; "
        "no digits or symbols are needed. Your browser’s password manager can fill this in."
    )

"""The UI script, run at every turn of every tab: who is asking, which pages are theirs, run the page."""

import streamlit as st

from auth import sessions
from auth.refusals import Refusal
from data_access import accounts
from web import before, faults, frame, icon, navigation

st.set_page_config("Learner Analytics", page_icon=icon.ADDRESS, layout="wide")


def run() -> None:
    """Show the page asked for, or what stands before it. For a stranger nothing about anyone is read."""
    viewer, at = sessions.visitor()
    if viewer is None:
        page, back = navigation.of_strangers(before.sign_in, "Sign in")
        frame.for_strangers(page, back)
        return
    own = accounts.own(viewer, at)
    if own.must_change:
        page = navigation.everywhere(before.new_password, "New password")
    elif not own.agreed:
        page = navigation.everywhere(before.confidentiality, "Confidentiality agreement")
    else:
        page = navigation.of(viewer.role)
    frame.above(viewer, own, at)
    try:
        page.run()
    except Refusal as refusal:
        faults.shown(refusal)
    frame.below()


run()

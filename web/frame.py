"""What is around every page: above it who is signed in, below it where to turn."""

from datetime import datetime

import streamlit as st

import policy
from auth.viewer import Viewer
from components import account
from components import session as browser
from data_access import own_sessions
from data_access.accounts import OwnAccount
from web import icon


def above(viewer: Viewer, own: OwnAccount, at: datetime) -> None:
    """Our name, and who is signed in. Signing out ends the session now, whatever the browser does next."""
    st.logo(icon.LOGO, size="large")
    others = {held.role.words: held.role for held in own.roles if held.role is not viewer.role}
    chosen = account.bar(own.name, viewer.role.words, list(others))
    if chosen == account.LEAVE:
        own_sessions.end(viewer, at)
        browser.leave()
        st.stop()
    if chosen:
        own_sessions.switch_role(viewer, others[chosen], at)
        browser.reload()
        st.stop()


def for_strangers(page: st.Page, back: st.Page | None) -> None:
    """The page; around one that opens before sign-in, our name, the way back to signing in, and where to turn."""
    if back:
        st.logo(icon.LOGO, size="large")
        st.page_link(back, label="Sign in", icon=":material/arrow_back:")
    page.run()
    if back:
        below()


def below() -> None:
    """The university, and whom to ask."""
    institution = policy.current().institution
    contact = f": {institution.support_contact}" if institution.support_contact else ""
    invented = " All people and figures here are invented." if institution.demonstration else ""
    st.space("medium")
    # Not a caption: that would fade the address, which becomes a link, below the contrast that text needs.
    st.markdown(f":small[:gray[{institution.name} · Help: {institution.support_name}{contact}.{invented}]]")

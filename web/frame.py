"""What is around every page: above it who is signed in, below it where to turn."""

from datetime import datetime

import streamlit as st

import pages
import policy
from auth.viewer import Viewer
from components import account, contacts
from components import session as browser
from data_access import own_sessions
from data_access.accounts import OwnAccount
from web import emergency, icon, reminders


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
    if own.agreed and not own.must_change:
        reminders.show(viewer, at)
        emergency.show(viewer, at)


def for_strangers(page: st.Page, back: st.Page | None) -> None:
    """The page, and where to turn; above one that opens before sign-in, our name and the way back to signing in."""
    if back:
        st.logo(icon.LOGO, size="large")
        st.page_link(back, label="Sign in", icon=":material/arrow_back:")
    page.run()
    if back:
        below()
    else:
        with st.container(horizontal_alignment="center"), st.container(width=400):
            below()


def below() -> None:
    """The notice and help, the university, and whom to ask: on every page, and always in the same place."""
    institution = policy.current().institution
    invented = " All people and figures here are invented." if institution.demonstration else ""
    st.space("medium")
    with st.container(horizontal=True, gap="medium"):
        for page in pages.PAGES:
            if page.foot:
                st.page_link(page.script, label=page.title, icon=f":material/{page.icon}:")
    # Not a caption: that would fade the address, which becomes a link, below the contrast that text needs.
    st.markdown(f":small[:gray[{contacts.footer(institution)}{invented}]]")

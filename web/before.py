"""What stands before the pages: signing in, a new password where one is due, and the agreement."""

import streamlit as st

import pages
import policy
from auth import sessions
from auth.refusals import Refusal
from auth.signin import SignIn
from components import agreement, password
from components import session as browser
from data_access import accounts, credentials
from web import icon


def sign_in() -> None:
    """What a stranger sees, with the links to the pages that open before sign-in."""
    institution = policy.current().institution
    with st.container(horizontal_alignment="center"), st.container(width=400):
        st.space("medium")
        st.image(icon.LOGO, width=260, alt="Learner Analytics")
        st.title("Sign in", anchor=False)
        st.write(f"with your account at {institution.name}")
        form = SignIn(sessions.now())
        try:
            form.login()
        except Refusal as refusal:
            st.error(refusal.sentence)
        if form.ticket:
            browser.arrive(form.ticket)
        contact = f" ({institution.support_contact})" if institution.support_contact else ""
        st.caption(f"Cannot sign in? Ask the {institution.support_name}{contact}.")
        for page in pages.open_to_strangers():
            if not page.foot:
                st.page_link(page.script, label=page.title, icon=f":material/{page.icon}:")


def new_password() -> None:
    """For an account opened with a password that somebody else has seen."""
    viewer, at = sessions.asking()
    with st.container(width=560):
        st.title("Choose your own password", anchor=False)
        st.write("The present one was made for you, and others may have seen it.")
        if change := password.change(policy.current().access.password_characters):
            browser.arrive(credentials.change_password(viewer, change.old, change.new, at))


def confidentiality() -> None:
    """For staff who have not accepted the agreement now in force."""
    viewer, at = sessions.asking()
    text = policy.current().agreement
    with st.container(width=760):
        typed = agreement.accepted(text.version, text.text, accounts.own(viewer, at).name)
        if typed is not None:
            credentials.accept_agreement(viewer, typed, at)
            st.rerun()

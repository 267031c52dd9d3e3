"""My account: roles and since when, where I am signed in, and my password."""

import streamlit as st

import policy
from auth.sessions import asking
from components import account, password
from components import session as browser
from components.plain import plain
from data_access import accounts, credentials, own_sessions

viewer, at = asking()
own = accounts.own(viewer, at)
places = own_sessions.living(viewer, at)

with st.container(width=760):
    st.title("My account", anchor=False)
    st.markdown(f"{plain(own.name)} · username **{own.username}**")

    st.header("Roles", anchor=False)
    held = [account.Held(role.role.words, role.since, role.reason) for role in own.roles]
    if chosen := account.roles(held, viewer.role.words):
        own_sessions.switch_role(viewer, next(r.role for r in own.roles if r.role.words == chosen), at)
        browser.reload()

    st.header("Where you are signed in", anchor=False)
    if handle := account.places(
        [account.Place(p.handle, p.browser, p.role.words, p.began_at, p.seen_at, p.here) for p in places]
    ):
        own_sessions.end_one(viewer, handle, at)
        st.rerun()
    if st.button("Sign out everywhere", icon=":material/logout:"):
        own_sessions.end_all(viewer, at)
        browser.leave()

    st.header("Password", anchor=False)
    if change := password.change(policy.current().access.password_characters):
        credentials.change_password(viewer, change.old, change.new, at)
        st.success("Your password is changed. Your other sessions have ended.")

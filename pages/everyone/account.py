"""My account: roles and since when, where I am signed in, my meetings in my own calendar, and my password."""

import streamlit as st

import policy
from auth.sessions import asking
from auth.viewer import Role
from components import account, calendar_feed, password
from components import session as browser
from components.calendar_feed import Choice
from components.plain import plain
from data_access import accounts, calendar_feeds, credentials, own_sessions

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

    if viewer.role in calendar_feeds.ROLES:
        st.header("Your meetings in your own calendar", anchor=False)
        box = st.empty()
        with box.container():
            whom = "your tutees" if viewer.role is Role.TUTOR else "your tutor"
            asked = calendar_feed.show(calendar_feeds.since(viewer, at), whom)
        if asked in (Choice.MAKE, Choice.ANEW):
            with box.container():
                here = st.context.url or policy.current().messages.site
                calendar_feed.made(calendar_feeds.make(viewer, at), here)
        elif asked is Choice.STOP:
            calendar_feeds.stop(viewer, at)
            st.rerun()

    st.header("Password", anchor=False)
    if change := password.change(policy.current().access.password_characters):
        ticket = credentials.change_password(viewer, change.old, change.new, at)
        st.success("Your password is changed. Your sessions have ended everywhere; here a new one begins.")
        browser.arrive(ticket)

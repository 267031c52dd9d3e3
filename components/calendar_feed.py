"""A person's meetings in their own calendar: make the address, which is shown once, and stop it."""

from datetime import datetime
from enum import StrEnum

import streamlit as st

from policy.days import london_day

ADDRESS = "/calendar/{token}.ics"


class Choice(StrEnum):
    """What a person can do about it."""

    MAKE = "Make a link"
    ANEW = "Make a new link"
    STOP = "Stop the link"


def show(since: datetime | None, whom: str) -> Choice | None:
    """Whether there is a link, since when, and the buttons; what was chosen in this run. `whom` one meets."""
    st.markdown(
        f"Outlook, Google Calendar or your phone can show your meetings with {whom}: when and where each is, and no "
        "name."
    )
    if since is None:
        return Choice.MAKE if st.button(Choice.MAKE, icon=":material/calendar_add_on:") else None
    day = london_day(since)
    st.markdown(f"You have a link, made on {day.day} {day:%B %Y}. A new one ends it.")
    with st.container(horizontal=True):
        anew = st.button(Choice.ANEW, icon=":material/refresh:")
        stop = st.button(Choice.STOP, icon=":material/event_busy:")
    return Choice.ANEW if anew else Choice.STOP if stop else None


def made(token: str, here: str) -> None:
    """The link that was made just now, on the server of which `here` is any address."""
    st.markdown("This is your link. Copy it now: it is not shown again.")
    server = "/".join(here.split("/")[:3])
    st.code(server + ADDRESS.format(token=token), language=None, wrap_lines=True)
    st.markdown(
        "In your calendar choose *Subscribe from web*, *From URL* or *New calendar subscription*, and paste it "
        "there. Whoever has the link sees when and where you meet, so give it to nobody. You can stop it here at "
        "any time."
    )

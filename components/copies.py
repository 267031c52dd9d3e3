"""The student's own copies of what is held: where each stands, and the link while it opens."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from policy.days import LONDON
from privacy.pack_state import Copy, State

ADDRESS = "/access-pack/{id}"


def show(copies: Sequence[Copy], at: datetime) -> None:
    """One box for each, the latest first; nothing where there is none."""
    for one in copies:
        with st.container(border=True):
            st.markdown(f"**A copy of what is held about you**  \n{_stands(one, at)}")
            if one.opens(at):
                st.link_button(
                    "Download the copy (ZIP)",
                    ADDRESS.format(id=one.id),
                    icon=":material/folder_zip:",
                    help="A page to read, a spreadsheet, JSON and your notes. Fetching it is written into the log.",
                )


def _stands(one: Copy, at: datetime) -> str:
    match one.state:
        case State.ISSUED if one.opens(at) and one.ends_at:
            return f"Ready. The link opens until {_when(one.ends_at)}, for you alone."
        case State.ISSUED:
            return "The link has ended. You can ask for a new copy in the part *Ask and object*."
        case State.WITHDRAWN:
            return "Withdrawn."
        case State.LOOKED_AT | State.CHECKED:
            return (
                f"Begun on {_when(one.begun_at)}. Two officers look at it first, so that it says nothing about "
                "others that is theirs alone."
            )


def _when(moment: datetime) -> str:
    return f"{moment.astimezone(LONDON):%-d %B %Y, %H:%M}"

"""What stands above every page of whoever declared an emergency, while it is open."""

from datetime import datetime

import streamlit as st

import pages
from auth.viewer import Viewer
from components import emergency_record
from data_access import emergencies

_PAGE = next(page for page in pages.PAGES if page.url == "emergency")


def show(viewer: Viewer, at: datetime) -> None:
    """The red banner with the way to the record; nothing for most people at most times."""
    for one in emergencies.running(viewer, at)[:1]:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.error(emergency_record.banner(one, at), icon=":material/emergency:")
            st.page_link(_PAGE.script, label="The record", icon=f":material/{_PAGE.icon}:")

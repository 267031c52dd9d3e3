"""A page in parts: tabs of which only the open one is filled."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def open_one(*names: str, first: str | None = None) -> tuple[str, DeltaGenerator]:
    """The name of the open part, and its place on the page; `first` is open before anybody has chosen."""
    tabs = dict(zip(names, st.tabs(names, default=first, key="part", on_change="rerun"), strict=True))
    name = next((name for name, tab in tabs.items() if tab.open), names[0])
    return name, tabs[name]

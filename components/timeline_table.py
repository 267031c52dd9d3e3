"""The chart as tables: every week, day, piece of work and mark of it, in words where nothing is known."""

import streamlit as st

from components import timeline_rows
from components.plain import plain
from components.timeline_rows import Row
from engagement.timeline import Timeline

_FREE = ("Work", "In a sentence")
"""Columns that hold words of others, such as titles."""


def show(timeline: Timeline) -> None:
    """A box that is filled when it is opened."""
    box = st.expander("Show as a table", icon=":material/table:", on_change="rerun", key="as-table")
    if not box.open:
        return
    with box:
        by = timeline.view.by.lower()
        _table(timeline_rows.begun(timeline), f"The {by} up to today: what each system tells of them")
        _table(timeline_rows.work(timeline), "The work by the day it is due")
        _table(timeline_rows.marks(timeline), "What is marked on single days")


def _table(rows: list[Row], alt: str) -> None:
    if rows:
        safe = [
            {plain(head): plain(cell) if head in _FREE else cell for head, cell in row.items()}
            for row in rows
        ]
        st.table(safe, hide_index=True, border="horizontal", alt=alt)

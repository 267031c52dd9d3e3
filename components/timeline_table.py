"""The chart as tables: every week, day, piece of work and mark of it, in words where nothing is known."""

import streamlit as st

from components import correct_link, timeline_rows
from components.plain import plain
from components.timeline_rows import Row
from engagement.timeline import Timeline
from privacy.dispute import Sought

_WRONG = "If it is wrong"
_FREE = ("Work", "In a sentence")
"""Columns that hold words of others, such as titles."""


def show(timeline: Timeline, *, own: bool = False) -> None:
    """A box that is filled when it is opened; whose `own` it is can correct each row."""
    box = st.expander("Show as a table", icon=":material/table:", on_change="rerun", key="as-table")
    if not box.open:
        return
    with box:
        by = timeline.view.by.lower()
        begun, work = timeline_rows.begun(timeline), timeline_rows.work(timeline)
        if own:
            begun = _with_links(begun, timeline_rows.begun_links(timeline))
            work = _with_links(work, timeline_rows.work_links(timeline))
        _table(begun, f"The {by} up to today: what each system tells of them")
        _table(work, "The work by the day it is due")
        _table(timeline_rows.marks(timeline), "What is marked on single days")


def _with_links(rows: list[Row], links: list[Sought]) -> list[Row]:
    return [row | {_WRONG: correct_link.link(to)} for row, to in zip(rows, links, strict=True)]


def _table(rows: list[Row], alt: str) -> None:
    if rows:
        safe = [
            {plain(head): plain(cell) if head in _FREE else cell for head, cell in row.items()}
            for row in rows
        ]
        st.table(safe, hide_index=True, border="horizontal", alt=alt)

"""A section of plain text, as *How the rating works* shows it."""

from collections.abc import Sequence

import streamlit as st

from components.plain import plain
from engagement.rules import Section


def section(of: Section) -> None:
    """The heading and all that is below it."""
    st.header(of.title, anchor=False)
    sentences(of.sentences)
    if of.points:
        st.markdown("\n".join(f"- {plain(point)}" for point in of.points))
    if of.table:
        rows = [{name: plain(cell) for name, cell in row.items()} for row in of.table]
        st.table(rows, hide_index=True, border="horizontal", alt=of.title)
    sentences(of.notes)


def sentences(of: Sequence[str]) -> None:
    """A paragraph for each."""
    for sentence in of:
        st.markdown(plain(sentence))

"""One line about a student: the way to their page of support, and what there is to say, however long."""

from pathlib import Path

import streamlit as st

from components.plain import plain


def show(page: Path, student: tuple[str, str], part: str, said: str, icon: str) -> None:
    """`student` is id and name; `part` is the part of the page that opens. The words stand beside the link, for a
    link's own are cut off on a phone."""
    number, name = student
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        query = {"student": number, "part": part}
        st.page_link(page, label=plain(name), query_params=query, icon=f":material/{icon}:", width="content")
        st.markdown(plain(said), width="content")

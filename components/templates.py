"""The template as files to download: empty, or with one invented row in each sheet."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from privacy.labels import SYSTEMS, Source

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Make = Callable[[Source], bytes]


def show(workbook: Make, examples: Make) -> None:
    """For each system a workbook to fill in, and an archive of CSV files with an example in each."""
    st.markdown(
        "Where a system exports none of the formats that are read, fill these in or have a report write them. In the "
        "workbook each column's heading says in a comment what it means; all sheets are described in `docs/feeds.md`."
    )
    for system in SYSTEMS:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{system.words}**", width="stretch")
            st.download_button(
                "Empty workbook",
                partial(workbook, system),
                file_name=f"{system}-template.xlsx",
                mime=_XLSX,
                icon=":material/table_view:",
                on_click="ignore",
                key=f"template-{system}",
                help=f"{system.words}: a sheet for each table",
            )
            st.download_button(
                "CSV files with examples",
                partial(examples, system),
                file_name=f"{system}-examples.zip",
                mime="application/zip",
                icon=":material/folder_zip:",
                on_click="ignore",
                key=f"examples-{system}",
                help=f"{system.words}: a file for each table, with one invented row",
            )

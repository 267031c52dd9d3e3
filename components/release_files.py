"""The ways to take released figures along: spreadsheet, CSV and PDF of a place, and the yearly extract."""

from urllib.parse import quote

import streamlit as st

from privacy.lattice import Node
from privacy.releases import Cohort, Release

ADDRESS = "/release/{release}/{node}/figures.{kind}"
EXTRACT = "/equality-duty/{year}/extract.xlsx"
_FILES = (("Spreadsheet", "xlsx", "table"), ("CSV", "csv", "csv"), ("PDF report", "pdf", "picture_as_pdf"))


def show(release: Release, node: Node) -> None:
    """A link for each kind of file, of the release and the place that are looked at; and for the duty of the year."""
    with st.container(horizontal=True):
        for label, kind, icon in _FILES:
            st.link_button(
                label,
                ADDRESS.format(release=release.id, node=quote(node.id), kind=kind),
                icon=f":material/{icon}:",
                help="Every figure of this place, with the method. It says by whom and when it was fetched.",
            )
        if release.cohort is not Cohort.WEEK:
            st.link_button(
                f"Equality duty, {release.census.year}",
                EXTRACT.format(year=release.census.year),
                icon=":material/gavel:",
                help="The approved figures of a year for the university and its schools, published by 30 March.",
            )

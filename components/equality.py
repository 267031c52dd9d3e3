"""Equality monitoring on the page: one characteristic in full, and which release it is of."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from components import equality_chart
from policy.days import london_day
from privacy import release_words
from privacy.releases import Measure, Release, Table


def one(release: Release, table: Table, measure: Measure, courses: Sequence[Table]) -> None:
    """The finding, the chart, the table, the same held course by course, and what is hidden."""
    st.subheader(release_words.finding(table, measure), anchor=False)
    equality_chart.show(table, measure)
    against = release_words.reference(table)
    rows = [
        {
            "Group": release_words.name(cell),
            "Students": cell.people,
            f"Share {measure.value}": release_words.share(cell.shares[measure.name]),
            "Gap to the reference": release_words.gap(cell, against, measure),
            "Evidence": release_words.evidence_of(cell, measure),
        }
        for cell in table.cells
    ]
    rows_of(rows)
    for mark in release_words.marks(table.cells, measure, release.profile):
        st.caption(mark)
    _same_mix(table, measure, courses)
    with st.expander("What is hidden here, and why", icon=":material/visibility_off:"):
        st.markdown(f"{release_words.hidden(table, measure)} {release_words.why_hidden(release.profile)}")


def rows_of(rows: Sequence[Mapping[str, str]]) -> None:
    """A table whose first column names its rows."""
    first, *others = rows[0]
    names = pd.Index([row[first] for row in rows], name=first)
    st.table(pd.DataFrame({name: [row[name] for row in rows] for name in others}, names, dtype=object))


def source(release: Release) -> None:
    """Which release it is, by whom it was approved, and by which rules it was made."""
    approved = release_words.full(london_day(release.approved_at)) if release.approved_at else "not yet"
    by = f" by {release.approved_by}" if release.approved_by else ""
    st.caption(
        f"Release {release.id}: {release_words.cohort(release)}. Approved{by}: {approved}. "
        f"{release_words.rules(release)}. Headcounts are rounded to five; shares are of the exact "
        "counts, on a coarse grid."
    )


def _same_mix(table: Table, measure: Measure, courses: Sequence[Table]) -> None:
    against, compared = release_words.reference(table), release_words.compared(table)
    said = [release_words.same_mix(cell, against, courses, measure) for cell in compared if against]
    if lines := [line for line in said if line]:
        with st.expander("Is it the courses they are on?", icon=":material/balance:"):
            st.markdown("\n".join(f"- {line}" for line in lines))
            st.caption(
                "Where a group is more often on some courses than on others, a gap of the whole can come from that. "
                "Held course by course it goes away if it does. Both figures are worked out from published ones."
            )

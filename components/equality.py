"""Equality monitoring on the page: one characteristic in full, all at a glance, and how the university responded."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from components import equality_chart, equality_words
from components.equality_choice import DIMENSIONS, Chosen
from components.plan_words import full
from policy.days import london_day
from privacy.characteristics import GROUPS, Dimension
from privacy.releases import RESPONSE, Cell, Measure, Release, Table


def one(table: Table, chosen: Chosen) -> None:
    """The finding, the chart, the table, and what its marks mean."""
    measure = chosen.measure
    st.subheader(equality_words.finding(table, measure), anchor=False)
    equality_chart.show(table, measure, _reference_name(chosen.dimension))
    reference = _reference(table)
    rows = [
        {
            "Group": equality_words.name(cell),
            "Students": cell.people,
            f"Share {measure.value}": equality_words.share(cell.shares[measure.name]),
            "Gap to the reference": equality_words.gap(cell, reference, measure)
            or ("reference" if cell is reference else "–"),
            "Evidence": cell.verdicts.get(measure.name) or "–",
        }
        for cell in table.cells
    ]
    _table(rows)
    for mark in equality_words.marks(table.cells, measure):
        st.caption(mark)


def glance(tables: Mapping[str, Table], measure: Measure) -> None:
    """Every characteristic at once: its groups with a likely gap, or what can be told of it."""
    rows = [
        {"By": name, "What the figures say": equality_words.finding(tables[name], measure)}
        for name in DIMENSIONS
        if name in tables
    ]
    _table(rows)


def response(table: Table) -> None:
    """How far the university's response reached, group by group."""
    rows = [
        {
            "Group": equality_words.name(cell),
            "Students": cell.people,
            **{
                measure.value.capitalize(): equality_words.share(cell.shares[measure.name])
                for measure in RESPONSE
            },
        }
        for cell in table.cells
    ]
    _table(rows)


def trend(series: Sequence[tuple[Release, Table]], measure: Measure) -> None:
    """The same shares in every census so far, a column each."""
    groups = [equality_words.name(cell) for cell in series[0][1].cells]
    rows = [
        {
            "Group": group,
            **{
                full(release.census): _share_of(table.cells, group, measure)
                for release, table in reversed(series)
            },
        }
        for group in groups
    ]
    _table(rows)


def source(release: Release) -> None:
    """Which release it is, by whom it was approved, and by which rules it was made."""
    approved = full(london_day(release.approved_at)) if release.approved_at else "–"
    st.caption(
        f"Release {release.id}, census of {full(release.census)}, "
        f"approved by {release.approved_by or 'information compliance'} on {approved}, "
        f"rules {release.rule}. Headcounts are rounded to five; shares are of the exact counts, on a coarse grid."
    )


def _share_of(cells: Sequence[Cell], group: str, measure: Measure) -> str:
    found = [cell for cell in cells if equality_words.name(cell) == group]
    return equality_words.share(found[0].shares[measure.name]) if found else "–"


def _reference_name(dimension: str) -> str:
    return GROUPS[Dimension(dimension)].reference if dimension in set(Dimension) else ""


def _reference(table: Table) -> Cell | None:
    name = _reference_name(table.dimension)
    return next((cell for cell in table.cells if cell.category == name), None)


def _table(rows: Sequence[Mapping[str, str]]) -> None:
    st.table(pd.DataFrame(rows).set_index(next(iter(rows[0]))))

"""What is looked at: a release, a node of it, a measure and a characteristic; nothing can be typed in."""

from collections.abc import Sequence

import streamlit as st

from privacy.characteristics import Dimension
from privacy.lattice import KINDS, Node
from privacy.release_words import cohort
from privacy.releases import MEASURES, Cohort, Measure, Release, Table, Trait

DIMENSIONS = [*(one.value for one in Dimension), Trait.MODE.value, Trait.LEVEL.value]
_INDENT = "\N{NO-BREAK SPACE}" * 3
_FIRST = {Cohort.CENSUS: Measure.LOW}


def release(releases: Sequence[Release], key: str = "census") -> Release:
    """One of them, the latest first."""
    named = {one.id: one for one in releases}
    chosen = st.selectbox(
        "Students", list(named), format_func=lambda one: cohort(named[one]), key=key, width=360
    )
    return named[chosen or releases[0].id]


def node(nodes: Sequence[Node], key: str = "node") -> Node:
    """The university, a school, a course or a stage of one."""
    named = {one.id: one for one in nodes}
    chosen = st.selectbox(
        "Where",
        list(named),
        format_func=lambda one: f"{_INDENT * KINDS.index(named[one].kind)}{named[one].name}",
        key=key,
        width=420,
    )
    return named[chosen or nodes[0].id]


def told(of: Release, tables: Sequence[Table]) -> list[Measure]:
    """The measures that the release tells of."""
    return [one for one in MEASURES[of.cohort] if one.name in tables[0].cells[0].shares]


def measure(of: Release, tables: Sequence[Table]) -> Measure:
    """One of the measures that the release tells of."""
    there = told(of, tables)
    first = there.index(_FIRST[of.cohort]) if _FIRST.get(of.cohort) in there else 0
    found = st.selectbox("Share", there, first, format_func=lambda one: one.value, key="measure", width=420)
    return found or there[first]


def dimension(key: str = "dimension") -> str:
    """One of the characteristics."""
    return st.selectbox("By", DIMENSIONS, key=key) or DIMENSIONS[0]


def step(tables: Sequence[Table], key: str = "step") -> Table:
    """The step of the groups; asked for only where there are several."""
    if len(tables) == 1:
        return tables[0]
    counts = {n: f"{len(table.cells) - 1} groups" for n, table in enumerate(tables)}
    start = next((n for n, table in enumerate(tables) if len(table.cells) <= _MANY), len(tables) - 1)
    found = st.segmented_control(
        "In how many groups", list(counts), format_func=counts.__getitem__, default=start, key=key
    )
    return tables[start if found is None else found]


_MANY = 12
"""Cells of a step up to which it is shown at first."""

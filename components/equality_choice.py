"""What is looked at: a census, a node of the release, a measure and a characteristic; nothing can be typed in."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from components.plan_words import full
from privacy.characteristics import Dimension
from privacy.lattice import Node
from privacy.releases import Measure, Release, Trait

DIMENSIONS = [*(one.value for one in Dimension), Trait.MODE.value, Trait.LEVEL.value]
_INDENT = {"university": "", "school": "\N{NO-BREAK SPACE}" * 3, "course": "\N{NO-BREAK SPACE}" * 6}


@dataclass(frozen=True)
class Chosen:
    """The measure and the characteristic."""

    measure: Measure
    dimension: str


def release(releases: Sequence[Release]) -> Release:
    """One of the censuses, the latest first."""
    days = {one.id: one for one in releases}
    chosen = st.selectbox(
        "Census", list(days), format_func=lambda one: full(days[one].census), key="census", width=240
    )
    return days[chosen or releases[0].id]


def node(nodes: Sequence[Node]) -> str:
    """The university, a school or a course."""
    named = {one.id: f"{_INDENT[one.kind]}{one.name}" for one in nodes}
    chosen = st.selectbox("Where", list(named), format_func=named.__getitem__, key="node", width=420)
    return chosen or nodes[0].id


def chosen() -> Chosen:
    """The measure and the characteristic."""
    left, right = st.columns(2)
    measure = left.selectbox("Students", list(Measure), 1, format_func=lambda one: one.value, key="measure")
    dimension = right.selectbox("By", DIMENSIONS, format_func=lambda one: one, key="dimension")
    return Chosen(measure or Measure.LOW, dimension or DIMENSIONS[0])

"""The search box and the filters above the tutees; all of them stand in the address, so they can be bookmarked."""

from collections.abc import Sequence

import streamlit as st

from components import search
from engagement.measure import Rating
from engagement.tutee import Tutee


def narrowed(tutees: Sequence[Tutee]) -> list[Tutee]:
    """The tutees that match what is typed and chosen, in the same order."""
    courses = sorted({t.standing.course for t in tutees})
    left, middle, right = st.columns([3, 4, 5], vertical_alignment="bottom")
    with left:
        typed = search.box("Name or course")
    with middle:
        ratings = st.multiselect(
            "Rating",
            [str(rating) for rating in Rating],
            key="rating",
            placeholder="Any rating",
            bind="query-params",
        )
    with right:
        chosen = st.multiselect(
            "Course", courses, key="course", placeholder="Any course", bind="query-params"
        )
    return [t for t in tutees if _matches(t, typed, ratings, chosen)]


def _matches(tutee: Tutee, typed: str, ratings: Sequence[str], courses: Sequence[str]) -> bool:
    return (
        search.matches(f"{tutee.name} {tutee.standing.course}", typed)
        and (not ratings or tutee.standing.rating in ratings)
        and (not courses or tutee.standing.course in courses)
    )

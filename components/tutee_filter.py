"""The search box and the filters above the tutees; all of them stand in the address, so they can be bookmarked."""

from collections.abc import Sequence

import streamlit as st

from engagement.measure import Rating
from engagement.tutee import Tutee


def narrowed(tutees: Sequence[Tutee]) -> list[Tutee]:
    """The tutees that match what is typed and chosen, in the same order."""
    courses = sorted({t.standing.course for t in tutees})
    left, middle, right = st.columns([3, 4, 5], vertical_alignment="bottom")
    with left:
        typed = st.text_input(
            "Search",
            key="search",
            type="search",
            live="300ms",
            placeholder="Name or course",
            bind="query-params",
        )
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
    return [t for t in tutees if _matches(t, typed or "", ratings, chosen)]


def _matches(tutee: Tutee, typed: str, ratings: Sequence[str], courses: Sequence[str]) -> bool:
    text = f"{tutee.name} {tutee.standing.course}".casefold()
    return (
        all(word in text for word in typed.casefold().split())
        and (not ratings or tutee.standing.rating in ratings)
        and (not courses or tutee.standing.course in courses)
    )

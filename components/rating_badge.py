"""The rating as it is shown everywhere: a shape and a word, so that nothing hangs on colour."""

import streamlit as st

from engagement import comparable, sentences
from engagement.measure import Rating
from engagement.standing import Standing
from engagement.timeline import Timeline

# A disc that empties as the rating falls, and a dotted one where there is nothing to say.
_SHAPES = {
    Rating.HIGH: "●",
    Rating.GOOD: "◕",
    Rating.PARTIAL: "◑",
    Rating.LOW: "◔",
    Rating.VERY_LOW: "○",
    Rating.NOT_ENOUGH: "◌",
}


def words(rating: Rating) -> str:
    """`◔ Low`."""
    return f"{_SHAPES[rating]} {rating}"


def show(standing: Standing, timeline: Timeline) -> None:
    """The rating, its number, how it has moved or why that cannot be said, and why it stands there."""
    said = f"**{sentences.rating(standing)}.** {sentences.why(standing)}"
    beside = comparable.why_not(standing, timeline.facts, timeline.now)
    st.markdown(f":blue-badge[{words(standing.rating)}] &ensp;{said}" + (f"  \n{beside}" if beside else ""))

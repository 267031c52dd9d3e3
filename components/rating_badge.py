"""The rating as it is shown everywhere: a shape and a word, so that nothing hangs on colour."""

import streamlit as st

from engagement import comparable, sentences
from engagement.measure import Rating
from engagement.standing import Standing
from engagement.timeline import Timeline
from engagement.words import sentence

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
    why_not = comparable.why_not(standing, timeline.facts, timeline.now)
    beside = f"  \n{sentence(why_not)}" if why_not else ""
    st.markdown(f":blue-badge[{words(standing.rating)}] &ensp;{said}{beside}")

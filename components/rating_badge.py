"""The rating as it is shown everywhere: a shape and a word, so that nothing hangs on colour."""

import streamlit as st

from engagement import sentences
from engagement.measure import Rating
from engagement.standing import Standing

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


def show(standing: Standing) -> None:
    """The rating, its number, how it has moved, and why it stands there."""
    st.markdown(
        f":blue-badge[{words(standing.rating)}] &ensp;**{sentences.rating(standing)}.** {sentences.why(standing)}"
    )

"""For an adviser: that a record of a student was put right since something was shared with them."""

from collections.abc import Sequence

import streamlit as st

from components.plan_words import full, whose
from privacy.dispute import News


def show(news: Sequence[News]) -> None:
    """A line for each; nothing where there is none."""
    if news:
        st.info("\n\n".join(map(_line, news)), icon=":material/published_with_changes:")


def _line(one: News) -> str:
    what = f"{one.kind.words[:1].lower()}{one.kind.words[1:]}"
    return (
        f"On {full(one.on)} a record of {whose(one.student)} was put right: {what}. "
        f"What you were told before that, on {full(one.shared_on)}, may have rested on the old record."
    )

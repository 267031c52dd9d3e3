"""For an adviser: that a consent is over under which they read something, and what that asks of them."""

from collections.abc import Sequence

import streamlit as st

from components.plan_words import full, whose
from privacy.consent_record import Over


def show(news: Sequence[Over]) -> None:
    """A line for each; nothing where there is none."""
    if news:
        st.warning("\n\n".join(map(_line, news)), icon=":material/delete_forever:")


def _line(one: Over) -> str:
    return (
        f"On {full(one.on)} the consent of {whose(one.student)} ended. The sentences that you could read here since "
        f"{full(one.shared_on)} are shut. If you copied or noted any of them elsewhere, please delete that now."
    )

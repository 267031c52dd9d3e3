"""The register of consents as a table, for information compliance: no name, and nothing of what they are about."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from policy.days import LONDON
from privacy.consent import State
from privacy.consent_record import Recorded

NOTHING = "No consent has been asked for yet."
_COLUMNS = ("Number", "Student", "Stands", "Asked", "Since", "Until", "Text", "Digest", "Readers")


def show(found: Sequence[Recorded], counts: Mapping[State, int]) -> None:
    """How many stand in which state, then a line for each."""
    if not found:
        st.info(NOTHING, icon=":material/verified_user:")
        return
    with st.container(horizontal=True):
        for state, number in counts.items():
            st.metric(state.value.capitalize(), number, border=True)
    rows = [
        (
            one.id,
            one.student[:12],
            one.state.value,
            f"{one.asked_at.astimezone(LONDON):%d %b %Y %H:%M}",
            f"{one.decided_at.astimezone(LONDON):%d %b %Y %H:%M}",
            f"{one.last_day:%d %b %Y}",
            one.version,
            one.sha256[:12],
            one.readers,
        )
        for one in found
    ]
    st.dataframe(pd.DataFrame(rows, columns=list(_COLUMNS)), hide_index=True)
